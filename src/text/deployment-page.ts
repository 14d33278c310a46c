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
  search: { en: "Search addresses and values", ko: "주소와 값 검색" },
  onlyChanges: { en: "Only changes", ko: "변경만 보기" },
  shown: { en: "{shown} of {all} resources", ko: "전체 {all}개 중 {shown}개" },
  more: { en: "Show {n} more", ko: "{n}개 더 보기" },
  nothingFound: {
    en: "Nothing fits. Search for something else or show all resources.",
    ko: "맞는 항목이 없습니다. 다른 말로 찾거나 전체를 표시해 보세요.",
  },
  afterApply: { en: "(known after apply)", ko: "(적용 후 정해짐)" },
  planText: { en: "Terraform's own text", ko: "Terraform 원문" },
  noChange: { en: "unchanged", ko: "변경 없음" },
  log: { en: "Log", ko: "로그" },
  logOf: { en: "Run", ko: "실행" },
  live: { en: "live", ko: "실시간" },
  logEnded: { en: "ended: {status}", ko: "종료: {status}" },
  logLost: {
    en: "The connection was lost; it goes on from the last line by itself.",
    ko: "연결이 끊겼습니다. 마지막 줄부터 자동으로 이어집니다.",
  },
  noRuns: { en: "Nothing ran yet.", ko: "아직 실행된 것이 없습니다." },
  votes: { en: "Votes", ko: "투표" },
  noVotes: { en: "Nobody has voted on this change.", ko: "이 변경에 투표한 사람이 없습니다." },
  events: { en: "Events", ko: "기록" },
  when: { en: "When", ko: "시각" },
  who: { en: "Who", ko: "누가" },
  what: { en: "What", ko: "무엇을" },
  system: { en: "the product", ko: "시스템" },
  risk: { en: "Risk", ko: "위험도" },
  runs: { en: "Runs", ko: "실행" },
} as const satisfies Record<string, Wording>;

/** Kinds of runs. */
export const RUN_KINDS = {
  plan: { en: "plan", ko: "계획" },
  apply: { en: "apply", ko: "적용" },
  drift: { en: "drift check", ko: "드리프트 확인" },
  check: { en: "check", ko: "확인" },
} as const satisfies Record<string, Wording>;
