import type { Wording } from "./wording.ts";

/** The one-word status of a deployment. */
export const STATUSES = {
  created: { en: "created", ko: "생성 전" },
  planning: { en: "planning", ko: "계획 중" },
  planned: { en: "planned", ko: "계획됨" },
  awaiting_approval: { en: "awaiting approval", ko: "승인 대기" },
  approved: { en: "approved", ko: "승인됨" },
  applying: { en: "applying", ko: "적용 중" },
  destroying: { en: "destroying", ko: "삭제 중" },
  applied: { en: "applied", ko: "적용됨" },
  interrupted: { en: "interrupted", ko: "중단됨" },
  destroyed: { en: "destroyed", ko: "삭제됨" },
  failed: { en: "failed", ko: "실패" },
  rejected: { en: "rejected", ko: "반려됨" },
  expired: { en: "expired", ko: "만료됨" },
  cancelled: { en: "cancelled", ko: "취소됨" },
} as const satisfies Record<string, Wording>;

/** How a change ended. */
export const OUTCOMES = {
  applied: { en: "applied", ko: "적용됨" },
  unchanged: { en: "nothing to change", ko: "변경 없음" },
  rejected: { en: "rejected", ko: "반려됨" },
  expired: { en: "expired", ko: "만료됨" },
  cancelled: { en: "cancelled", ko: "취소됨" },
  failed: { en: "failed", ko: "실패" },
  interrupted: { en: "interrupted", ko: "중단됨" },
  superseded: { en: "superseded", ko: "새 변경으로 대체됨" },
} as const satisfies Record<string, Wording>;

/** What of a deployment exists. */
export const STANDINGS = {
  nothing: { en: "nothing exists", ko: "아무것도 없음" },
  live: { en: "live", ko: "정상 운영 중" },
  partial: { en: "partly there", ko: "일부만 있음" },
  uncertain: { en: "uncertain, needs recovery", ko: "불확실함, 복구 필요" },
  destroyed: { en: "destroyed", ko: "삭제됨" },
} as const satisfies Record<string, Wording>;

/** What kind a change is. */
export const CHANGE_KINDS = {
  create: { en: "create", ko: "생성" },
  update: { en: "update", ko: "변경" },
  destroy: { en: "destroy", ko: "삭제" },
  recover: { en: "recovery", ko: "복구" },
} as const satisfies Record<string, Wording>;

export const RISK_LEVELS = {
  low: { en: "low", ko: "낮음" },
  medium: { en: "medium", ko: "보통" },
  high: { en: "high", ko: "높음" },
  critical: { en: "critical", ko: "매우 높음" },
} as const satisfies Record<string, Wording>;
