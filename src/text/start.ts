import type { Wording } from "./wording.ts";

/** Why the program does not start; one clear sentence each, with what to do. */
export const START_REFUSALS = {
  "bad-variable": {
    en: "{name} is set to a value that cannot be used ({problem}); correct it or unset it.",
    ko: "{name} 값이 올바르지 않습니다({problem}). 고치거나 설정을 지우세요.",
  },
  "not-yet": {
    en: "{name} is set, but {part} is not part of this version; unset {name} to start without it.",
    ko: "{name}이(가) 설정되어 있지만 이 버전에는 {part} 기능이 없습니다. {name} 설정을 지우고 시작하세요.",
  },
  production: {
    en: "NODE_ENV=production refuses these, and does not start:\n{list}",
    ko: "NODE_ENV=production 에서는 다음을 쓸 수 없어 시작하지 않습니다:\n{list}",
  },
  "migrations-open": {
    en: "The database is behind this version ({names}), and production does not change it by itself; run “npm run migrate -- up” first.",
    ko: "데이터베이스가 이 버전보다 뒤처져 있습니다({names}). 운영 환경에서는 저절로 바꾸지 않으니 먼저 “npm run migrate -- up”을 실행하세요.",
  },
  "run-network": {
    en: "RUN_NETWORK=none cannot be kept on this machine ({problem}); mend that, or set RUN_NETWORK=shared to let runs use this machine's network.",
    ko: "이 서버에서는 RUN_NETWORK=none 을 지킬 수 없습니다({problem}). 문제를 해결하거나, 실행이 이 서버의 네트워크를 쓰게 하려면 RUN_NETWORK=shared 로 설정하세요.",
  },
  "tokens-file": {
    en: "The file of API tokens {file} cannot be used ({problem}); make it with “npm run token -- create”, or unset API_TOKENS_FILE.",
    ko: "API 토큰 파일 {file} 을(를) 쓸 수 없습니다({problem}). “npm run token -- create”로 만들거나 API_TOKENS_FILE 설정을 지우세요.",
  },
  "console-off-loopback": {
    en: "CONSOLE=on works on loopback only, and HOST is {host}; set HOST=127.0.0.1 or unset CONSOLE.",
    ko: "CONSOLE=on 은 루프백에서만 쓸 수 있는데 HOST가 {host}입니다. HOST=127.0.0.1 로 바꾸거나 CONSOLE 설정을 지우세요.",
  },
  "no-door": {
    en: "No chat platform is configured and the console is off, so nobody could ask for anything; set API_TOKENS_FILE, unset CONSOLE=off or set HOST to a loopback address.",
    ko: "채팅 플랫폼도 없고 콘솔도 꺼져 있어 아무도 요청할 수 없습니다. API_TOKENS_FILE 을 설정하거나, CONSOLE=off 를 지우거나, HOST를 루프백 주소로 바꾸세요.",
  },
  "cloud-real-no-door": {
    en: "CLOUD=real without a chat platform leaves nobody who could ask; set API_TOKENS_FILE, or CONSOLE=on to use the console page with its built-in people.",
    ko: "CLOUD=real 인데 채팅 플랫폼이 없어 아무도 요청할 수 없습니다. API_TOKENS_FILE 을 설정하거나, 기본 사용자가 있는 콘솔 페이지를 쓰려면 CONSOLE=on 으로 설정하세요.",
  },
  "cloud-credentials": {
    en: "CLOUD=simulated is set together with {names}; a simulated cloud must not see real credentials, so unset one of them.",
    ko: "CLOUD=simulated 와 {names}이(가) 함께 설정되어 있습니다. 시뮬레이션에 실제 자격 증명을 줄 수 없으니 하나를 지우세요.",
  },
  "credentials-file": {
    en: "The file of credentials {file} cannot be used ({problem}); correct it, or unset CREDENTIALS_FILE to work with the credentials of this process.",
    ko: "자격 증명 파일 {file} 을(를) 쓸 수 없습니다({problem}). 파일을 고치거나, 이 프로세스의 자격 증명으로 실행하려면 CREDENTIALS_FILE 설정을 지우세요.",
  },
  "credentials-without-cloud": {
    en: "CREDENTIALS_FILE is set without CLOUD=real, and a simulated cloud must not see real credentials; set CLOUD=real or unset CREDENTIALS_FILE.",
    ko: "CLOUD=real 없이 CREDENTIALS_FILE 이 설정되어 있습니다. 시뮬레이션에 실제 자격 증명을 줄 수 없으니 CLOUD=real 로 설정하거나 CREDENTIALS_FILE 설정을 지우세요.",
  },
  "vault-unknown": {
    en: "CREDENTIALS_FILE names paths of Vault, and where Vault is was not said; set VAULT_ADDR and VAULT_TOKEN.",
    ko: "CREDENTIALS_FILE 에 Vault 경로가 있지만 Vault 위치를 알 수 없습니다. VAULT_ADDR 과 VAULT_TOKEN 을 설정하세요.",
  },
  "state-backend": {
    en: "STATE_BACKEND={value} needs CLOUD=real, because a simulated cloud must not reach a real bucket; set CLOUD=real or unset STATE_BACKEND.",
    ko: "STATE_BACKEND={value} 에는 CLOUD=real 이 필요합니다. 시뮬레이션이 실제 버킷에 닿아서는 안 되기 때문입니다. CLOUD=real 로 설정하거나 STATE_BACKEND 설정을 지우세요.",
  },
  "state-bucket": {
    en: "STATE_BACKEND={value} needs to know its bucket; set {names}, or unset STATE_BACKEND to keep state in the database.",
    ko: "STATE_BACKEND={value} 에는 버킷 정보가 필요합니다. {names} 을(를) 설정하거나, 상태를 데이터베이스에 두려면 STATE_BACKEND 설정을 지우세요.",
  },
  "queue-needs": {
    en: "QUEUE={value} needs {name}, which is not set; set {name}, or unset QUEUE to use the in-process queue.",
    ko: "QUEUE={value} 에는 {name} 이(가) 필요한데 설정되어 있지 않습니다. {name} 을(를) 설정하거나, 프로세스 안의 큐를 쓰려면 QUEUE 설정을 지우세요.",
  },
  "queue-unused": {
    en: "REDIS_URL is set, but QUEUE={value} would not use it; unset REDIS_URL, or set QUEUE=bull to use Redis.",
    ko: "REDIS_URL 이 설정되어 있지만 QUEUE={value} 는 이를 쓰지 않습니다. REDIS_URL 설정을 지우거나, Redis를 쓰려면 QUEUE=bull 로 설정하세요.",
  },
  "worker-needs": {
    en: "A worker shares the database and the queue of the processes that people talk to; set {what} as they have it.",
    ko: "작업자는 사람들이 쓰는 프로세스와 데이터베이스 및 큐를 함께 씁니다. 그쪽과 같은 {what} 을(를) 설정하세요.",
  },
  "worker-idle": {
    en: "WORKER_CONCURRENCY=0 leaves a worker nothing to do; set it to 1 or more, or unset it.",
    ko: "WORKER_CONCURRENCY=0 이면 작업자가 할 일이 없습니다. 1 이상으로 바꾸거나 설정을 지우세요.",
  },
  "policy-file": {
    en: "The policy file {file} cannot be used ({problem}); correct it, or unset POLICY_FILE to start with the built-in policy.",
    ko: "정책 파일 {file} 을(를) 쓸 수 없습니다({problem}). 파일을 고치거나, 기본 정책으로 시작하려면 POLICY_FILE 설정을 지우세요.",
  },
  "database-away": {
    en: "The PostgreSQL of DATABASE_URL does not answer ({problem}); start it, or correct DATABASE_URL.",
    ko: "DATABASE_URL의 PostgreSQL이 응답하지 않습니다({problem}). 서버를 켜거나 DATABASE_URL 을 고치세요.",
  },
  "data-dir-held": {
    en: "The folder {folder} is in use by another process (pid {pid}); stop that one, or set DATA_DIR to a folder of its own.",
    ko: "{folder} 폴더를 다른 프로세스(pid {pid})가 쓰고 있습니다. 그 프로세스를 끄거나 DATA_DIR 을 다른 폴더로 지정하세요.",
  },
  "no-terraform": {
    en: "Terraform was not found: neither terraform nor tofu is on PATH. Install it (1.11 or newer) or set TERRAFORM_BIN.",
    ko: "Terraform 을 찾을 수 없습니다. PATH 에 terraform 도 tofu 도 없습니다. 1.11 이상을 설치하거나 TERRAFORM_BIN 을 설정하세요.",
  },
  "port-taken": {
    en: "Port {port} on {host} is in use; stop what listens there or set PORT.",
    ko: "{host} 의 {port} 포트가 이미 사용 중입니다. 사용 중인 프로그램을 끄거나 PORT 를 바꾸세요.",
  },
} as const satisfies Record<string, Wording>;

/** What start-up says once it stands. */
export const STARTED = {
  console: {
    en: "Console: {url}/console",
    ko: "콘솔: {url}/console",
  },
  standIns: {
    en: "Not in production: database {database}; queue {queue}; model offline rules; cloud {cloud}; shells {shells}; isolation of runs {runs}, their network {network}.",
    ko: "운영 환경이 아닙니다: 데이터베이스 {database}, 큐 {queue}, 오프라인 규칙 모델, 클라우드 {cloud}, 셸 {shells}, 실행 격리 {runs}, 실행 네트워크 {network}.",
  },
  runsOpen: {
    en: "Runs of Terraform are not isolated: a module can read what this server can. Install bubblewrap, or use modules you trust; npm run doctor says more.",
    ko: "Terraform 실행이 격리되지 않아 모듈이 이 서버의 파일을 읽을 수 있습니다. bubblewrap을 설치하거나 믿을 수 있는 모듈만 쓰세요. 자세한 내용은 npm run doctor 로 확인하세요.",
  },
  doorsOnly: {
    en: "WORKER_CONCURRENCY=0: doors only. What people ask for waits in line until a process with workers takes it; npm run worker on the same database is one.",
    ko: "WORKER_CONCURRENCY=0: 창구 역할만 합니다. 요청은 작업자가 있는 프로세스가 가져갈 때까지 대기합니다. 같은 데이터베이스에서 npm run worker 를 실행하세요.",
  },
  nobodyRuns: {
    en: "WORKER_CONCURRENCY=0 with the embedded database: no other process can take the runs from here, so they wait for good. Set DATABASE_URL and start npm run worker, or unset WORKER_CONCURRENCY.",
    ko: "WORKER_CONCURRENCY=0 인데 내장 데이터베이스를 쓰고 있어 다른 프로세스가 실행을 가져갈 수 없고, 요청은 계속 대기합니다. DATABASE_URL 을 설정하고 npm run worker 를 시작하거나 WORKER_CONCURRENCY 설정을 지우세요.",
  },
  runsShare: {
    en: "Runs of Terraform share this machine's network, because taking it away does not work here; use modules you trust, npm run doctor says more.",
    ko: "이 서버에서는 Terraform 실행의 네트워크를 끊을 수 없어 서버의 네트워크를 함께 씁니다. 믿을 수 있는 모듈만 쓰세요. 자세한 내용은 npm run doctor 로 확인하세요.",
  },
  production: {
    en: "Production: database {database}; queue {queue}; model offline rules; cloud {cloud}; shells {shells}; network of runs {network}.",
    ko: "운영 환경입니다: 데이터베이스 {database}, 큐 {queue}, 오프라인 규칙 모델, 클라우드 {cloud}, 셸 {shells}, 실행 네트워크 {network}.",
  },
  noDoor: {
    en: "Nobody can ask for anything: no chat platform is configured and there are no API tokens. Set API_TOKENS_FILE and make a token with “npm run token -- create”.",
    ko: "아무도 요청할 수 없습니다. 채팅 플랫폼도 API 토큰도 없습니다. API_TOKENS_FILE 을 설정하고 “npm run token -- create”로 토큰을 만드세요.",
  },
  tokens: {
    en: "HTTP API with the tokens of {file}: {url}/openapi.json",
    ko: "{file} 의 토큰으로 쓰는 HTTP API: {url}/openapi.json",
  },
  credentialsIgnored: {
    en: "{names} set, and no run will see it: set CLOUD=real to work in real AWS and Google accounts with their AWS_* and GOOGLE_* credentials.",
    ko: "{names} 이(가) 설정되어 있지만 어떤 실행에도 전달하지 않습니다. AWS_*, GOOGLE_* 자격 증명으로 실제 AWS와 Google 계정을 쓰려면 CLOUD=real 로 설정하세요.",
  },
} as const satisfies Record<string, Wording>;
