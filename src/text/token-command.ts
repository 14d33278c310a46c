import type { Wording } from "./wording.ts";

/** What `npm run token` says. */
export const TOKEN_COMMAND = {
  usage: {
    en: "Usage: npm run token -- create --name ci --scope deployments:write [--owner mina.kim] [--team platform] [--expires 90d] | list | revoke <id>. Scopes: {scopes}.",
    ko: "사용법: npm run token -- create --name ci --scope deployments:write [--owner mina.kim] [--team platform] [--expires 90d] | list | revoke <id>. 범위: {scopes}",
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
  badOwner: {
    en: "“{owner}” is nobody of the policy file {file}; give --owner the key of one of its people.",
    ko: "“{owner}”은(는) 정책 파일 {file} 에 없는 사람입니다. --owner 에 그 파일의 사람 키를 지정하세요.",
  },
  badTeam: {
    en: "“{team}” is no team of the policy file {file}; give --team the name of a group with team: true.",
    ko: "“{team}”은(는) 정책 파일 {file} 의 팀이 아닙니다. --team 에 team: true 인 그룹 이름을 지정하세요.",
  },
  unsureOwner: {
    en: "NOTE: POLICY_FILE is not set here, and neither the built-in policy nor the shipped one knows the person {owner}. Unless the server's policy does, nobody is kept from approving what this token asks for.",
    ko: "참고: 여기에는 POLICY_FILE 이 없고, 내장 정책과 기본 정책 파일에 {owner} 라는 사람이 없습니다. 서버의 정책에도 없으면 이 토큰의 요청을 요청한 사람이 직접 승인하는 것을 막을 수 없습니다.",
  },
  unsureTeam: {
    en: "NOTE: POLICY_FILE is not set here, and neither the built-in policy nor the shipped one knows the team {team}. Unless the server's policy does, it refuses this token.",
    ko: "참고: 여기에는 POLICY_FILE 이 없고, 내장 정책과 기본 정책 파일에 {team} 팀이 없습니다. 서버의 정책에도 없으면 이 토큰은 거부됩니다.",
  },
  noOwner: {
    en: "NOTE: this token has no owner, so nobody is kept from approving what it asks for, and approval cards warn of that. Name the person who answers for it with --owner.",
    ko: "참고: 이 토큰에는 소유자가 없어 이 토큰의 요청을 요청한 사람이 직접 승인하는 것을 막을 수 없으며, 승인 카드에 경고가 표시됩니다. --owner 로 책임자를 지정하세요.",
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
