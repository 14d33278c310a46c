import type { RefusalWording, Wording } from "./wording.ts";

/** Refusals to work on a deployment in another cloud than the one it was made in. */
export const CLOUD_REFUSALS = {
  "made-in-simulated-cloud": {
    detail: {
      en: "{name} was made in the simulated cloud, and this server works in real ones, so nothing was planned or changed.",
      ko: "{name}은(는) 모의 클라우드에 만든 배포인데 이 서버는 실제 클라우드에서 동작하므로, 계획하거나 바꾼 것이 없습니다.",
    },
    next: {
      en: "Ask for a new deployment under another name to have it for real; to change or remove {name}, ask an administrator for a server with CLOUD=simulated on the same data.",
      ko: "실제로 만들려면 다른 이름으로 새 배포를 요청하세요. {name}을(를) 바꾸거나 삭제하려면 같은 데이터로 CLOUD=simulated 서버를 띄워 달라고 관리자에게 요청하세요.",
    },
  },
  "made-in-real-cloud": {
    detail: {
      en: "{name} was made in a real cloud, and this server only simulates clouds, so nothing was planned or changed.",
      ko: "{name}은(는) 실제 클라우드에 만든 배포인데 이 서버는 클라우드를 모의로만 실행하므로, 계획하거나 바꾼 것이 없습니다.",
    },
    next: {
      en: "Ask an administrator to start the server with CLOUD=real and its credentials, then ask again.",
      ko: "관리자에게 CLOUD=real 과 자격 증명으로 서버를 시작해 달라고 요청한 뒤 다시 시도하세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;

/** The same where a run that was queued before ends with it. */
export const CLOUD_REASONS = {
  "made-in-simulated-cloud": CLOUD_REFUSALS["made-in-simulated-cloud"].detail,
  "made-in-real-cloud": CLOUD_REFUSALS["made-in-real-cloud"].detail,
} as const satisfies Record<string, Wording>;
