import type { RefusalWording } from "./wording.ts";

/** Refusals of the HTTP door: who asks, how it is asked, and where nothing is. */
export const DOOR_REFUSALS = {
  "not-signed-in": {
    detail: {
      en: "This route wants to know who you are, and the request does not say it.",
      ko: "누구의 요청인지 알 수 없습니다.",
    },
    next: {
      en: "Send “Authorization: Bearer …” with an API token; where the console is on, the header “x-console-user: dev” does too.",
      ko: "API 토큰을 “Authorization: Bearer …” 헤더로 보내세요. 콘솔이 켜져 있으면 “x-console-user: dev” 헤더도 됩니다.",
    },
  },
  "token-unknown": {
    detail: {
      en: "The bearer token is not one of ours.",
      ko: "등록되지 않은 토큰입니다.",
    },
    next: {
      en: "Check that the whole token was sent; an admin can make a new one.",
      ko: "토큰 전체를 보냈는지 확인하세요. 관리자가 새 토큰을 만들 수 있습니다.",
    },
  },
  "token-revoked": {
    detail: { en: "This token was revoked.", ko: "폐기된 토큰입니다." },
    next: {
      en: "Ask an operator for a new one; they make it with “npm run token -- create”.",
      ko: "운영자에게 새 토큰을 요청하세요. “npm run token -- create”로 만듭니다.",
    },
  },
  "token-expired": {
    detail: { en: "This token has run out.", ko: "유효 기간이 지난 토큰입니다." },
    next: {
      en: "Ask an operator for a new one; they make it with “npm run token -- create”.",
      ko: "운영자에게 새 토큰을 요청하세요. “npm run token -- create”로 만듭니다.",
    },
  },
  "scope-missing": {
    detail: {
      en: "This route needs the scope {needs}, and the token has {scopes}.",
      ko: "이 경로에는 {needs} 범위가 필요한데 토큰에는 {scopes} 범위가 있습니다.",
    },
    next: {
      en: "Use a token that has the scope; an operator makes one with “npm run token -- create”.",
      ko: "그 범위가 있는 토큰을 쓰세요. 운영자가 “npm run token -- create”로 만듭니다.",
    },
  },
  "token-team-gone": {
    detail: {
      en: "This token belongs to the team {team}, and the policy file has no team of that name any more, so it may not see or ask for anything.",
      ko: "이 토큰은 {team} 팀의 것인데 정책 파일에 그 팀이 더는 없어 아무것도 조회하거나 요청할 수 없습니다.",
    },
    next: {
      en: "Ask an operator for a token of a team that there is (“npm run token -- create --team …”), or an admin to put the team back into the policy file.",
      ko: "운영자에게 현재 있는 팀의 토큰을 요청하거나(“npm run token -- create --team …”), 관리자에게 정책 파일에 팀을 다시 넣어 달라고 요청하세요.",
    },
  },
  "wrong-content-type": {
    detail: {
      en: "A write must be sent as JSON, and this one says it is “{type}”.",
      ko: "쓰기 요청은 JSON이어야 하는데 “{type}” 형식으로 왔습니다.",
    },
    next: {
      en: "Send the header “Content-Type: application/json”.",
      ko: "“Content-Type: application/json” 헤더를 보내세요.",
    },
  },
  "foreign-host": {
    detail: {
      en: "The request was sent to the host “{host}”, which is not ours.",
      ko: "이 서버의 주소가 아닌 “{host}” 호스트로 온 요청입니다.",
    },
    next: {
      en: "Use the address that PUBLIC_URL names, or localhost on this machine.",
      ko: "PUBLIC_URL에 적힌 주소나 이 컴퓨터의 localhost를 쓰세요.",
    },
  },
  "foreign-origin": {
    detail: {
      en: "The request comes from a page of “{origin}”, and only our own pages may write.",
      ko: "“{origin}” 페이지에서 온 요청입니다. 쓰기는 이 서버의 페이지에서만 할 수 있습니다.",
    },
    next: {
      en: "Open the page at our own address and try again from there.",
      ko: "이 서버의 주소로 페이지를 열어 다시 시도하세요.",
    },
  },
  "body-too-big": {
    detail: {
      en: "The body is longer than {limit} KB, so it was not read.",
      ko: "본문이 {limit}KB보다 커서 읽지 않았습니다.",
    },
    next: { en: "Send less in one request.", ko: "한 번에 보내는 양을 줄여 주세요." },
  },
  "bad-json": {
    detail: {
      en: "The body is not a JSON object, or is nested too deep.",
      ko: "본문이 JSON 객체가 아니거나 너무 깊게 중첩되어 있습니다.",
    },
    next: {
      en: "Check quotes, commas and brackets, and send it again.",
      ko: "따옴표, 쉼표, 괄호를 확인해 다시 보내 주세요.",
    },
  },
  "wrong-body": {
    detail: {
      en: "These parts of the body are unknown, missing or of the wrong kind: {fields}.",
      ko: "본문에서 알 수 없거나, 빠졌거나, 형식이 다른 부분이 있습니다: {fields}",
    },
    next: {
      en: "This route takes {known}; correct the parts named and send it again.",
      ko: "이 경로에서 쓸 수 있는 항목: {known}. 해당 부분을 고쳐 다시 보내 주세요.",
    },
  },
  "wrong-query": {
    detail: {
      en: "These parameters of the address are unknown or of the wrong kind: {fields}.",
      ko: "주소의 매개변수 중 알 수 없거나 형식이 다른 것이 있습니다: {fields}",
    },
    next: {
      en: "This route takes {known}; correct the address and send it again.",
      ko: "이 경로에서 쓸 수 있는 매개변수: {known}. 주소를 고쳐 다시 보내 주세요.",
    },
  },
  "unknown-route": {
    detail: {
      en: "There is nothing at {method} {path}.",
      ko: "{method} {path} 경로에는 아무것도 없습니다.",
    },
    next: {
      en: "Check the address; GET /deployments and GET /modules are good places to start.",
      ko: "주소를 확인하세요. GET /deployments 나 GET /modules 부터 시작하면 좋습니다.",
    },
  },
  "no-such-module": {
    detail: {
      en: "There is no module “{module}”. Available: {modules}.",
      ko: "“{module}” 모듈이 없습니다. 쓸 수 있는 모듈: {modules}",
    },
    next: {
      en: "Pick one of these; GET /modules describes them.",
      ko: "이 중에서 고르세요. 설명은 GET /modules 에 있습니다.",
    },
  },
  "run-not-found": {
    detail: {
      en: "{name} has no run “{run}”.",
      ko: "{name}에는 “{run}” 실행 기록이 없습니다.",
    },
    next: {
      en: "Take a run's id from GET /deployments/{name}, or leave it out for the newest.",
      ko: "GET /deployments/{name} 에서 실행 ID를 확인하거나, 빼고 요청하면 가장 최근 실행을 보여 줍니다.",
    },
  },
  "too-many-readers": {
    detail: {
      en: "{limit} people are reading logs here already, which is the most this process serves.",
      ko: "이미 {limit}곳에서 로그를 읽고 있어 이 프로세스가 더 보여 줄 수 없습니다.",
    },
    next: {
      en: "Close a log that nobody reads, or try again in a moment.",
      ko: "보지 않는 로그를 닫거나 잠시 뒤 다시 시도하세요.",
    },
  },
  "idempotency-key-bad": {
    detail: {
      en: "The Idempotency-Key must be 1 to 200 printable characters.",
      ko: "Idempotency-Key는 출력 가능한 문자 1~200자여야 합니다.",
    },
    next: { en: "Send a UUID, for example.", ko: "예를 들어 UUID를 보내세요." },
  },
  "idempotency-key-reused": {
    detail: {
      en: "This Idempotency-Key came before with another request, so nothing was done.",
      ko: "같은 Idempotency-Key가 다른 요청에 이미 쓰여서 아무것도 하지 않았습니다.",
    },
    next: {
      en: "Use a new key for a new request; repeat a request with exactly the same body.",
      ko: "새 요청에는 새 키를 쓰고, 다시 보낼 때는 본문을 똑같이 보내세요.",
    },
  },
  "same-request-running": {
    detail: {
      en: "The first request with this Idempotency-Key is still being answered.",
      ko: "같은 Idempotency-Key의 첫 요청을 아직 처리하고 있습니다.",
    },
    next: { en: "Send it again in a moment.", ko: "잠시 뒤 다시 보내 주세요." },
  },
  unexpected: {
    detail: {
      en: "We failed to answer this request; it is in our log under {reference}.",
      ko: "요청을 처리하지 못했습니다. 로그에 {reference} 번호로 남겼습니다.",
    },
    next: {
      en: "Try again; if it stays so, give an operator that number.",
      ko: "다시 시도해 보고, 계속되면 운영자에게 이 번호를 알려 주세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
