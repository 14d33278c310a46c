import type { Wording } from "./wording.ts";

/** Lines of `npm run audit`, for operators. */
export const AUDIT = {
  usage: {
    en: "Usage: npm run audit -- verify [--anchor <number>:<hash>] | export [--from <number>]",
    ko: "사용법: npm run audit -- verify [--anchor <번호>:<해시>] | export [--from <번호>]",
  },
  whole: {
    en: "The audit is whole: {rows} rows, each as it was written. Newest: {seq}:{hash}. Note it outside the database and give it as --anchor next time.",
    ko: "감사 기록이 온전합니다. {rows}개 행이 모두 기록된 그대로입니다. 마지막: {seq}:{hash}. 데이터베이스 밖에 적어 두었다가 다음에 --anchor로 넣어 주세요.",
  },
  empty: {
    en: "The audit has no rows yet.",
    ko: "감사 기록에 아직 행이 없습니다.",
  },
  before: {
    en: "Rows up to number {before} are older than the chain; nothing proves them.",
    ko: "{before}번까지의 행은 체인 도입 전에 쓰여 증명할 수 없습니다.",
  },
  missing: {
    en: "Row {seq} is missing: it was removed. The {rows} rows before it are as they were written.",
    ko: "{seq}번 행이 없습니다. 삭제된 것입니다. 그 앞의 {rows}개 행은 기록된 그대로입니다.",
  },
  changed: {
    en: "Row {seq} was changed after it was written. The {rows} rows before it are as they were written.",
    ko: "{seq}번 행이 기록된 뒤에 바뀌었습니다. 그 앞의 {rows}개 행은 기록된 그대로입니다.",
  },
  unlinked: {
    en: "Row {seq} does not follow the row before it: something between them was removed or put in. The {rows} rows before it are as they were written.",
    ko: "{seq}번 행이 앞 행과 이어지지 않습니다. 그 사이에 무언가가 삭제되거나 끼워 넣어졌습니다. 그 앞의 {rows}개 행은 기록된 그대로입니다.",
  },
  "unknown-key": {
    en: "Row {seq} was written under another SECRET_KEY: it cannot be checked here. Give that key as SECRET_KEY_PREVIOUS.",
    ko: "{seq}번 행은 다른 SECRET_KEY로 쓰여 여기서 확인할 수 없습니다. 그 키를 SECRET_KEY_PREVIOUS로 넣어 주세요.",
  },
  "cut-off": {
    en: "Rows from {seq} on are missing: the end of the audit was cut off. The {rows} rows before are as they were written.",
    ko: "{seq}번부터의 행이 없습니다. 감사 기록의 끝이 잘렸습니다. 그 앞의 {rows}개 행은 기록된 그대로입니다.",
  },
  "not-anchored": {
    en: "Row {seq} is not the one whose hash was given as --anchor: the audit was written anew up to there.",
    ko: "{seq}번 행이 --anchor로 준 해시와 다릅니다. 그곳까지의 감사 기록이 새로 쓰였습니다.",
  },
} as const satisfies Record<string, Wording>;
