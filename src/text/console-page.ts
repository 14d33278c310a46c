import type { Wording } from "./wording.ts";

type Set = Readonly<Record<string, Wording>>;

/** Everything the console page says by itself. */
export const PAGE = {
  title: { en: "Console", ko: "콘솔" },
  brand: { en: "Cloud desk", ko: "클라우드 데스크" },
  newThread: { en: "New conversation", ko: "새 대화" },
  threads: { en: "Conversations", ko: "대화 목록" },
  noThreads: { en: "No conversation yet.", ko: "아직 대화가 없습니다." },
  unread: { en: "new messages", ko: "새 메시지" },
  menu: { en: "Show conversations", ko: "대화 목록 열기" },
  person: { en: "You are", ko: "현재 사용자" },
  language: { en: "Language", ko: "언어" },
  messages: { en: "Messages", ko: "메시지" },
  compose: {
    en: "Say what you need",
    ko: "필요한 것을 말해 주세요",
  },
  send: { en: "Send", ko: "보내기" },
  bot: { en: "Cloud bot", ko: "클라우드 봇" },
  working: { en: "The bot is working on it", ko: "봇이 처리하고 있습니다" },
  onlyYou: { en: "Only you can see this", ko: "나에게만 보이는 메시지" },
  edited: { en: "updated", ko: "업데이트됨" },
  lost: {
    en: "The connection was lost. It comes back by itself; nothing you sent is lost.",
    ko: "연결이 끊겼습니다. 자동으로 다시 연결되며, 보낸 내용은 사라지지 않습니다.",
  },
  failed: {
    en: "The server did not answer as expected ({status}). Try again; if it goes on, look at its log.",
    ko: "서버가 정상적으로 응답하지 않았습니다({status}). 다시 시도하고, 계속되면 서버 로그를 확인하세요.",
  },
  unreached: {
    en: "The server cannot be reached, so nothing was done. Try again when the connection is back.",
    ko: "서버에 연결할 수 없어 아무것도 처리되지 않았습니다. 다시 연결되면 한 번 더 시도하세요.",
  },
  close: { en: "Close", ko: "닫기" },
  gallery: { en: "Card gallery", ko: "카드 갤러리" },
  console: { en: "Back to the console", ko: "콘솔로 돌아가기" },
} as const satisfies Set;

/** The empty conversation. */
export const WELCOME = {
  hello: { en: "What do you need, {name}?", ko: "{name} 님, 무엇이 필요하세요?" },
  how: {
    en: "Ask in plain words. You get a real Terraform plan to look at, an approver decides on it here, and exactly that plan is applied. Lessons work the same way.",
    ko: "편하게 말해 주세요. 실제 Terraform 계획을 보여 드리고, 승인자가 이곳에서 결정하면 바로 그 계획을 적용합니다. 학습도 같은 방식으로 진행됩니다.",
  },
} as const satisfies Set;

/** Sentences to press in an empty conversation. */
export const STARTERS = {
  network: {
    en: "staging VPC in Seoul, two zones",
    ko: "서울에 스테이징 VPC 만들어 줘, 가용 영역 두 개",
  },
  environment: {
    en: "Create an app environment named demo for dev",
    ko: "demo라는 개발용 앱 환경 만들어 줘",
  },
  modules: { en: "What can I create?", ko: "무엇을 만들 수 있어?" },
  status: { en: "Show my deployments", ko: "내 배포 보여 줘" },
  lesson: { en: "/learn part2/day3/cli_basics", ko: "/learn part2/day3/cli_basics" },
} as const satisfies Set;

/** What stands in for the real thing here. */
export const STAND_INS = {
  simulated: { en: "Simulated cloud", ko: "시뮬레이션 클라우드" },
  simulatedWhy: {
    en: "Terraform is real; what it builds is not, and nothing costs money.",
    ko: "Terraform은 실제이지만 만들어지는 것은 가상이며 비용이 들지 않습니다.",
  },
  offline: { en: "Offline rules", ko: "오프라인 규칙" },
  offlineWhy: {
    en: "No AI model is connected; fixed rules read what you write.",
    ko: "AI 모델이 연결되어 있지 않아 정해진 규칙으로 문장을 읽습니다.",
  },
  people: { en: "No sign-in", ko: "로그인 없음" },
  peopleWhy: {
    en: "On this page you may act as any of the people above.",
    ko: "이 페이지에서는 위의 누구로든 행동할 수 있습니다.",
  },
} as const satisfies Set;

export const ROLE_NAMES = {
  viewer: { en: "viewer", ko: "열람자" },
  requester: { en: "requester", ko: "요청자" },
  approver: { en: "approver", ko: "승인자" },
  admin: { en: "admin", ko: "관리자" },
  learner: { en: "learner", ko: "학습자" },
} as const satisfies Set;
