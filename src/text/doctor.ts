import type { Wording } from "./wording.ts";

/** What `npm run doctor` finds: what is there or missing, and what it is for. */
export const DOCTOR = {
  terraformFound: {
    en: "{product} {version} ({binary}) makes and applies plans",
    ko: "{product} {version} ({binary}): 계획과 적용에 씁니다",
  },
  terraformMissing: {
    en: "Terraform: neither terraform nor tofu answers on PATH; install 1.11 or newer or set TERRAFORM_BIN",
    ko: "Terraform: PATH에서 terraform도 tofu도 찾지 못했습니다. 1.11 이상을 설치하거나 TERRAFORM_BIN을 설정하세요",
  },
  doorsOnly: {
    en: "Terraform: not needed here, because WORKER_CONCURRENCY=0 leaves runs to other processes",
    ko: "Terraform: WORKER_CONCURRENCY=0 이라 다른 프로세스가 실행하므로 여기에는 필요 없습니다",
  },
  modules: {
    en: "Modules that people can ask for: {names}",
    ko: "요청할 수 있는 모듈: {names}",
  },
  modulesUnfit: {
    en: "{product} {version} cannot run these modules, because they need another version: {modules}; set TERRAFORM_BIN to one that fits",
    ko: "{product} {version}(으)로 실행할 수 없는 모듈(필요한 버전이 다름): {modules}. TERRAFORM_BIN을 맞는 버전으로 설정하세요",
  },
  modulesBroken: {
    en: "Modules: {why}",
    ko: "모듈: {why}",
  },
  cloudSimulated: {
    en: "Clouds: simulated, AWS and Google stand as files under {folder}; set CLOUD=real to work in real accounts",
    ko: "클라우드: 시뮬레이션. AWS와 Google은 {folder} 아래 파일입니다. 실제 계정에서 작업하려면 CLOUD=real 로 설정하세요",
  },
  providerThere: {
    en: "Provider {source} ({range}): runs install it from {folder}",
    ko: "프로바이더 {source} ({range}): 실행이 {folder} 에서 설치합니다",
  },
  providerAway: {
    en: "Provider {source} ({range}): modules that need it cannot be planned, because {folder} does not have it whole in a version that fits; npm run providers -- sync fetches it (Terraform says: {problem})",
    ko: "프로바이더 {source} ({range}): {folder} 에 맞는 버전으로 온전히 있지 않아 이를 쓰는 모듈을 계획할 수 없습니다. npm run providers -- sync 로 받으세요 (Terraform: {problem})",
  },
  lessons: {
    en: "Lessons: {count}, left out for a mistake: {errors} (npm run curriculum:check says why)",
    ko: "레슨 {count}개, 오류로 제외 {errors}개 (이유는 npm run curriculum:check)",
  },
  lessonsBroken: {
    en: "Lessons cannot be read: {why}",
    ko: "레슨을 읽을 수 없습니다: {why}",
  },
  dataDir: {
    en: "DATA_DIR {folder} is free for this process",
    ko: "DATA_DIR {folder} 을(를) 이 프로세스가 쓸 수 있습니다",
  },
  dataDirHeld: {
    en: "DATA_DIR: {why}; stop that process or set DATA_DIR to another folder",
    ko: "DATA_DIR: {why}. 그 프로세스를 끄거나 DATA_DIR을 다른 폴더로 지정하세요",
  },
  embedded: {
    en: "Database: embedded PGlite under DATA_DIR; set DATABASE_URL for a PostgreSQL server",
    ko: "데이터베이스: DATA_DIR 안의 PGlite. PostgreSQL 서버를 쓰려면 DATABASE_URL을 설정하세요",
  },
  postgres: {
    en: "Database: the PostgreSQL of DATABASE_URL answers",
    ko: "데이터베이스: DATABASE_URL의 PostgreSQL이 응답합니다",
  },
  postgresDown: {
    en: "Database: the PostgreSQL of DATABASE_URL does not answer ({why}); start it, or correct DATABASE_URL",
    ko: "데이터베이스: DATABASE_URL의 PostgreSQL이 응답하지 않습니다 ({why}). 서버를 켜거나 DATABASE_URL을 고치세요",
  },
  queueInProcess: {
    en: "Queue: in this process; set REDIS_URL or QUEUE=postgres for several workers",
    ko: "큐: 이 프로세스 안. 작업자를 여러 개 두려면 REDIS_URL이나 QUEUE=postgres를 설정하세요",
  },
  queuePostgres: {
    en: "Queue: PostgreSQL rings the workers",
    ko: "큐: PostgreSQL이 작업자를 깨웁니다",
  },
  redis: {
    en: "Queue: the Redis of REDIS_URL answers and rings the workers",
    ko: "큐: REDIS_URL의 Redis가 응답하며 작업자를 깨웁니다",
  },
  redisDown: {
    en: "Queue: the Redis of REDIS_URL does not answer; runs start up to 5 s later until it does",
    ko: "큐: REDIS_URL의 Redis가 응답하지 않습니다. 응답할 때까지 실행이 최대 5초 늦게 시작됩니다",
  },
  bubblewrap: {
    en: "Shells of lessons run in bubblewrap, which passes the self-test",
    ko: "레슨 셸: bubblewrap에서 실행하며 자체 점검을 통과했습니다",
  },
  justBash: {
    en: "Shells of lessons are simulated by just-bash ({why}); install bubblewrap for real ones",
    ko: "레슨 셸: just-bash로 흉내 냅니다 ({why}). 진짜 셸을 쓰려면 bubblewrap을 설치하세요",
  },
  containment: {
    en: "  containment, {check}: {detail}",
    ko: "  격리 점검, {check}: {detail}",
  },
  noTool: {
    en: "  shells lack {tool}, because this machine does",
    ko: "  이 서버에 {tool}이(가) 없어 셸에도 없습니다",
  },
  runsIsolated: {
    en: "Runs of Terraform are isolated by bubblewrap and have no network of their own",
    ko: "Terraform 실행은 bubblewrap으로 격리되며 네트워크가 없습니다",
  },
  runsShare: {
    en: "Runs of Terraform are isolated by bubblewrap; their network is this machine's, as RUN_NETWORK says or CLOUD=real leaves it",
    ko: "Terraform 실행은 bubblewrap으로 격리됩니다. 네트워크는 RUN_NETWORK 또는 CLOUD=real 에 따라 이 서버와 같습니다",
  },
  runsMustShare: {
    en: "Runs of Terraform are isolated by bubblewrap, but cannot do without this machine's network ({why})",
    ko: "Terraform 실행은 bubblewrap으로 격리되지만 이 서버의 네트워크를 써야 합니다({why})",
  },
  runsOpen: {
    en: "Runs of Terraform are not isolated ({why}); use modules you trust, production will not start",
    ko: "Terraform 실행이 격리되지 않습니다({why}). 믿을 수 있는 모듈만 쓰세요. 프로덕션은 시작되지 않습니다",
  },
  console: {
    en: "Chat: the console page; Slack and Teams are not part of this version",
    ko: "채팅: 콘솔 페이지. Slack과 Teams는 이 버전에 없습니다",
  },
  noConsole: {
    en: "Chat: none, the console page is off: people cannot come in, machines do by API tokens",
    ko: "채팅: 없음. 콘솔 페이지가 꺼져 있어 사람은 들어올 수 없고, 기계는 API 토큰으로 들어옵니다",
  },
  model: {
    en: "Model: fixed offline rules; Gemini is not part of this version",
    ko: "모델: 오프라인 규칙. Gemini는 이 버전에 없습니다",
  },
  credential: {
    en: "{name} is set; no run of this version sees it",
    ko: "{name}이(가) 설정되어 있지만 이 버전의 실행에는 전달되지 않습니다",
  },
  tokens: {
    en: "API tokens: {good} good, {over} revoked or expired",
    ko: "API 토큰: 유효 {good}개, 폐기되었거나 만료된 것 {over}개",
  },
  noTokens: {
    en: "API tokens: none; set API_TOKENS_FILE and make one with npm run token -- create",
    ko: "API 토큰이 없습니다. API_TOKENS_FILE을 설정하고 npm run token -- create 로 만드세요",
  },
  tokensBroken: {
    en: "API tokens: {why}",
    ko: "API 토큰: {why}",
  },
  production: {
    en: "Production would refuse: {why}",
    ko: "프로덕션에서 거절되는 것: {why}",
  },
  healthy: {
    en: "Nothing is missing: npm start",
    ko: "빠진 것이 없습니다: npm start",
  },
  ill: {
    en: "Missing: {count}. The product does not start before that is mended.",
    ko: "빠진 것 {count}개. 고치기 전에는 시작할 수 없습니다.",
  },
} as const satisfies Record<string, Wording>;
