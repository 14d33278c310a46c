import type { Lang, Params, Wording } from "./wording.ts";
import { CLOUD_REASONS } from "./cloud-refusals.ts";
import { APPROVAL_REFUSALS } from "./approval-refusals.ts";
import { NETWORK_REASONS } from "./run-network.ts";
import { RUNNER_REASONS } from "./runner.ts";
import { say } from "./wording.ts";

/** Why a change ended, by its code. Outcomes that say everything themselves have no sentence. */
const REASONS: Readonly<Record<string, Wording>> = {
  ...CLOUD_REASONS,
  ...RUNNER_REASONS,
  ...NETWORK_REASONS,
  cancelled: { en: "{by} cancelled it.", ko: "{by} 님이 취소했습니다." },
  closed: {
    en: "{by} closed it. Nothing existed, so there was nothing to destroy.",
    ko: "{by} 님이 종료했습니다. 존재하는 것이 없어 삭제할 것도 없었습니다.",
  },
  stale: {
    en: "What exists changed after the plan was made, so the plan no longer held.",
    ko: "계획을 만든 뒤 실제 상태가 바뀌어 그 계획을 더는 쓸 수 없습니다.",
  },
  "plan-not-voted": {
    en: "The stored plan was not the one that people had voted on, so it was not applied. An admin should find out who changed it.",
    ko: "저장된 계획이 투표한 계획과 달라 적용하지 않았습니다. 누가 바꾸었는지 관리자가 확인해야 합니다.",
  },
  "other-terraform": {
    en: "The plan was made by another version of Terraform or OpenTofu than the servers run now, so it was not applied and nothing was changed.",
    ko: "계획을 만든 Terraform 또는 OpenTofu가 지금 서버의 것과 달라 적용하지 않았고, 바뀐 것은 없습니다.",
  },
  "other-isolation": {
    en: "The plan was made with another isolation of runs than the servers have now, so it was not applied and nothing was changed.",
    ko: "계획을 만들 때와 지금의 실행 격리 방식이 달라 적용하지 않았고, 바뀐 것은 없습니다.",
  },
  "rules-changed": APPROVAL_REFUSALS["rules-changed"].detail,
  "vote-frozen": APPROVAL_REFUSALS["vote-frozen"].detail,
  "vote-closed": APPROVAL_REFUSALS["vote-closed"].detail,
  "votes-lost": APPROVAL_REFUSALS["votes-lost"].detail,
  "taken-over": {
    en: "Its worker was not heard from any more, and an admin took the deployment over. What that worker may have made is listed below.",
    ko: "작업기가 더는 응답하지 않아 관리자가 배포를 넘겨받았습니다. 그 작업기가 만들었을 수 있는 것은 아래에 있습니다.",
  },
  "found-later": {
    en: "A worker that had been taken over came back with things it had made, which the plan did not know of.",
    ko: "넘겨받기 전의 작업기가 돌아왔고, 계획이 알지 못하는 것을 만들어 둔 상태였습니다.",
  },
  "not-taken-in": {
    en: "What an interrupted apply had made could not be taken in, and may still exist beside what the state knows: {left}. Look for it in the cloud and delete what nobody needs.",
    ko: "중단된 적용이 만든 것 가운데 다음은 가져오지 못했고, 상태가 아는 것과 별도로 아직 존재할 수 있습니다: {left}. 클라우드에서 찾아보고 필요 없는 것은 삭제하세요.",
  },
  "nothing-ran": {
    en: "The apply died before it began with any resource.",
    ko: "어떤 리소스도 시작하기 전에 적용이 중단되었습니다.",
  },
};

/** The sentence of a reason; null where there is nothing to add to the outcome. */
export function sayReason(code: string, params: Params, lang: Lang): string | null {
  const wording = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  if (wording === undefined) {
    return null;
  }
  const sentence = say(wording, lang, params);
  // A part that was not given: half a sentence says less than none.
  return /\{\w+\}/.test(sentence) ? null : sentence;
}
