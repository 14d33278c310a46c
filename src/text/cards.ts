import type { Wording } from "./wording.ts";

/** Words that more than one card uses. */
export const CARD = {
  simulated: { en: "SIMULATED", ko: "시뮬레이션" },
  offline: { en: "offline rules", ko: "오프라인 규칙" },
  deployment: { en: "Deployment", ko: "배포" },
  module: { en: "Module", ko: "모듈" },
  environment: { en: "Environment", ko: "환경" },
  status: { en: "Status", ko: "상태" },
  standing: { en: "Now", ko: "현재 상태" },
  requester: { en: "Requested by", ko: "요청자" },
  requestedBy: { en: "requested by {name}", ko: "{name} 님 요청" },
  counts: {
    en: "{add} to add, {change} to change, {destroy} to destroy, {replace} to replace",
    ko: "추가 {add}, 변경 {change}, 삭제 {destroy}, 교체 {replace}",
  },
  change: { en: "Change", ko: "변경" },
  digest: { en: "Plan", ko: "계획" },
  more: { en: "… and {n} more", ko: "… 외 {n}개" },
  at: { en: "{date} {time} UTC", ko: "{date} {time} (UTC)" },
  seconds: { en: "{s} s", ko: "{s}초" },
  minutes: { en: "{m} min {s} s", ko: "{m}분 {s}초" },
  hours: { en: "{h} h {m} min", ko: "{h}시간 {m}분" },
  next: { en: "What to do next", ko: "다음에 할 일" },
  oversized: {
    en: "This card would be too big to show in full, so parts of it are missing. Look at the whole plan with the API (GET /deployments/<id>/plan) before you decide; it cannot be approved from here.",
    ko: "카드가 너무 커서 일부를 표시하지 못했습니다. 결정하기 전에 API(GET /deployments/<id>/plan)로 전체 계획을 확인하세요. 여기서는 승인할 수 없습니다.",
  },
} as const satisfies Record<string, Wording>;

/** Labels of buttons and of what they ask for. */
export const BUTTONS = {
  approve: { en: "Approve", ko: "승인" },
  reject: { en: "Reject", ko: "반려" },
  rejectReason: { en: "Why do you reject it?", ko: "반려하는 이유를 적어 주세요" },
  confirmName: {
    en: "Type the deployment's name to approve: {name}",
    ko: "승인하려면 배포 이름을 입력하세요: {name}",
  },
  required: { en: "Please fill this in.", ko: "이 항목을 입력해 주세요." },
  replan: { en: "Plan again", ko: "다시 계획" },
  recover: { en: "Plan recovery", ko: "복구 계획" },
  cancel: { en: "Cancel", ko: "취소" },
  forceStop: { en: "Force stop…", ko: "강제 중지…" },
  forceName: {
    en: "What is in flight may stay behind unknown. Type the name to go on: {name}",
    ko: "진행 중인 리소스가 알려지지 않은 채 남을 수 있습니다. 계속하려면 이름을 입력하세요: {name}",
  },
  takeOver: { en: "Free the lock…", ko: "잠금 해제…" },
  takeOverName: {
    en: "Only when that machine is dead. An admin types the name to go on: {name}",
    ko: "그 서버가 멈춘 것이 확실할 때만 하세요. 관리자가 이름을 입력하면 계속합니다: {name}",
  },
  destroy: { en: "Destroy", ko: "삭제" },
  status: { en: "Status", ko: "상태 보기" },
} as const satisfies Record<string, Wording>;
