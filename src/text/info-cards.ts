import type { Wording } from "./wording.ts";

type Set = Readonly<Record<string, Wording>>;

export const REFUSAL_CARD = {
  title: { en: "That did not work", ko: "요청을 처리하지 못했습니다" },
} as const satisfies Set;

export const HELP = {
  title: { en: "What you can do here", ko: "여기서 할 수 있는 일" },
  intro: {
    en: "Say what you need in plain words, in English or Korean. I plan it with Terraform, people approve it here, and exactly the approved plan is applied.",
    ko: "필요한 것을 한국어나 영어로 편하게 말해 주세요. Terraform으로 계획을 세우고, 이곳에서 승인을 받은 뒤, 승인된 계획을 그대로 적용합니다.",
  },
  commands: { en: "Commands", ko: "명령어" },
  try: { en: "Press one to try it:", ko: "눌러서 바로 해 보세요:" },
} as const satisfies Set;

/** Every chat command with what it does; the grammar is the same on every platform. */
export const COMMANDS = {
  "/cloud help": { en: "this card", ko: "이 카드 보기" },
  "/cloud modules": { en: "what can be made", ko: "만들 수 있는 것 보기" },
  "/cloud create <module> name=… region=… var=…": {
    en: "ask for a new deployment",
    ko: "새 배포 요청",
  },
  "/cloud plan <name> [var=…]": { en: "plan a change", ko: "변경 계획" },
  "/cloud status [name]": { en: "what there is and how it stands", ko: "배포 목록과 상태 보기" },
  "/cloud logs <name>": { en: "what the last run said", ko: "마지막 실행 로그 보기" },
  "/cloud cancel <name>": { en: "stop or withdraw a change", ko: "변경 중지 또는 취소" },
  "/cloud destroy <name>": {
    en: "plan its removal, which is approved like any plan",
    ko: "삭제 계획 (다른 계획처럼 승인이 필요합니다)",
  },
  "/cloud drift <name>": {
    en: "whether reality still is as planned",
    ko: "실제 상태가 계획과 같은지 확인",
  },
  "/cloud about": { en: "who answers here, and with what", ko: "이 봇에 대한 정보" },
  "/learn [path | next | progress | search words]": {
    en: "lessons in this thread",
    ko: "이 스레드에서 학습하기",
  },
} as const satisfies Set;

/** Sentences that help's buttons say for the person. */
export const EXAMPLES = {
  modules: { en: "What can I create?", ko: "무엇을 만들 수 있어?" },
  status: { en: "Show my deployments", ko: "내 배포 보여 줘" },
  lesson: { en: "/learn part2/day3/cli_basics", ko: "/learn part2/day3/cli_basics" },
} as const satisfies Set;

export const MODULES = {
  title: { en: "What you can create", ko: "만들 수 있는 것" },
  none: {
    en: "No module is installed. Put one under terraform/modules and start again.",
    ko: "설치된 모듈이 없습니다. terraform/modules에 모듈을 넣고 다시 시작하세요.",
  },
  needs: { en: "Needs", ko: "필수 값" },
  optional: { en: "Can be set", ko: "선택 값" },
  press: {
    en: "Choose one to fill in its form, press one to ask for an example of it, or say it in your own words.",
    ko: "하나를 골라 양식을 채우거나, 버튼을 눌러 예시를 요청하세요. 원하는 대로 말해도 됩니다.",
  },
  button: { en: "Try {title}", ko: "{title} 만들어 보기" },
  example: {
    en: "I need a dev {title} named demo",
    ko: "demo라는 개발용 {title} 만들어 줘",
  },
} as const satisfies Set;

export const STATUS_CARD = {
  title: { en: "Your deployments", ko: "내 배포" },
  none: {
    en: "There is no deployment that you may see yet. Say what you need, or look at what can be created.",
    ko: "아직 볼 수 있는 배포가 없습니다. 필요한 것을 말하거나, 만들 수 있는 것을 확인해 보세요.",
  },
  one: { en: "{name}: {status}", ko: "{name}: {status}" },
  change: { en: "Under way", ko: "진행 중" },
  lastChange: { en: "Last change", ko: "마지막 변경" },
  ended: { en: "{kind}: {outcome}, {at}", ko: "{kind}: {outcome}, {at}" },
  opened: { en: "{kind}: {status}, since {at}", ko: "{kind}: {status}, {at}부터" },
  count: { en: "{n} deployments", ko: "배포 {n}개" },
} as const satisfies Set;

export const LOGS = {
  title: { en: "Log of {name}", ko: "{name} 로그" },
  none: {
    en: "Nothing has run yet, so there is no log. Plan it first.",
    ko: "아직 실행한 적이 없어 로그가 없습니다. 먼저 계획하세요.",
  },
  last: { en: "The last {n} of {all} lines:", ko: "전체 {all}줄 중 마지막 {n}줄:" },
} as const satisfies Set;

export const ABOUT = {
  title: { en: "About this bot", ko: "이 봇에 대하여" },
  what: {
    en: "I turn a request into a real Terraform plan, bring it to the people who may approve it, and apply exactly what they approved. I cannot approve or apply anything by myself.",
    ko: "요청을 실제 Terraform 계획으로 바꾸고, 승인할 수 있는 사람에게 전달하고, 승인된 내용을 그대로 적용합니다. 저 혼자서는 승인도 적용도 할 수 없습니다.",
  },
  model: { en: "Understood by", ko: "요청을 이해하는 주체" },
  cloud: { en: "Cloud", ko: "클라우드" },
  offline: {
    en: "offline rules: no AI model is connected, fixed rules read your sentences",
    ko: "오프라인 규칙: AI 모델이 연결되어 있지 않아 정해진 규칙으로 문장을 읽습니다",
  },
  simulated: {
    en: "simulated: Terraform is real, the cloud behind it is not, and nothing costs money",
    ko: "시뮬레이션: Terraform은 실제이지만 클라우드는 가상이며 비용이 들지 않습니다",
  },
  real: {
    en: "real: what is applied exists and costs money",
    ko: "실제: 적용하면 실제로 생성되고 비용이 듭니다",
  },
  runs: { en: "Runs of Terraform", ko: "Terraform 실행" },
  isolated: {
    en: "isolated: a module sees its own folder and its cloud, nothing of this server",
    ko: "격리됨: 모듈은 자기 폴더와 클라우드만 보고, 이 서버의 다른 것은 보지 못합니다",
  },
  open: {
    en: "not isolated: bubblewrap does not work on this server, so use modules you trust",
    ko: "격리되지 않음: 이 서버에서는 bubblewrap이 동작하지 않으니 믿을 수 있는 모듈만 쓰세요",
  },
  elsewhere: {
    en: "executed by other servers, which say at their start whether they isolate them",
    ko: "다른 서버에서 실행합니다. 격리 여부는 그 서버가 시작할 때 알립니다",
  },
} as const satisfies Set;

export const ASK = {
  title: { en: "One question first", ko: "먼저 하나만 알려 주세요" },
  answer: {
    en: "Press a choice, or write your answer.",
    ko: "버튼을 누르거나 답을 직접 적어 주세요.",
  },
} as const satisfies Set;
