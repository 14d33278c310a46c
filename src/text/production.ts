import type { Wording } from "./wording.ts";

/** What production refuses to stand on; one sentence each, shown as one list. */
export const PRODUCTION_REFUSALS = {
  "simulated-cloud": {
    en: "Simulated cloud: set CLOUD=real and the credentials of your AWS or Google accounts.",
    ko: "시뮬레이션 클라우드: CLOUD=real 과 AWS 또는 Google 자격 증명을 설정하세요.",
  },
  "embedded-database": {
    en: "PGlite: set DATABASE_URL to a PostgreSQL 14 or newer.",
    ko: "PGlite: DATABASE_URL 에 PostgreSQL 14 이상을 지정하세요.",
  },
  console: {
    en: "Console: it believes whoever names themselves, so unset CONSOLE=on.",
    ko: "콘솔: 스스로 밝힌 이름을 그대로 믿으므로 CONSOLE=on 설정을 지우세요.",
  },
  "generated-key": {
    en: "Generated SECRET_KEY: set SECRET_KEY to 32 random characters or more, and keep them safe.",
    ko: "자동 생성된 SECRET_KEY: 무작위 32자 이상을 SECRET_KEY 로 지정하고 안전하게 보관하세요.",
  },
  "offline-model": {
    en: "Offline rules: set MODEL=offline to say that you want them instead of a model.",
    ko: "오프라인 규칙: 모델 대신 규칙을 쓰려면 MODEL=offline 으로 분명히 밝히세요.",
  },
  "just-bash": {
    en: "just-bash: shells of lessons need bubblewrap here; install it, and “npm run doctor” says what it lacks.",
    ko: "just-bash: 레슨 셸에는 bubblewrap이 필요합니다. 설치한 뒤 “npm run doctor”로 부족한 점을 확인하세요.",
  },
  "open-runs": {
    en: "Runs without isolation: runs of Terraform need bubblewrap here; install it, and “npm run doctor” says what it lacks.",
    ko: "격리 없는 실행: Terraform 실행에는 bubblewrap이 필요합니다. 설치한 뒤 “npm run doctor”로 부족한 점을 확인하세요.",
  },
} as const satisfies Record<string, Wording>;
