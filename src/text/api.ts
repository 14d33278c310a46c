import type { Wording } from "./wording.ts";

/** What each route of the HTTP API does, for its OpenAPI description. */
export const API = {
  "POST /deployments": {
    en: "Ask for a deployment. Nothing is planned yet, unless ?plan=true.",
    ko: "배포를 요청합니다. ?plan=true 가 없으면 아직 계획하지 않습니다.",
  },
  "GET /deployments": {
    en: "The deployments you may see, newest first, page by page.",
    ko: "볼 수 있는 배포를 최신순으로 한 페이지씩 보여 줍니다.",
  },
  "GET /deployments/{id}": {
    en: "One deployment by its id or name.",
    ko: "ID나 이름으로 배포 하나를 보여 줍니다.",
  },
  "POST /deployments/{id}/plan": {
    en: "Plan a change. With ?wait=60 the answer waits that many seconds at most for the plan.",
    ko: "변경을 계획합니다. ?wait=60 이면 계획이 끝날 때까지 최대 60초 기다립니다.",
  },
  "POST /deployments/{id}/approve": {
    en: "Ask people for their approval of the plan. It is never a vote.",
    ko: "계획의 승인을 요청합니다. 투표는 아닙니다.",
  },
  "POST /deployments/{id}/vote": {
    en: "Vote on the plan with this digest. Only a signed-in person may.",
    ko: "이 다이제스트의 계획에 투표합니다. 로그인한 사람만 할 수 있습니다.",
  },
  "POST /deployments/{id}/apply": {
    en: "The run that applies the approved plan: 202 while it is under way, 200 once it is done.",
    ko: "승인된 계획을 적용하는 실행을 보여 줍니다. 진행 중이면 202, 끝났으면 200입니다.",
  },
  "POST /deployments/{id}/destroy": {
    en: "Plan the destruction of everything. It needs an approval of its own.",
    ko: "전체 삭제를 계획합니다. 따로 승인이 필요합니다.",
  },
  "POST /deployments/{id}/cancel": {
    en: "Stop what is queued or running, withdraw what waits for votes. `force` kills an apply that did not stop in its time.",
    ko: "대기 중이거나 실행 중인 작업을 멈추고 투표를 기다리는 계획을 거둡니다. `force`는 제때 멈추지 않은 적용을 강제로 끝냅니다.",
  },
  "GET /deployments/{id}/lock": {
    en: "Who holds the lock of the state, since when, and when they were last heard from; for admins.",
    ko: "상태 잠금을 누가 언제부터 쥐고 있고 마지막으로 언제 응답했는지 보여 줍니다. 관리자용입니다.",
  },
  "POST /deployments/{id}/unlock": {
    en: "Free the lock of a run that nobody hears from and end that run; an admin types the deployment's name.",
    ko: "응답이 없는 실행의 잠금을 풀고 그 실행을 끝냅니다. 관리자가 배포 이름을 입력해야 합니다.",
  },
  "POST /deployments/{id}/drift": {
    en: "Look whether what exists is still what was left. With ?wait=60 the answer waits that many seconds at most.",
    ko: "실제로 있는 것이 남겨 둔 그대로인지 확인합니다. ?wait=60 이면 결과를 최대 60초 기다립니다.",
  },
  "GET /deployments/{id}/logs": {
    en: "What a run says, followed to its end: server-sent events, or JSON lines on request.",
    ko: "실행 로그를 끝까지 보여 줍니다. 기본은 서버 전송 이벤트, 요청하면 JSON 줄입니다.",
  },
  "GET /deployments/{id}/plan": {
    en: "Summary and risk of the newest plan.",
    ko: "가장 최근 계획의 요약과 위험도를 보여 줍니다.",
  },
  "GET /deployments/{id}/plan.txt": {
    en: "Terraform's own words for the newest plan, secrets removed.",
    ko: "가장 최근 계획의 Terraform 출력을 비밀 값 없이 보여 줍니다.",
  },
  "GET /deployments/{id}/events": {
    en: "Who did what to this deployment, and when.",
    ko: "누가 언제 이 배포에 무엇을 했는지 보여 줍니다.",
  },
  "GET /modules": {
    en: "The catalogue, with the JSON Schema of each module's vars.",
    ko: "카탈로그와 각 모듈 vars의 JSON Schema를 보여 줍니다.",
  },
  "GET /modules/{name}": { en: "One module of the catalogue.", ko: "모듈 하나를 보여 줍니다." },
  "GET /api/v1/curriculum/tree": {
    en: "The syllabus: parts, days and lessons.",
    ko: "강의 계획: 파트, 일차, 레슨을 보여 줍니다.",
  },
  "GET /api/v1/curriculum/content": {
    en: "One lesson by its path, as Markdown and as steps.",
    ko: "경로로 레슨 하나를 Markdown과 단계로 보여 줍니다.",
  },
  "GET /openapi.json": { en: "This description.", ko: "이 설명입니다." },
  "GET /healthz": { en: "Is the process alive?", ko: "프로세스가 살아 있는지 알려 줍니다." },
  "GET /readyz": {
    en: "May traffic come? 503 says what is missing.",
    ko: "요청을 받을 수 있는지 알려 줍니다. 503이면 무엇이 빠졌는지 나옵니다.",
  },
  "GET /metrics": {
    en: "Measurements in Prometheus' text format.",
    ko: "Prometheus 텍스트 형식의 지표입니다.",
  },
} as const satisfies Record<string, Wording>;

export type ApiRoute = keyof typeof API;

/** Pages and what stands beside them: for people with a browser, listed shortly. */
export const PAGE_ROUTES = {
  "GET /d/{id}": {
    en: "The page of one deployment, entered by a personal link.",
    ko: "배포 하나의 페이지입니다. 개인 링크로 들어옵니다.",
  },
  "GET /s": {
    en: "Opens a personal link; the secret stays in the fragment, and nothing is used up.",
    ko: "개인 링크를 엽니다. 비밀 값은 주소의 # 뒤에만 있고, 여는 것만으로는 사용되지 않습니다.",
  },
  "POST /s": {
    en: "Spends a personal link: a cookie for its person, and in Location where to go.",
    ko: "개인 링크를 사용합니다. 그 사람의 쿠키를 주고 갈 곳을 Location에 담습니다.",
  },
  "GET /shell/{session}": {
    en: "A lesson beside its terminal, for the person of the session.",
    ko: "레슨과 터미널을 함께 보여 주는 페이지입니다. 세션의 주인만 볼 수 있습니다.",
  },
} as const satisfies Record<string, Wording>;

export type PageRoute = keyof typeof PAGE_ROUTES;
