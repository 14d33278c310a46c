import type { Wording } from "./wording.ts";

/** What `npm run token` says. */
export const TOKEN_COMMAND = {
  usage: {
    en: "Usage: npm run token -- create --name ci --scope deployments:write [--team platform] [--expires 90d] | list | revoke <id>. Scopes: {scopes}.",
    ko: "사용법: npm run token -- create --name ci --scope deployments:write [--team platform] [--expires 90d] | list | revoke <id>. 범위: {scopes}",
  },
  noFile: {
    en: "API_TOKENS_FILE is not set; set it to the file that shall keep the hashed tokens, for this command and for the server.",
    ko: "API_TOKENS_FILE 이 설정되어 있지 않습니다. 해시한 토큰을 보관할 파일을 이 명령과 서버에 똑같이 지정하세요.",
  },
  badName: {
    en: "“{name}” is no name for a token: small letters, digits and hyphens, a letter first, 40 at most. Give it with --name.",
    ko: "“{name}”은(는) 토큰 이름으로 쓸 수 없습니다. 소문자로 시작해 소문자, 숫자, 하이픈으로 40자까지 --name 으로 지정하세요.",
  },
  badScope: {
    en: "“{scope}” is no scope; give one or more of {scopes} with --scope.",
    ko: "“{scope}”은(는) 범위가 아닙니다. --scope 에 {scopes} 가운데 하나 이상을 지정하세요.",
  },
  badExpiry: {
    en: "“{given}” is no time; say --expires 90d for days or 12h for hours.",
    ko: "“{given}”은(는) 기간이 아닙니다. --expires 90d(일)나 12h(시간)처럼 지정하세요.",
  },
  unknownId: {
    en: "There is no token {id}; “npm run token -- list” shows the ids.",
    ko: "{id} 토큰이 없습니다. “npm run token -- list”로 ID를 확인하세요.",
  },
  created: {
    en: "Token {id} is in {file}, hashed. The line above is the only time its secret is shown.",
    ko: "{id} 토큰을 해시로 {file} 에 저장했습니다. 비밀 값은 윗줄에 한 번만 보여 줍니다.",
  },
  revoked: {
    en: "Token {id} is revoked; running servers refuse it within a second.",
    ko: "{id} 토큰을 폐기했습니다. 실행 중인 서버는 1초 안에 거부합니다.",
  },
} as const satisfies Record<string, Wording>;
