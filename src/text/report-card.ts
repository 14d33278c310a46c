import type { Wording } from "./wording.ts";

type Set = Readonly<Record<string, Wording>>;

export const REPORT_TITLES = {
  applied: { en: "{name} is ready", ko: "{name} 준비 완료" },
  destroyed: { en: "{name} is destroyed", ko: "{name} 삭제 완료" },
  unchanged: { en: "Nothing to change in {name}", ko: "{name}: 변경할 것 없음" },
  rejected: { en: "{name} was rejected", ko: "{name} 반려됨" },
  expired: { en: "The vote on {name} ran out", ko: "{name} 승인 기한 만료" },
  cancelled: { en: "{name} was cancelled", ko: "{name} 취소됨" },
  failed: { en: "{name} failed", ko: "{name} 실패" },
  planFailed: { en: "The plan of {name} failed", ko: "{name} 계획 실패" },
  interrupted: { en: "{name} was interrupted", ko: "{name} 중단됨" },
  superseded: { en: "{name}: a newer change took over", ko: "{name}: 새 변경으로 대체됨" },
} as const satisfies Set;

/** What happened, in one sentence, before any detail. */
export const REPORT_HAPPENED = {
  applied: {
    en: "Exactly the approved plan was applied: {counts}.",
    ko: "승인된 계획이 그대로 적용되었습니다: {counts}.",
  },
  destroyed: {
    en: "Exactly the approved destroy plan was applied. Nothing of it is left.",
    ko: "승인된 삭제 계획이 그대로 적용되었습니다. 남은 리소스가 없습니다.",
  },
  unchanged: {
    en: "What exists is already what was asked for, so nothing was done.",
    ko: "이미 요청한 상태와 같아서 아무 작업도 하지 않았습니다.",
  },
  rejected: {
    en: "The plan was rejected. Nothing was changed.",
    ko: "계획이 반려되었습니다. 아무것도 바뀌지 않았습니다.",
  },
  expired: {
    en: "The vote ended without a decision. Nothing was changed.",
    ko: "결정 없이 투표 기한이 지났습니다. 아무것도 바뀌지 않았습니다.",
  },
  cancelled: { en: "The change was cancelled.", ko: "변경이 취소되었습니다." },
  failed: { en: "The change failed.", ko: "변경이 실패했습니다." },
  planFailed: {
    en: "There is no plan, so nothing was changed.",
    ko: "계획이 만들어지지 않아 아무것도 바뀌지 않았습니다.",
  },
  interrupted: {
    en: "The apply stopped before its end was known.",
    ko: "적용이 어떻게 끝났는지 확인되기 전에 멈췄습니다.",
  },
  superseded: {
    en: "A newer change of the same deployment took its place.",
    ko: "같은 배포의 새 변경이 이 변경을 대신합니다.",
  },
} as const satisfies Set;

/** What to do now. */
export const REPORT_NEXT = {
  applied: {
    en: "Use it. Ask for a change or a destroy at any time in this thread.",
    ko: "이제 사용하면 됩니다. 변경이나 삭제는 언제든 이 스레드에서 요청하세요.",
  },
  destroyed: {
    en: "Plan it again if you need it once more.",
    ko: "다시 필요하면 계획을 새로 만드세요.",
  },
  unchanged: {
    en: "Give other values if you expected a change.",
    ko: "바뀔 것을 기대했다면 다른 값을 지정하세요.",
  },
  rejected: {
    en: "Mend what the reason says and plan again.",
    ko: "이유에 적힌 내용을 고친 뒤 다시 계획하세요.",
  },
  expired: {
    en: "Plan again; that asks the approvers once more.",
    ko: "다시 계획하면 승인자에게 다시 요청합니다.",
  },
  cancelled: {
    en: "Plan again if it is still wanted.",
    ko: "아직 필요하면 다시 계획하세요.",
  },
  failed: {
    en: "Mend what the error names, then plan again. What was already made is kept and is in the next plan.",
    ko: "오류가 가리키는 것을 고친 뒤 다시 계획하세요. 이미 만들어진 것은 유지되며 다음 계획에 반영됩니다.",
  },
  planFailed: {
    en: "Mend what the error or the reason names, then plan again.",
    ko: "오류나 이유가 가리키는 것을 고친 뒤 다시 계획하세요.",
  },
  interrupted: {
    en: "Plan a recovery: it finds out what exists, takes it in, and asks for approval like any plan.",
    ko: "복구를 계획하세요. 실제로 있는 것을 확인해 가져오고, 다른 계획처럼 승인을 요청합니다.",
  },
  superseded: {
    en: "Go on with the newer card in this thread.",
    ko: "이 스레드의 새 카드에서 계속하세요.",
  },
} as const satisfies Set;

export const REPORT = {
  why: { en: "Why: {why}", ko: "이유: {why}" },
  outputs: { en: "Outputs", ko: "출력값" },
  hidden: { en: "(sensitive, not shown)", ko: "(민감한 값이라 표시하지 않음)" },
  resources: { en: "Resources ({n})", ko: "리소스 ({n})" },
  address: { en: "Address", ko: "주소" },
  id: { en: "Id", ko: "ID" },
  name: { en: "Name", ko: "이름" },
  value: { en: "Value", ko: "값" },
  certain: { en: "Certain: these exist", ko: "확실함: 존재합니다" },
  uncertain: {
    en: "Not certain: started, and may or may not exist",
    ko: "불확실함: 시작되었지만 존재 여부를 알 수 없습니다",
  },
  uncertainNext: {
    en: "Look for these in the cloud's console before you approve the recovery: its plan makes what it does not find in the state, so remove by hand what exists already, or have it imported.",
    ko: "복구를 승인하기 전에 클라우드 콘솔에서 확인하세요. 복구 계획은 상태에 없는 것을 새로 만들므로, 이미 있는 것은 직접 지우거나 가져오기를 요청하세요.",
  },
  halfNext: {
    en: "The recovery plan replaces these, so that their set-up runs once more from the start.",
    ko: "복구 계획이 이것들을 교체해 설정을 처음부터 다시 실행합니다.",
  },
  half: {
    en: "Exists, but was not finished",
    ko: "존재하지만 작업이 끝나지 않았습니다",
  },
  standing: { en: "Now: {standing}.", ko: "현재 상태: {standing}." },
} as const satisfies Set;
