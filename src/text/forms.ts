import type { Wording } from "./wording.ts";

/** The form of a deployment and its fields. */
export const FORM = {
  newTitle: { en: "New: {title}", ko: "새로 만들기: {title}" },
  changeTitle: { en: "Change values: {name}", ko: "값 변경: {name}" },
  newIntro: {
    en: "Fill in what differs from what stands there. Sending it makes a plan; nothing is built before people approve that plan.",
    ko: "바꿀 값만 고쳐 주세요. 보내면 계획을 만들고, 그 계획을 승인하기 전에는 아무것도 만들지 않습니다.",
  },
  changeIntro: {
    en: "These are the values of now. Sending it makes a new plan with yours, which people approve like any other; a plan that still waits is put aside.",
    ko: "지금 값이 채워져 있습니다. 보내면 고친 값으로 새 계획을 만들고, 다른 계획처럼 승인을 받습니다. 아직 기다리는 계획이 있으면 거두어집니다.",
  },
  wrongIntro: {
    en: "Nothing was sent: {n} of the values cannot be used. What is wrong stands below each of them.",
    ko: "아직 보내지 않았습니다. 쓸 수 없는 값이 {n}개 있습니다. 각 항목 아래의 설명을 보고 고쳐 주세요.",
  },
  advanced: { en: "More settings", ko: "고급 설정" },
  left: {
    en: "Not on this form, and left as it is: {names}. Set it with /cloud plan <name> variable=value.",
    ko: "이 양식에 없어 그대로 두는 값: {names}. /cloud plan <name> 변수=값 으로 바꿀 수 있습니다.",
  },
  send: { en: "Make the plan", ko: "계획 만들기" },
  close: { en: "Cancel", ko: "취소" },
  open: { en: "Create…", ko: "만들기…" },
  change: { en: "Change values…", ko: "값 변경…" },
  sentTitle: { en: "Sent: {title}", ko: "보냄: {title}" },
  sent: {
    en: "{who} sent this form for {name}. Its plan is shown in this thread.",
    ko: "{who} 님이 {name} 배포를 위해 이 양식을 보냈습니다. 계획은 이 스레드에 나타납니다.",
  },
  name: { en: "Name of the deployment", ko: "배포 이름" },
  nameHint: {
    en: "3 to 32 lower-case letters, digits and hyphens, a letter first.",
    ko: "영문 소문자로 시작하는 3~32자. 소문자, 숫자, 하이픈(-)을 쓸 수 있습니다.",
  },
  environment: { en: "Environment", ko: "환경" },
  dev: { en: "Development (dev)", ko: "개발(dev)" },
  stg: { en: "Staging (stg)", ko: "스테이징(stg)" },
  prod: { en: "Production (prod)", ko: "운영(prod)" },
  team: { en: "Team that it belongs to", ko: "소유 팀" },
  module: { en: "What to create", ko: "만들 것" },
  choose: { en: "Choose", ko: "선택하세요" },
  yes: { en: "Yes", ko: "예" },
  no: { en: "No", ko: "아니요" },
  number: { en: "Please give a number.", ko: "숫자를 입력해 주세요." },
  numberBetween: {
    en: "Please give a number from {least} to {most}.",
    ko: "{least}부터 {most} 사이의 숫자를 입력해 주세요.",
  },
  between: { en: "From {least} to {most}.", ko: "{least}에서 {most}까지." },
  onePerLine: { en: "One on each line.", ko: "한 줄에 하나씩." },
  pairPerLine: { en: "One name = value on each line.", ko: "한 줄에 하나씩, 이름 = 값 형식으로." },
  asJson: { en: "Written as JSON.", ko: "JSON 형식으로." },
  keepsSecret: {
    en: "It is kept as it is if you leave this empty, and never shown.",
    ko: "비워 두면 저장된 값을 그대로 씁니다. 값은 표시되지 않습니다.",
  },
  secret: {
    en: "It is kept for the runs only and never shown again.",
    ko: "실행에만 쓰이며 다시 표시되지 않습니다.",
  },
} as const satisfies Record<string, Wording>;
