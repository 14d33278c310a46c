import type { RefusalWording } from "./wording.ts";

/** Refusals of the deployments: asking, planning, voting, applying, reading. */
export const DEPLOYMENT_REFUSALS = {
  "not-found": {
    detail: {
      en: "There is no {what} “{id}” that you may see.",
      ko: "볼 수 있는 {what} “{id}”이(가) 없습니다.",
    },
    next: {
      en: "Check the name, or list what you have with /cloud status.",
      ko: "이름을 확인하거나 /cloud status로 목록을 보세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
