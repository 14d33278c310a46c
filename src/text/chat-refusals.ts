import type { RefusalWording } from "./wording.ts";

/** Refusals of the chat doors: who may speak, which commands there are, which buttons count. */
export const CHAT_REFUSALS = {
  "person-unknown": {
    detail: {
      en: "I do not know you: the policy has nobody with the id “{user}” on this platform.",
      ko: "누구신지 알 수 없습니다. 정책 파일에 이 플랫폼의 “{user}” 사용자가 없습니다.",
    },
    next: {
      en: "Ask an admin to add this id to your entry in the policy file.",
      ko: "관리자에게 정책 파일에 이 아이디를 추가해 달라고 요청하세요.",
    },
  },
  "command-unknown": {
    detail: {
      en: "There is no command “{command}”.",
      ko: "“{command}” 명령어는 없습니다.",
    },
    next: {
      en: "Did you mean “{like}”? “/cloud help” lists all commands.",
      ko: "혹시 “{like}”인가요? “/cloud help”에서 모든 명령어를 볼 수 있습니다.",
    },
  },
  "command-incomplete": {
    detail: {
      en: "The command “{command}” lacks something: it is written “{usage}”.",
      ko: "“{command}” 명령어에 빠진 값이 있습니다. 형식은 “{usage}”입니다.",
    },
    next: {
      en: "Send it again with what is missing.",
      ko: "빠진 값을 넣어 다시 보내 주세요.",
    },
  },
  "command-word": {
    detail: {
      en: "I cannot read “{word}” in “{command}”: it is written “{usage}”.",
      ko: "“{command}” 명령어의 “{word}” 부분을 읽을 수 없습니다. 형식은 “{usage}”입니다.",
    },
    next: {
      en: "Write values as name=value, with quotes around spaces, and send it again.",
      ko: "값은 이름=값 형태로 쓰고, 띄어쓰기가 있으면 따옴표로 묶어 다시 보내 주세요.",
    },
  },
  "card-not-ours": {
    detail: {
      en: "That button does not belong to a card of mine in this thread, so I did nothing.",
      ko: "이 스레드에 있는 제 카드의 버튼이 아니어서 아무것도 하지 않았습니다.",
    },
    next: {
      en: "Press the button on the newest card, or say what you need.",
      ko: "가장 최근 카드의 버튼을 누르거나 필요한 것을 말해 주세요.",
    },
  },
  "thread-unknown": {
    detail: {
      en: "There is no thread “{thread}” that you may see.",
      ko: "볼 수 있는 대화 “{thread}”이(가) 없습니다.",
    },
    next: {
      en: "Start a new one by leaving the thread out, or list them with GET /console/threads.",
      ko: "thread 없이 보내 새 대화를 시작하거나 GET /console/threads로 목록을 확인하세요.",
    },
  },
  "shell-not-here": {
    detail: {
      en: "This installation has no shells for lessons.",
      ko: "이 설치본에는 레슨용 셸이 없습니다.",
    },
    next: {
      en: "Go on reading the lesson; npm run doctor says what is missing on this machine.",
      ko: "레슨을 계속 읽어 주세요. npm run doctor가 이 컴퓨터에 무엇이 없는지 알려 줍니다.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
