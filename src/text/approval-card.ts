import type { Wording } from "./wording.ts";

type Set = Readonly<Record<string, Wording>>;

/** What the approval card is called, by how its change stands. */
export const APPROVAL_TITLES = {
  planned: { en: "Plan ready: {name}", ko: "계획 완료: {name}" },
  awaiting_approval: { en: "Approval needed: {name}", ko: "승인 필요: {name}" },
  approved: { en: "Approved: {name}", ko: "승인됨: {name}" },
  applying: { en: "Approved: {name}", ko: "승인됨: {name}" },
  applied: { en: "Approved and applied: {name}", ko: "승인 후 적용됨: {name}" },
  unchanged: { en: "Nothing to change: {name}", ko: "변경 없음: {name}" },
  rejected: { en: "Rejected: {name}", ko: "반려됨: {name}" },
  expired: { en: "Expired: {name}", ko: "승인 기한 만료: {name}" },
  cancelled: { en: "Cancelled: {name}", ko: "취소됨: {name}" },
  failed: { en: "Approved, then failed: {name}", ko: "승인 후 실패: {name}" },
  interrupted: { en: "Approved, then interrupted: {name}", ko: "승인 후 중단됨: {name}" },
  superseded: { en: "Replaced by a newer plan: {name}", ko: "새 계획으로 대체됨: {name}" },
} as const satisfies Set;

/** What became of the question, in one sentence. */
export const APPROVAL_STANDS = {
  planned: {
    en: "Nobody has been asked yet. POST /deployments/{id}/approve asks for approval.",
    ko: "아직 승인을 요청하지 않았습니다. POST /deployments/{id}/approve로 요청하세요.",
  },
  awaiting_approval: {
    en: "{got} of {needed} approvals so far. The vote ends {expires}.",
    ko: "승인 {needed}건 중 {got}건을 받았습니다. 기한은 {expires}입니다.",
  },
  approved: {
    en: "{got} of {needed} approvals. The apply of exactly this plan is queued.",
    ko: "승인 {needed}건 중 {got}건을 받았습니다. 바로 이 계획의 적용을 기다리고 있습니다.",
  },
  applying: {
    en: "{got} of {needed} approvals. Exactly this plan is being applied.",
    ko: "승인 {needed}건 중 {got}건을 받았습니다. 바로 이 계획을 적용하고 있습니다.",
  },
  applied: {
    en: "{got} of {needed} approvals. Exactly this plan was applied.",
    ko: "승인 {needed}건 중 {got}건을 받았습니다. 바로 이 계획이 적용되었습니다.",
  },
  unchanged: {
    en: "The plan found nothing to change, so there is nothing to vote on.",
    ko: "변경할 것이 없어 승인할 내용이 없습니다.",
  },
  rejected: {
    en: "Rejected, so nothing was changed. Mend what was criticised and plan again.",
    ko: "반려되어 아무것도 바뀌지 않았습니다. 지적받은 내용을 고친 뒤 다시 계획하세요.",
  },
  expired: {
    en: "Nobody decided in time, so nothing was changed. Plan again to ask once more.",
    ko: "기한 안에 결정되지 않아 아무것도 바뀌지 않았습니다. 다시 계획해 승인을 요청하세요.",
  },
  cancelled: {
    en: "Withdrawn before it was decided or finished. Plan again if it is still wanted.",
    ko: "결정되거나 끝나기 전에 취소되었습니다. 아직 필요하면 다시 계획하세요.",
  },
  failed: {
    en: "{got} of {needed} approvals, but the apply failed. The report says why.",
    ko: "승인 {needed}건 중 {got}건을 받았지만 적용에 실패했습니다. 이유는 결과 카드에 있습니다.",
  },
  interrupted: {
    en: "{got} of {needed} approvals, but the apply was interrupted. The report says what is certain.",
    ko: "승인 {needed}건 중 {got}건을 받았지만 적용이 중단되었습니다. 확실한 내용은 결과 카드에 있습니다.",
  },
  superseded: {
    en: "A newer plan took its place, so votes on this one do not count.",
    ko: "새 계획이 이 계획을 대신하므로 여기의 표는 집계되지 않습니다.",
  },
} as const satisfies Set;

export const APPROVAL = {
  risk: { en: "Risk: {level}", ko: "위험도: {level}" },
  newer: {
    en: "Go on with {next}: its card stands below in this thread, and “Status” shows how it stands now.",
    ko: "{next}(으)로 이어집니다. 카드는 이 스레드 아래에 있고, “상태 보기”를 누르면 현재 상태를 볼 수 있습니다.",
  },
  newest: {
    en: "“Status” shows what became of it.",
    ko: "“상태 보기”를 누르면 그 뒤의 상태를 볼 수 있습니다.",
  },
  noRisk: {
    en: "No risk rule found anything.",
    ko: "위험 규칙에 걸린 항목이 없습니다.",
  },
  moves: {
    en: "Module {module} moves from {from} to {to} with this change.",
    ko: "이 변경을 적용하면 {module} 모듈이 {from}에서 {to}(으)로 바뀝니다.",
  },
  summed: { en: "{n} resources", ko: "리소스 {n}개" },
  destructive: { en: "Deleted or replaced ({n})", ko: "삭제 또는 교체 ({n})" },
  all: { en: "Changes ({n})", ko: "변경 ({n})" },
  others: { en: "Other changes ({n})", ko: "그 밖의 변경 ({n})" },
  outputs: { en: "Outputs that change", ko: "바뀌는 출력값" },
  expires: { en: "Vote ends", ko: "투표 기한" },
  fallback: {
    en: "{title}. {counts}. Risk {level}.",
    ko: "{title}. {counts}. 위험도 {level}.",
  },
} as const satisfies Set;

export const VOTES = {
  approve: { en: "approved", ko: "승인" },
  reject: { en: "rejected", ko: "반려" },
} as const satisfies Set;

/** What a plan does to one address. */
export const PLANNED_ACTIONS = {
  create: { en: "create", ko: "생성" },
  update: { en: "change", ko: "변경" },
  delete: { en: "delete", ko: "삭제" },
  replace: { en: "replace", ko: "교체" },
  read: { en: "read", ko: "읽기" },
  import: { en: "import", ko: "가져오기" },
  forget: { en: "forget", ko: "관리 해제" },
} as const satisfies Set;
