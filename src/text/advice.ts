import type { Wording } from "./wording.ts";

/** Advice on a deployment that was just asked for. */
export const ADVICE = {
  "similar-exists": {
    en: "You already have {name} ({module}, {environment}). To change it instead: /cloud plan {name}.",
    ko: "이미 {name}({module}, {environment}) 배포가 있습니다. 새로 만들지 않고 바꾸려면 /cloud plan {name} 을 쓰세요.",
  },
  "prod-without-team": {
    en: "{name} is for production but belongs to no team: only you and the admins will see it.",
    ko: "{name}은(는) 운영 환경인데 소속 팀이 없어서 본인과 관리자만 볼 수 있습니다.",
  },
} as const satisfies Record<string, Wording>;
