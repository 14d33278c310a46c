import { say, type Lang, type Wording } from "./wording.ts";

/** Why a plan run ended without a plan, by the reason's code; Terraform's own words stand beside it. */
export const RUNNER_REASONS = {
  "plan-failed": {
    en: "Terraform could not make the plan. Nothing was changed. Correct the values and plan again.",
    ko: "Terraform이 계획을 만들지 못했습니다. 바뀐 것은 없습니다. 값을 고친 뒤 다시 계획해 주세요.",
  },
  "plan-died": {
    en: "Terraform ended in the middle of the plan without saying why. Nothing was changed. Plan again.",
    ko: "Terraform이 이유를 남기지 않고 계획 도중에 끝났습니다. 바뀐 것은 없습니다. 다시 계획해 주세요.",
  },
  "plan-lost": {
    en: "The plan was tried three times and its worker failed each time. Nothing was changed. Tell an administrator, then plan again.",
    ko: "계획을 세 번 시도했지만 매번 작업기가 실패했습니다. 바뀐 것은 없습니다. 관리자에게 알린 뒤 다시 계획해 주세요.",
  },
  "plan-timeout": {
    en: "The plan was stopped because it took longer than {minutes} minutes. Nothing was changed. Plan again, or tell an administrator if it happens once more.",
    ko: "계획이 {minutes}분을 넘겨 중단했습니다. 바뀐 것은 없습니다. 다시 계획해 보시고, 또 그러면 관리자에게 알려 주세요.",
  },
  "plan-cancelled": {
    en: "The plan was stopped on request. Nothing was changed. Plan again when you want to go on.",
    ko: "요청에 따라 계획을 중단했습니다. 바뀐 것은 없습니다. 계속하려면 다시 계획해 주세요.",
  },
  "module-gone": {
    en: "The module {module} is no longer in the catalogue, so there is nothing to plan with. Ask an administrator to bring it back.",
    ko: "모듈 {module}이(가) 카탈로그에 더 이상 없어 계획할 수 없습니다. 관리자에게 복원을 요청해 주세요.",
  },
  "state-out-of-reach": {
    en: "The state of this deployment is in the bucket {bucket}, which runs may not reach without CLOUD=real. Nothing was changed. Ask an administrator, then plan again.",
    ko: "이 배포의 상태는 버킷 {bucket}에 있는데, CLOUD=real 이 아니면 실행이 그 버킷에 접근할 수 없습니다. 바뀐 것은 없습니다. 관리자에게 문의한 뒤 다시 계획해 주세요.",
  },
  "state-gone": {
    en: "The bucket {bucket} holds no state of this deployment any more, so a plan would make everything a second time. Nothing was planned or changed. Ask an administrator to restore the state from an older version or a backup, then plan again.",
    ko: "버킷 {bucket}에 이 배포의 상태가 더는 없어 계획하면 모든 것을 다시 만들게 됩니다. 계획하지 않았고, 바뀐 것은 없습니다. 관리자에게 이전 버전이나 백업에서 상태를 복원해 달라고 한 뒤 다시 계획해 주세요.",
  },
  "no-credentials": {
    en: "No credentials for {cloud} in {environment} are given to this server, so nothing was planned or changed. Ask an administrator to add them to CREDENTIALS_FILE, then plan again.",
    ko: "이 서버에 {environment} 환경의 {cloud} 자격 증명이 없어 계획하지 않았고, 바뀐 것은 없습니다. 관리자에게 CREDENTIALS_FILE 추가를 요청한 뒤 다시 계획해 주세요.",
  },
  "vault-away": {
    en: "Vault gave no credentials for {path}, so nothing was planned or changed. Ask an administrator whether Vault is up and this server may read that path, then plan again.",
    ko: "Vault가 {path} 의 자격 증명을 주지 않아 계획하지 않았고, 바뀐 것은 없습니다. 관리자에게 Vault가 동작하는지, 이 서버가 그 경로를 읽을 수 있는지 확인해 달라고 한 뒤 다시 계획해 주세요.",
  },
  "module-changed": {
    en: "The files of the module {module} were edited after this server had checked them, so nothing was planned or changed. Ask an administrator to restart the server, then plan again.",
    ko: "서버가 확인한 뒤에 모듈 {module}의 파일이 수정되어 계획하지 않았고, 바뀐 것은 없습니다. 관리자에게 서버 재시작을 요청한 뒤 다시 계획해 주세요.",
  },
  "terraform-unfit": {
    en: "The module {module} needs version “{required}” of Terraform or OpenTofu, and this server runs {product} {version}, so nothing was planned or changed. Ask an administrator to set TERRAFORM_BIN to a version that fits, then plan again.",
    ko: "모듈 {module}에는 Terraform 또는 OpenTofu “{required}” 버전이 필요한데 이 서버는 {product} {version}을(를) 실행하고 있어 계획하지 않았고, 바뀐 것은 없습니다. 관리자에게 TERRAFORM_BIN을 맞는 버전으로 설정해 달라고 한 뒤 다시 계획해 주세요.",
  },
  "provider-missing": {
    en: "The module needs the provider {provider}, which this server does not have whole in a version that fits, and runs install providers from nowhere else. Nothing was planned or changed. If runs may use it, ask an administrator to fetch it with “npm run providers -- sync” or to copy it into PROVIDERS_DIR, then plan again.",
    ko: "모듈에 필요한 프로바이더 {provider}이(가) 맞는 버전으로 온전히 이 서버에 있지 않고, 실행은 다른 곳에서 프로바이더를 설치하지 않습니다. 계획하지 않았고, 바뀐 것은 없습니다. 써도 되는 프로바이더라면 관리자에게 “npm run providers -- sync”로 받거나 PROVIDERS_DIR에 복사해 달라고 요청한 뒤 다시 계획해 주세요.",
  },
  "upstream-missing": {
    en: "No deployment named {upstream} that you may see has been applied, and this one takes its outputs. Apply that one first, or give another name.",
    ko: "이 배포는 {upstream}의 출력값을 쓰는데, 볼 수 있는 배포 중 적용된 {upstream}이(가) 없습니다. 먼저 적용하거나 다른 이름을 입력해 주세요.",
  },
} as const satisfies Record<string, Wording>;

const NOT_STARTED = {
  "plan-changed": {
    en: "The stored plan is not the one that was approved, so it was not applied and nothing was changed. Tell an administrator, then plan again.",
    ko: "저장된 계획이 승인된 계획과 달라 적용하지 않았고, 바뀐 것은 없습니다. 관리자에게 알린 뒤 다시 계획해 주세요.",
  },
  "init-failed": {
    en: "Terraform could not prepare the approved plan, so it was not applied and nothing was changed. Plan again.",
    ko: "Terraform이 승인된 계획을 준비하지 못해 적용하지 않았고, 바뀐 것은 없습니다. 다시 계획해 주세요.",
  },
  "no-credentials": {
    en: "This server got no credentials for the apply, so it was not started and nothing was changed. Ask an administrator to look at CREDENTIALS_FILE and Vault, then plan again.",
    ko: "적용에 쓸 자격 증명을 얻지 못해 시작하지 않았고, 바뀐 것은 없습니다. 관리자에게 CREDENTIALS_FILE 과 Vault 확인을 요청한 뒤 다시 계획해 주세요.",
  },
  broken: {
    en: "This server could not start the apply, and nothing was changed. Tell an administrator, then plan again.",
    ko: "서버가 적용을 시작하지 못했고, 바뀐 것은 없습니다. 관리자에게 알린 뒤 다시 계획해 주세요.",
  },
  stopped: {
    en: "The apply was stopped before it began, and nothing was changed. Plan again when you want to go on.",
    ko: "적용이 시작되기 전에 중단되었고, 바뀐 것은 없습니다. 계속하려면 다시 계획해 주세요.",
  },
} as const satisfies Record<string, Wording>;

export type NotStarted = keyof typeof NOT_STARTED;

const HALTED: Wording = {
  en: "Resources that were not begun because the apply was stopped: {count}.",
  ko: "적용이 중단되어 시작하지 않은 리소스: {count}개.",
};

/** One line for as many errors of Terraform as there were resources left. */
export function sayHalted(count: number, lang: Lang): string {
  return say(HALTED, lang, { count });
}

const SERVER_STOPPED: Wording = {
  en: "The server that applied it was shut down, so Terraform was asked to end what it had begun and start nothing more. Plan again to go on.",
  ko: "적용하던 서버가 종료되어, Terraform이 시작한 작업만 마치고 더 시작하지 않도록 했습니다. 계속하려면 다시 계획해 주세요.",
};

/** Why an apply ended early that nobody had asked to stop. */
export function sayServerStopped(lang: Lang): string {
  return SERVER_STOPPED[lang];
}

/** Why Terraform never got an approved plan. */
export function sayApplyNotStarted(why: NotStarted, lang: Lang): string {
  return say(NOT_STARTED[why], lang);
}
