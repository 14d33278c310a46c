import type { Wording } from "./wording.ts";

/**
 * Advice on what was asked for: what is odd, why it matters, what to do. Where a value is
 * suggested, a card has a button that sets it.
 */
export const ADVICE = {
  unknown_region: {
    en: "“{region}” is no region of {cloud}.",
    ko: "“{region}”은(는) {cloud}에 없는 리전입니다.",
  },
  wrong_cloud_region: {
    en: "{region} is a region of {othercloud}, and {module} is for {cloud}.",
    ko: "{region}은(는) {othercloud} 리전인데 {module} 모듈은 {cloud}용입니다.",
  },
  not_allowed: {
    en: "{module} may not be used in {inEn}. Allowed: {allowed}.",
    ko: "{module} 모듈은 {inKo}에서 쓸 수 없습니다. 쓸 수 있는 리전: {allowed}",
  },
  residency: {
    en: "The data of team {team} is to stay in {group}, and {inEn} is outside it.",
    ko: "{team} 팀의 데이터는 {group} 안에 두기로 했는데 {inKo}은(는) 그 밖입니다.",
  },
  dependency_region: {
    en: "It uses parts of {deployment}, which is in {there}, and they cannot be used from {inEn}.",
    ko: "{there}에 있는 {deployment}의 리소스를 쓰는데, {inKo}에서는 쓸 수 없습니다.",
  },
  zones: {
    en: "{inEn} has {zones} zones, and {wanted} are asked for.",
    ko: "{inKo}의 가용 영역은 {zones}개인데 {wanted}개를 요청했습니다.",
  },
  opt_in_region: {
    en: "{inEn} must be switched on in the account before its first use; until then the plan fails.",
    ko: "{inKo}은(는) 계정에서 먼저 사용 설정을 해야 하는 리전입니다. 설정 전에는 계획이 실패합니다.",
  },
  away_from_team: {
    en: "Team {team} runs in {toEn}, and this would be in {inEn}. Change the region?",
    ko: "{team} 팀은 {toKo}에서 운영하는데 이 배포는 {inKo}에 만들어집니다. 리전을 바꿀까요?",
  },
  cheaper_region: {
    en: "In {toEn} this costs about ${there} a month instead of ${here} (prices of {date}).",
    ko: "{toKo}에서는 한 달에 약 ${there}로, 지금 고른 곳의 ${here}보다 쌉니다({date} 가격 기준).",
  },
  cidr_overlap: {
    en: "The range {range} ({variable}) overlaps {other} of {deployment}, so the two networks could never be connected.",
    ko: "{variable}의 {range} 범위가 {deployment}의 {other}와(과) 겹쳐서 두 네트워크를 서로 연결할 수 없게 됩니다.",
  },
  cidr_taken: {
    en: "The range {range} ({variable}) overlaps a network that exists already, so the two could never be connected.",
    ko: "{variable}의 {range} 범위가 이미 있는 네트워크와 겹쳐서 서로 연결할 수 없게 됩니다.",
  },
  name_says_other: {
    en: "The name {name} says {says}, but it is for {environment}. Use another name, or say environment={says}.",
    ko: "이름 {name}은(는) {says} 환경처럼 보이지만 {environment} 환경입니다. 이름을 바꾸거나 environment={says} 로 요청하세요.",
  },
  similar_exists: {
    en: "You already have {name} ({module}, {environment}). To change it instead: /cloud plan {name}.",
    ko: "이미 {name}({module}, {environment}) 배포가 있습니다. 새로 만들지 않고 바꾸려면 /cloud plan {name} 을 쓰세요.",
  },
  prod_without_team: {
    en: "{name} is for production but belongs to no team: only you and the admins will see it.",
    ko: "{name}은(는) 운영 환경인데 소속 팀이 없어서 본인과 관리자만 볼 수 있습니다.",
  },
  size_big: {
    en: "{variable} = {value} costs more than {environment} usually needs; {usual} is usual there.",
    ko: "{variable} = {value} 은(는) {environment} 환경에 보통 필요한 것보다 비용이 큽니다. 보통은 {usual} 을(를) 씁니다.",
  },
  size_weak: {
    en: "{variable} = {value} does not survive the failure of one zone, and this is for {environment}; {usual} does.",
    ko: "{variable} = {value} 은(는) 가용 영역 하나의 장애를 견디지 못하는데 {environment} 환경입니다. {usual} 이면 견딥니다.",
  },
  reserved_tags: {
    en: "The platform and the cloud keep these {variable} for themselves: {keys}.",
    ko: "다음 {variable}은(는) 플랫폼이나 클라우드가 쓰는 이름입니다: {keys}",
  },
  no_team_tag: {
    en: "{name} is for production and its {variable} do not say which team pays: add team = {team}.",
    ko: "{name}은(는) 운영 환경인데 {variable}에 비용을 낼 팀이 없습니다. team = {team} 을(를) 추가하세요.",
  },
} as const satisfies Record<string, Wording>;

export type AdviceCode = keyof typeof ADVICE;

/** The card of advice and its buttons. */
export const ADVICE_CARD = {
  title: { en: "Before you go on: {name}", ko: "진행하기 전에: {name}" },
  use: { en: "Use {value}", ko: "{value} 사용" },
  keep: { en: "Keep {value}", ko: "{value} 유지" },
  useAsSaid: { en: "Use what is suggested", ko: "제안한 값 사용" },
  keepAsSaid: { en: "Keep it as it is", ko: "그대로 두기" },
  next: {
    en: "The plan goes on with what you asked for. Pressing “Use” changes the value and plans again.",
    ko: "요청한 값으로 계획을 계속 만듭니다. “사용” 버튼을 누르면 값을 바꾸어 다시 계획합니다.",
  },
  nextPlain: {
    en: "The plan goes on with what you asked for.",
    ko: "요청한 값으로 계획을 계속 만듭니다.",
  },
  used: {
    en: "{who} pressed “{label}”: it is planned again.",
    ko: "{who} 님이 “{label}”을(를) 눌러 다시 계획합니다.",
  },
  kept: { en: "{who} pressed “{label}”.", ko: "{who} 님이 “{label}”을(를) 눌렀습니다." },
  nothing: { en: "There is nothing more to say about it.", ko: "더 알려 드릴 것이 없습니다." },
} as const satisfies Record<string, Wording>;
