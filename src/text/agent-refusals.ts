import type { RefusalWording } from "./wording.ts";

/** Refusals of the agent and its tools. */
export const AGENT_REFUSALS = {
  "tool-unknown": {
    detail: {
      en: "There is no tool “{tool}”.",
      ko: "“{tool}” 도구는 없습니다.",
    },
    next: {
      en: "Use one of the tools that are listed.",
      ko: "목록에 있는 도구를 사용하세요.",
    },
  },
  "tool-not-yours": {
    detail: {
      en: "That needs the role {roles}, and you do not have it.",
      ko: "그 일에는 {roles} 역할이 필요한데, 지금은 그 역할이 없습니다.",
    },
    next: {
      en: "Ask a colleague who has it, or an admin to give it to you.",
      ko: "역할이 있는 동료에게 부탁하거나 관리자에게 역할을 요청하세요.",
    },
  },
  "bad-arguments": {
    detail: {
      en: "The request for {tool} could not be read: {problem}.",
      ko: "{tool} 요청을 읽을 수 없습니다: {problem}.",
    },
    next: {
      en: "Mend that part and ask again; /cloud help shows examples.",
      ko: "그 부분을 고쳐서 다시 요청하세요. /cloud help에 예시가 있습니다.",
    },
  },
  "repeated-call": {
    detail: {
      en: "The tool {tool} was already called with exactly these arguments in this turn; its answer is above.",
      ko: "이번 차례에 {tool} 도구를 같은 인자로 이미 호출했습니다. 답은 위에 있습니다.",
    },
    next: {
      en: "Use that answer, or call with other arguments.",
      ko: "그 답을 사용하거나 다른 인자로 호출하세요.",
    },
  },
  "too-many-calls": {
    detail: {
      en: "One turn has at most {limit} tool calls, and they are used up.",
      ko: "한 차례에 도구를 {limit}번까지 호출할 수 있고, 이미 다 썼습니다.",
    },
    next: {
      en: "Answer with what is known.",
      ko: "지금까지 아는 것으로 답하세요.",
    },
  },
  "no-run-yet": {
    detail: {
      en: "“{name}” has not run anything yet, so there is no log.",
      ko: "“{name}”은(는) 아직 실행된 적이 없어서 로그가 없습니다.",
    },
    next: {
      en: "Ask for a plan with /cloud plan {name}.",
      ko: "/cloud plan {name}으로 플랜을 요청하세요.",
    },
  },
  "no-lesson-open": {
    detail: {
      en: "You have no lesson open, so there is no step to go back to.",
      ko: "열어 둔 레슨이 없어서 돌아갈 단계가 없습니다.",
    },
    next: {
      en: "Choose one with /learn.",
      ko: "/learn에서 레슨을 골라 주세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
