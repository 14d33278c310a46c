import type { Wording } from "./wording.ts";

/** What the agent itself says. */
export const AGENT = {
  canDo: {
    en: "I follow fixed rules here, without a model, and no rule of mine fits that. I can open requests for infrastructure, show what exists, and open lessons. Say it like one of these, or press one:",
    ko: "여기서는 모델 없이 정해진 규칙으로만 답하는데, 그 말에 맞는 규칙이 없습니다. 인프라를 요청하고, 무엇이 있는지 보여 주고, 레슨을 열 수 있습니다. 아래처럼 말하거나 눌러 주세요:",
  },
  peopleDecide: {
    en: "Approving and applying is not something I can do: people with the right to do so press Approve or Reject on the plan's card. What I can do:",
    ko: "승인과 적용은 제가 할 수 없습니다. 권한이 있는 사람이 플랜 카드에서 승인 또는 반려를 눌러야 합니다. 제가 할 수 있는 일은 다음과 같습니다:",
  },
  notSure: {
    en: "I did nothing: I follow fixed rules, and that reads like a question about it or a wish not to do it. If you want it, say so plainly. What I can do:",
    ko: "아무것도 하지 않았습니다. 정해진 규칙으로는 질문이거나 하지 말라는 말로 읽힙니다. 원하신다면 분명하게 말해 주세요. 제가 할 수 있는 일은 다음과 같습니다:",
  },
  notYours: {
    en: "That needs a role that you do not have. A colleague with it can ask, or an admin can give it to you. What you can ask me for:",
    ko: "그 일에는 지금 없는 역할이 필요합니다. 역할이 있는 동료가 요청하거나 관리자가 역할을 줄 수 있습니다. 저에게 요청할 수 있는 일은 다음과 같습니다:",
  },
  dropped: {
    en: "All right, I dropped that question and did nothing.",
    ko: "알겠습니다. 그 질문은 거두고 아무것도 하지 않았습니다.",
  },
  unused: {
    en: "I did not use these words: {words}. Check on the card whether the request is what you meant.",
    ko: "이 말은 반영하지 못했습니다: {words}. 요청이 뜻하신 대로인지 카드에서 확인해 주세요.",
  },
  whichModule: {
    en: "Which module do you want? More than one could be meant.",
    ko: "어떤 모듈을 원하시나요? 둘 이상이 해당될 수 있습니다.",
  },
  noModule: {
    en: "Which module do you want? I did not find one by those words; the catalogue has these.",
    ko: "어떤 모듈을 원하시나요? 그 말로는 찾지 못했습니다. 카탈로그에는 이런 모듈이 있습니다.",
  },
  whichChange: {
    en: "What should change? Give it as variable=value, as in {example}.",
    ko: "무엇을 바꿀까요? {example}처럼 변수=값으로 알려 주세요.",
  },
  twoThings: {
    en: "I did nothing: that reads like two requests in one, and I take one at a time. Say them one after the other. What I can do:",
    ko: "아무것도 하지 않았습니다. 한 문장에 요청이 두 가지 있는 것 같은데, 저는 한 번에 하나씩만 처리합니다. 하나씩 말씀해 주세요. 제가 할 수 있는 일은 다음과 같습니다:",
  },
  whichDeployment: {
    en: "Which deployment do you mean? Give me its name.",
    ko: "어떤 배포를 말씀하시나요? 이름을 알려 주세요.",
  },
  whichLesson: {
    en: "Which lesson do you want? Give me a word of its title.",
    ko: "어떤 레슨을 원하시나요? 제목에 있는 말을 알려 주세요.",
  },
  whichValue: {
    en: "What should “{label}” be? {description}",
    ko: "“{label}” 값은 무엇으로 할까요? {description}",
  },
  whichOther: {
    en: "What should “{slot}” be?",
    ko: "“{slot}”은(는) 무엇으로 할까요?",
  },
  modelSilent: {
    en: "The model did not answer, so I did not understand your words. The commands work without it: /cloud help lists them.",
    ko: "모델이 답하지 않아서 말씀을 이해하지 못했습니다. 명령은 모델 없이도 됩니다. /cloud help에서 볼 수 있습니다.",
  },
  modelSilentAfter: {
    en: "The model stopped answering after what you see above. Nothing else was done; /cloud status shows how things stand.",
    ko: "위에 보이는 것까지 한 뒤 모델이 답하지 않았습니다. 다른 일은 하지 않았습니다. /cloud status에서 현재 상태를 볼 수 있습니다.",
  },
} as const satisfies Record<string, Wording>;

/** What a refusal is about, where a code needs the word. */
export const THINGS = {
  deployment: { en: "deployment", ko: "배포" },
} as const satisfies Record<string, Wording>;
