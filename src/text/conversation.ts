import type { Wording } from "./wording.ts";

/** What the conversation itself says to people, beside the cards. */
export const CONVERSATION = {
  apology: {
    en: "I am sorry: I tried {attempts} times to do what you asked and something on my side broke each time. What was already under way goes on and its cards stay true. Please ask again in a moment, and tell an admin if it happens again (reference {key}).",
    ko: "죄송합니다. 요청하신 일을 {attempts}번 시도했지만 제 쪽 문제로 모두 실패했습니다. 이미 진행 중이던 작업은 계속되고 카드 내용도 그대로 맞습니다. 잠시 뒤 다시 요청해 주시고, 또 실패하면 관리자에게 알려 주세요 (참조 {key}).",
  },
  offlineReply: { en: "{text} (offline rules)", ko: "{text} (오프라인 규칙)" },
} as const satisfies Record<string, Wording>;

/** The private card with the way into a shell. */
export const SHELL_CARD = {
  title: { en: "Your shell is ready", ko: "셸이 준비되었습니다" },
  words: {
    en: "This link is for you alone and works once, within the next minutes. Open it beside the lesson; press the button in the lesson again for a new one.",
    ko: "이 링크는 본인만 쓸 수 있고, 몇 분 안에 한 번만 열 수 있습니다. 레슨 옆에 열어 두세요. 새 링크가 필요하면 레슨의 버튼을 다시 누르세요.",
  },
  link: { en: "Open the shell", ko: "셸 열기" },
} as const satisfies Record<string, Wording>;
