import { wordFor, type Lang, type Wording } from "./wording.ts";

type Set = Readonly<Record<string, Wording>>;

export const PROGRESS_TITLES = {
  planning: { en: "Planning {name}", ko: "{name} 계획 중" },
  planQueued: { en: "Plan queued: {name}", ko: "계획 대기: {name}" },
  planReady: { en: "Plan ready: {name}", ko: "계획 완료: {name}" },
  applyQueued: { en: "Apply queued: {name}", ko: "적용 대기: {name}" },
  applying: { en: "Applying {name}", ko: "{name} 적용 중" },
  destroying: { en: "Destroying {name}", ko: "{name} 삭제 중" },
  stopping: { en: "Stopping {name}", ko: "{name} 중지하는 중" },
  silent: { en: "No word of {name}", ko: "{name}: 응답 없음" },
  applied: { en: "Applied: {name}", ko: "적용 완료: {name}" },
  destroyed: { en: "Destroyed: {name}", ko: "삭제 완료: {name}" },
  unchanged: { en: "Nothing to change: {name}", ko: "변경 없음: {name}" },
  rejected: { en: "Rejected: {name}", ko: "반려됨: {name}" },
  expired: { en: "Expired: {name}", ko: "만료됨: {name}" },
  cancelled: { en: "Cancelled: {name}", ko: "취소됨: {name}" },
  failed: { en: "Failed: {name}", ko: "실패: {name}" },
  interrupted: { en: "Interrupted: {name}", ko: "중단됨: {name}" },
  superseded: { en: "Replaced by a newer change: {name}", ko: "새 변경으로 대체됨: {name}" },
} as const satisfies Set;

export const PROGRESS = {
  queued: {
    en: "Waiting for a free worker. It starts by itself.",
    ko: "작업자가 비기를 기다리고 있습니다. 차례가 되면 자동으로 시작됩니다.",
  },
  planning: {
    en: "Terraform is working out what would change. Nothing is changed yet.",
    ko: "Terraform이 무엇이 바뀔지 계산하고 있습니다. 아직 아무것도 바뀌지 않습니다.",
  },
  planReady: {
    en: "The plan is below in this thread.",
    ko: "계획은 이 스레드 아래에 있습니다.",
  },
  applying: {
    en: "Terraform is carrying out exactly the approved plan.",
    ko: "Terraform이 승인된 계획을 그대로 실행하고 있습니다.",
  },
  stopping: {
    en: "Terraform was asked to stop and finishes what it has begun.",
    ko: "Terraform에 중지를 요청했습니다. 이미 시작한 작업은 마저 끝냅니다.",
  },
  stoppingCount: {
    en: "Terraform was asked to stop. It begins nothing new and finishes what is in flight: {n}.",
    ko: "Terraform에 중지를 요청했습니다. 새로 시작하지 않고, 진행 중인 작업 {n}개를 마저 끝냅니다.",
  },
  silent: {
    en: "The worker {worker} on {host} that carries out {run} was last heard from before {at}. It may be dead, or only cut off and still at work: if it comes back it reports here. Nothing else is started. If its machine is dead for certain, an admin can free the lock; what it began is then listed as uncertain.",
    ko: "{run}을(를) 실행하던 {host}의 작업기 {worker}이(가) {at} 이후 응답하지 않습니다. 멈췄을 수도 있고, 연결만 끊긴 채 계속 작업 중일 수도 있습니다. 다시 연결되면 여기에 결과가 올라옵니다. 그동안 다른 작업은 시작하지 않습니다. 서버가 멈춘 것이 확실하면 관리자가 잠금을 해제할 수 있고, 그때까지 시작한 것은 불확실한 것으로 표시됩니다.",
  },
  hostUnknown: { en: "a machine of unknown name", ko: "이름을 알 수 없는 서버" },
  ended: {
    en: "The report is below in this thread.",
    ko: "결과는 이 스레드 아래에 있습니다.",
  },
  line: { en: "In line", ko: "대기 순서" },
  next: { en: "next", ko: "다음 차례" },
  ahead: { en: "{ahead} ahead of it", ko: "앞에 {ahead}건" },
  aheadAbout: { en: "about {ahead} ahead of it", ko: "앞에 약 {ahead}건" },
  step: { en: "Step", ko: "단계" },
  done: { en: "Resources", ko: "리소스" },
  doneOf: { en: "{done} of {total} done", ko: "{total}개 중 {done}개 완료" },
  current: { en: "Now", ko: "현재 작업" },
  elapsed: { en: "Time so far", ko: "경과 시간" },
  took: { en: "Took", ko: "걸린 시간" },
} as const satisfies Set;

/** The runner's steps by name. */
const STEPS = {
  prepareWorkspace: { en: "getting the module ready", ko: "모듈 준비" },
  init: { en: "getting Terraform ready", ko: "Terraform 준비" },
  plan: { en: "planning", ko: "계획" },
  show: { en: "reading the plan", ko: "계획 읽기" },
  pack: { en: "storing the plan", ko: "계획 저장" },
  checkMaker: { en: "checking what made the plan", ko: "계획을 만든 도구 확인" },
  claimPlan: { en: "taking the approved plan", ko: "승인된 계획 확인" },
  restorePlan: { en: "restoring the approved plan", ko: "승인된 계획 복원" },
  apply: { en: "applying", ko: "적용" },
  readState: { en: "reading what exists now", ko: "현재 상태 확인" },
  stateAway: {
    en: "Terraform has ended, but the bucket with the state cannot be read. It is tried again by itself; an administrator should look at the bucket",
    ko: "Terraform은 끝났지만 상태가 있는 버킷을 읽을 수 없어 자동으로 다시 시도합니다. 관리자에게 버킷 확인을 요청하세요",
  },
  report: { en: "reporting", ko: "결과 정리" },
} as const satisfies Set;

/** A step without words of its own is shown by its name. */
export function stepWords(step: string, lang: Lang): string {
  return wordFor(STEPS, step, lang);
}
