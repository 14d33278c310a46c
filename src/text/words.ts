/** Words of plain sentences that belong to no tool and no module. Text to understand, never to show. */

/** Words for each environment; the key is the value that the schema takes. */
export const ENVIRONMENT_WORDS: Readonly<Record<string, readonly string[]>> = {
  dev: ["dev", "develop", "development", "개발", "개발용", "데브"],
  stg: ["stg", "stage", "staging", "스테이징", "스테이지", "검증"],
  prod: ["prod", "production", "운영", "프로덕션", "상용"],
};

/** Words for each cloud; they only decide between modules that fit otherwise. */
export const CLOUD_WORDS: Readonly<Record<string, readonly string[]>> = {
  aws: ["aws", "amazon", "아마존"],
  gcp: ["gcp", "google", "google cloud", "구글", "구글 클라우드"],
  local: ["local", "로컬"],
};

/** Words for a place of a cloud without saying which. */
export const PLACE_WORDS: readonly string[] = ["region", "location", "리전", "지역"];

/** `#` stands where the place is; `sure`: whatever stands there is meant as one. */
export const PLACE_CUES: readonly { readonly say: string; readonly sure: boolean }[] = [
  { say: "in the # region", sure: true },
  { say: "region is #", sure: true },
  { say: "region: #", sure: true },
  { say: "in region #", sure: true },
  { say: "# 리전(?:에서|에|으로)?", sure: true },
  { say: "# 지역(?:에서|에|으로)?", sure: true },
  { say: "리전은 #", sure: true },
  { say: "in #", sure: false },
  { say: "#에서", sure: false },
  { say: "#에", sure: false },
];

/** A request without a verb may hold these words beside what it names, and no others. */
export const BARE_WORDS: ReadonlySet<string> = new Set(
  `a an one some new another please pls plz kindly thanks thank you for in on at to with and of
  just hi hello hey ok okay 하나 한 개 새 새로 새로운 좀 요 네 안녕 안녕하세요 부탁 으로 로 에 에서 용 의 짜리`.split(
    /\s+/,
  ),
);

/** Words for infrastructure without saying which. */
export const THING_WORDS: readonly string[] = [
  "environment",
  "env",
  "deployment",
  "infrastructure",
  "infra",
  "환경",
  "인프라",
  "배포",
];

/** `#` stands where the name is. */
export const NAME_CUES: readonly string[] = [
  "called #",
  "named #",
  "name is #",
  "name it #",
  "call it #",
  "with the name #",
  "name: #",
  "이름은 #",
  "이름을 #",
  "이름이 #",
  "이름 #",
  "#(?:이)?라는",
  "#(?:이)?라고",
  "#(?:이)?란 이름",
  "# 이름으로",
  "# 이름의",
];

/** Only when something is created: "an environment for shop". */
export const FOR_CUES: readonly string[] = [
  "for the #",
  "for our #",
  "for my #",
  "for #",
  "as #",
  "#용",
];

/** English words of variables as Koreans say them. */
export const LOANWORDS: Readonly<Record<string, readonly string[]>> = {
  replica: ["레플리카", "복제본", "복제"],
  port: ["포트"],
  region: ["리전"],
  zone: ["존", "가용 영역"],
  size: ["크기", "사이즈"],
  day: ["일"],
  second: ["초"],
};

export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  하나: 1,
  한: 1,
  둘: 2,
  두: 2,
  셋: 3,
  세: 3,
  넷: 4,
  네: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
};

/** They turn a proposal around or ask about it: no rule may act on such a sentence. */
export const HOLD_WORDS: readonly string[] = [
  "don't",
  "do not",
  "dont",
  "never",
  "how do i",
  "how can i",
  "how would i",
  "how to",
  "should i",
  "should we",
  "하지 마",
  "하지마",
  "지 마",
  "지 말",
  "지마",
  "말고",
  "어떻게",
  "해도 돼",
  "해도 되",
  "해야 하나",
  "할까",
  "방법",
];

/** Only people decide, by a button. */
export const DECISION_WORDS: readonly string[] = [
  "approve",
  "apply",
  "reject",
  "unlock",
  "승인",
  "적용",
  "반려",
  "거절",
];

/** The whole message is one of these: the open question is dropped. */
export const NEVER_MIND: readonly string[] = [
  "cancel",
  "never mind",
  "nevermind",
  "forget it",
  "stop",
  "no",
  "nothing",
  "취소",
  "아니",
  "아니요",
  "아니야",
  "됐어",
  "그만",
];

/** Words that carry nothing here. */
export const FILLERS: ReadonlySet<string> = new Set(
  `a an the this that these those my our your its it is are am was were be been being do does did
  i i'd i'm i'll i've we we'd we're you he she they me us them im id
  please pls plz kindly thanks thank can could would will shall may might should must
  to for of in on at by yet doing with and or from as into under inside about so then than also just only some
  any all another new now right away today quickly soon asap here there it's up out again back still
  want wants need needs like have has had get got give gives let lets let's go going
  what which who how when where why what's how's who's
  one thing things something anything everything stuff kind kinds sort type
  team project service services instance copy copies piece use using used called named name
  hi hello hey bot cloud ok okay yes sure well oh um hmm set
  show list tell see look say ask make run runs running
  environment environments env deployment deployments infrastructure infra stack none`.split(/\s+/),
);

/** The same in Korean; a word counts as filler when it is one of these, particles and endings aside. */
export const KOREAN_FILLERS =
  /^(?:저|제|나|내|우리|저희|좀|하나|한|개|새|새로|새로운|지금|당장|빨리|바로|왜|가자|가요|갈래|오늘|그리고|그|이|저기|거|것|걸|게|수|등|및|또|더|다시|제발|꼭|혹시|안녕\S*|부탁\S*|해\S*|하\S*|할\S*|줘\S*|주\S*|싶\S*|있\S*|보여\S*|알려\S*|이름\S*|환경\S*|인프라\S*|배포\S*|서비스\S*|팀\S*|프로젝트\S*|용\S*|위\S*|대\S*|을|를|은|는|가|에|에서|으로|로|의|도|요|네|예|개로|개의)$/u;
