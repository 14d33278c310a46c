import type { Wording } from "./wording.ts";

/** The page of one deployment, and the private card that leads to it. */
export const DEPLOYMENT_PAGE = {
  title: { en: "Deployment", ko: "배포" },
  button: { en: "Details", ko: "자세히" },
  linkTitle: { en: "The page of {name}", ko: "{name} 페이지" },
  linkWords: {
    en: "The whole plan, the log and everything that happened. This link is for you alone and opens once, within the next minutes; press the button again for a new one.",
    ko: "전체 계획, 로그, 지금까지의 모든 기록을 볼 수 있습니다. 이 링크는 본인만 쓸 수 있고 몇 분 안에 한 번만 열립니다. 새 링크가 필요하면 버튼을 다시 누르세요.",
  },
  link: { en: "Open the page", ko: "페이지 열기" },
  simulated: { en: "SIMULATED", ko: "시뮬레이션" },
  facts: { en: "Facts", ko: "기본 정보" },
  team: { en: "Team", ko: "팀" },
  noTeam: { en: "none", ko: "없음" },
  values: { en: "Values", ko: "변수 값" },
  outputs: { en: "Outputs", ko: "출력값" },
  hidden: { en: "[hidden]", ko: "[숨김]" },
  plan: { en: "Plan", ko: "계획" },
  noPlan: {
    en: "This change has no plan yet. It appears here as soon as it is made.",
    ko: "이 변경에는 아직 계획이 없습니다. 만들어지면 여기에 표시됩니다.",
  },
  planOf: { en: "Plan of", ko: "어느 변경의 계획" },
  planAway: {
    en: "The plan could not be read. It is asked for again by itself.",
    ko: "계획을 읽지 못했습니다. 자동으로 다시 시도합니다.",
  },
  open: { en: "open", ko: "진행 중" },
  search: { en: "Search addresses and values", ko: "주소와 값 검색" },
  onlyChanges: { en: "Only changes", ko: "변경만 보기" },
  shown: { en: "{shown} of {all} resources", ko: "전체 {all}개 중 {shown}개" },
  more: { en: "Show {n} more", ko: "{n}개 더 보기" },
  nothingFound: {
    en: "Nothing fits. Search for something else or show all resources.",
    ko: "맞는 항목이 없습니다. 다른 말로 찾거나 전체를 표시해 보세요.",
  },
  afterApply: { en: "(known after apply)", ko: "(적용 후 정해짐)" },
  attribute: { en: "Attribute", ko: "속성" },
  before: { en: "Before", ko: "변경 전" },
  after: { en: "After", ko: "변경 후" },
  root: { en: "root module", ko: "루트 모듈" },
  planText: { en: "Terraform's own text", ko: "Terraform 원문" },
  noChange: { en: "unchanged", ko: "변경 없음" },
  log: { en: "Log", ko: "로그" },
  logOf: { en: "Run", ko: "실행" },
  logCut: {
    en: "Only the newest {n} lines are shown here; {earlier} earlier ones are left out.",
    ko: "최근 {n}줄만 표시합니다. 앞의 {earlier}줄은 생략했습니다.",
  },
  live: { en: "live", ko: "실시간" },
  logEnded: { en: "ended: {status}", ko: "종료: {status}" },
  logLost: {
    en: "The connection was lost; it goes on by itself.",
    ko: "연결이 끊겼습니다. 자동으로 이어집니다.",
  },
  away: {
    en: "The server has not answered since {at}. What you see may be out of date; it is asked again by itself.",
    ko: "{at}부터 서버가 응답하지 않습니다. 지금 보이는 내용은 최신이 아닐 수 있으며, 자동으로 다시 확인합니다.",
  },
  noRuns: { en: "Nothing ran yet.", ko: "아직 실행된 것이 없습니다." },
  votes: { en: "Votes", ko: "투표" },
  noVotes: { en: "Nobody has voted yet.", ko: "아직 투표한 사람이 없습니다." },
  voteOn: { en: "On", ko: "대상" },
  events: { en: "Events", ko: "기록" },
  when: { en: "When", ko: "시각" },
  who: { en: "Who", ko: "누가" },
  what: { en: "What", ko: "내용" },
  system: { en: "the product", ko: "시스템" },
  risk: { en: "Risk", ko: "위험도" },
  resources: { en: "{n} resources", ko: "리소스 {n}개" },
} as const satisfies Record<string, Wording>;

/** Kinds of runs. */
export const RUN_KINDS = {
  plan: { en: "plan", ko: "계획" },
  apply: { en: "apply", ko: "적용" },
  drift: { en: "drift check", ko: "드리프트 확인" },
  check: { en: "check", ko: "확인" },
} as const satisfies Record<string, Wording>;

/** How far a run is. */
export const RUN_STATUSES = {
  queued: { en: "waiting", ko: "대기 중" },
  claimed: { en: "starting", ko: "시작하는 중" },
  running: { en: "running", ko: "실행 중" },
  done: { en: "done", ko: "완료" },
  failed: { en: "failed", ko: "실패" },
  lost: { en: "lost: its worker died", ko: "유실됨: 작업기 중단" },
} as const satisfies Record<string, Wording>;

/** What the audit records, in words for people; the names are those of the record. */
export const EVENTS = {
  "deployment-created": { en: "asked for it", ko: "배포 요청" },
  "deployment-closed": {
    en: "closed it: nothing of it existed",
    ko: "배포 종료: 만들어진 것 없음",
  },
  "change-opened": { en: "opened a change: {kind}", ko: "변경 시작: {kind}" },
  "change-ended": { en: "the change ended: {outcome}", ko: "변경 종료: {outcome}" },
  planned: { en: "the plan is ready", ko: "계획 완료" },
  "imports-failed": { en: "the import did not work", ko: "가져오기 실패" },
  "approval-asked": { en: "asked for approval", ko: "승인 요청" },
  "approval-asked-anew": {
    en: "asked for approval again, by other rules",
    ko: "바뀐 규칙으로 승인 다시 요청",
  },
  voted: { en: "voted: {decision}", ko: "투표: {decision}" },
  "apply-started": { en: "the apply began", ko: "적용 시작" },
  "apply-refused": { en: "the apply was not started", ko: "적용을 시작하지 않음" },
  "stop-asked": { en: "asked to stop it", ko: "중지 요청" },
  "force-stop": { en: "forced it to stop", ko: "강제 중지" },
  "lock-freed": { en: "the state's lock was freed", ko: "상태 잠금 해제" },
  "leftover-killed": { en: "ended what a dead worker left running", ko: "남은 프로세스 종료" },
  "found-later": {
    en: "found what a taken-over worker had made",
    ko: "넘겨받기 전의 작업기가 만든 것 발견",
  },
  "drift-asked": { en: "asked for a drift check", ko: "드리프트 확인 요청" },
  "drift-checked": { en: "checked for drift", ko: "드리프트 확인 완료" },
} as const satisfies Record<string, Wording>;
