import type { RefusalWording } from "./wording.ts";

/** Refusals of the deployments: asking, planning, reading, cancelling, destroying. */
export const DEPLOYMENT_REFUSALS = {
  "not-found": {
    detail: {
      en: "There is no deployment “{id}” that you may see.",
      ko: "볼 수 있는 배포 중에 “{id}”이(가) 없습니다.",
    },
    next: {
      en: "Check the name, or list what you have with /cloud status.",
      ko: "이름을 확인하거나 /cloud status 로 목록을 확인하세요.",
    },
  },
  "name-taken": {
    detail: {
      en: "The name “{name}” is in use by another deployment.",
      ko: "“{name}”은(는) 다른 배포가 이미 쓰고 있는 이름입니다.",
    },
    next: {
      en: "Ask again with another name, for example “{name}-2”.",
      ko: "다른 이름으로 다시 요청하세요. 예: “{name}-2”",
    },
  },
  "bad-name": {
    detail: {
      en: "“{name}” cannot be a name: it must start with a small letter and hold only small letters, digits and hyphens, 40 at most.",
      ko: "“{name}”은(는) 이름으로 쓸 수 없습니다. 영문 소문자로 시작하고 소문자, 숫자, 하이픈만 40자까지 쓸 수 있습니다.",
    },
    next: {
      en: "Choose a name like “shop-dev” and ask again.",
      ko: "“shop-dev”처럼 이름을 바꿔 다시 요청하세요.",
    },
  },
  "unknown-module": {
    detail: {
      en: "There is no module “{module}”. Available: {modules}.",
      ko: "“{module}” 모듈이 없습니다. 쓸 수 있는 모듈: {modules}",
    },
    next: {
      en: "Pick one of the modules above; /cloud modules describes them.",
      ko: "위 모듈 중에서 고르세요. 설명은 /cloud modules 에 있습니다.",
    },
  },
  "module-gone": {
    detail: {
      en: "The module {module} that {name} was made with is not in the catalogue any more.",
      ko: "{name}을(를) 만든 {module} 모듈이 더 이상 카탈로그에 없습니다.",
    },
    next: {
      en: "Ask a platform engineer to put the module back; until then {name} stays as it is.",
      ko: "플랫폼 엔지니어에게 모듈 복구를 요청하세요. 그때까지 {name}은(는) 그대로 유지됩니다.",
    },
  },
  "wrong-cloud": {
    detail: {
      en: "The module {module} is for {modulecloud}, not for {cloud}.",
      ko: "{module} 모듈은 {cloud}이(가) 아니라 {modulecloud}용입니다.",
    },
    next: {
      en: "Leave the cloud out, or choose a module of {cloud}.",
      ko: "클라우드를 빼고 요청하거나 {cloud}용 모듈을 고르세요.",
    },
  },
  "wrong-variables": {
    detail: {
      en: "{count} of the values cannot be used, so nothing was started.",
      ko: "값 {count}개를 쓸 수 없어서 아무것도 시작하지 않았습니다.",
    },
    next: {
      en: "Correct the values listed and ask again.",
      ko: "아래 값을 고쳐서 다시 요청하세요.",
    },
  },
  "wrong-environment": {
    detail: {
      en: "The module {module} is not offered for the environment {environment}. Offered: {environments}.",
      ko: "{module} 모듈은 {environment} 환경에서 쓸 수 없습니다. 가능한 환경: {environments}",
    },
    next: {
      en: "Ask again with one of these environments.",
      ko: "가능한 환경 중 하나로 다시 요청하세요.",
    },
  },
  "unknown-team": {
    detail: {
      en: "You are not in a team called “{team}”.",
      ko: "“{team}” 팀에 속해 있지 않습니다.",
    },
    next: {
      en: "Leave the team out, or ask an admin to add you to it.",
      ko: "팀을 빼고 요청하거나 관리자에게 팀 추가를 요청하세요.",
    },
  },
  "upstream-not-found": {
    detail: {
      en: "{variable} names “{name}”, but there is no such deployment that you may see.",
      ko: "{variable}에 적힌 “{name}” 배포를 찾을 수 없거나 볼 수 없습니다.",
    },
    next: {
      en: "Name one of your own deployments, or leave {variable} empty.",
      ko: "볼 수 있는 배포의 이름을 적거나 {variable}을(를) 비워 두세요.",
    },
  },
  "not-allowed": {
    detail: {
      en: "This needs the role {role}, which you do not have.",
      ko: "이 작업에는 {role} 역할이 필요한데, 아직 없습니다.",
    },
    next: {
      en: "Ask an admin to add you to a group with that role, or ask a colleague who has it.",
      ko: "관리자에게 역할을 요청하거나 역할이 있는 동료에게 부탁하세요.",
    },
  },
  "busy-applying": {
    detail: {
      en: "{name} is being applied right now (change {change}), so nothing else may start.",
      ko: "{name}은(는) 지금 적용 중이라(변경 {change}) 다른 작업을 시작할 수 없습니다.",
    },
    next: {
      en: "Wait for the report in the thread, or cancel it with /cloud cancel {name}.",
      ko: "스레드에 결과가 올라올 때까지 기다리거나 /cloud cancel {name} 으로 취소하세요.",
    },
  },
  "nothing-to-cancel": {
    detail: {
      en: "Nothing is under way for {name}.",
      ko: "{name}에는 진행 중인 작업이 없습니다.",
    },
    next: {
      en: "Look at it with /cloud status {name}.",
      ko: "/cloud status {name} 으로 상태를 확인하세요.",
    },
  },
  "already-destroyed": {
    detail: {
      en: "{name} is destroyed already; nothing of it exists.",
      ko: "{name}은(는) 이미 삭제되어 남은 것이 없습니다.",
    },
    next: {
      en: "Plan it to make it again: /cloud plan {name}.",
      ko: "다시 만들려면 /cloud plan {name} 을 실행하세요.",
    },
  },
  "recover-first": {
    detail: {
      en: "The last apply of {name} was interrupted, so it is not certain what exists.",
      ko: "{name}의 마지막 적용이 중간에 끊겨서 무엇이 남아 있는지 확실하지 않습니다.",
    },
    next: {
      en: "Press “Plan recovery” on its report, or /cloud plan {name}; then destroy it.",
      ko: "결과 카드의 “복구 계획”을 누르거나 /cloud plan {name} 을 먼저 실행한 뒤 삭제하세요.",
    },
  },
  "change-moved-on": {
    detail: {
      en: "The change this belongs to is not at that point any more.",
      ko: "이 작업이 속한 변경은 이미 다른 단계로 넘어갔습니다.",
    },
    next: {
      en: "Look at the newest card in the thread.",
      ko: "스레드의 최신 카드를 확인하세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
