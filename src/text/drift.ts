import type { RefusalWording, Wording } from "./wording.ts";

export const DRIFT_REFUSALS = {
  "nothing-to-check": {
    detail: {
      en: "Nothing of {name} exists, so nothing can have drifted.",
      ko: "{name}은(는) 만들어진 것이 없어 달라질 것도 없습니다.",
    },
    next: {
      en: "Plan it first: /cloud plan {name}.",
      ko: "먼저 /cloud plan {name} 으로 계획하세요.",
    },
  },
  "drift-over": {
    detail: {
      en: "This drift of {name} is no longer there: a newer check found none, or a change was applied since.",
      ko: "{name}의 이 드리프트는 더 이상 유효하지 않습니다. 새로 확인했을 때 없었거나 그 뒤에 변경이 적용되었습니다.",
    },
    next: {
      en: "Check it again: /cloud drift {name}. A repair is planned from what that finds.",
      ko: "/cloud drift {name} 으로 다시 확인하세요. 그 결과를 보고 복구를 계획할 수 있습니다.",
    },
  },
  "drift-under-way": {
    detail: {
      en: "{name} is being checked for drift right now.",
      ko: "{name}의 드리프트를 지금 확인하고 있습니다.",
    },
    next: {
      en: "Wait for its card; it comes to the thread in which the check was asked for.",
      ko: "잠시 기다리세요. 확인을 요청한 스레드에 결과 카드가 올라옵니다.",
    },
  },
} as const satisfies Record<string, RefusalWording>;

/** What a check found, as the title of its card. */
export const DRIFT_TITLES = {
  underWay: { en: "Checking {name} for drift", ko: "{name} 드리프트 확인 중" },
  none: { en: "No drift in {name}", ko: "{name}: 드리프트 없음" },
  outputs_only: { en: "Other outputs in {name}", ko: "{name}: 출력값이 달라짐" },
  changed: { en: "{name} has drifted", ko: "{name}: 드리프트 발견" },
  deleted: { en: "Parts of {name} are gone", ko: "{name}: 일부가 삭제됨" },
  error: { en: "{name} could not be checked", ko: "{name}을(를) 확인하지 못함" },
  skipped: { en: "{name} was not checked", ko: "{name} 확인을 건너뜀" },
} as const satisfies Record<string, Wording>;

export const DRIFT_HAPPENED = {
  underWay: {
    en: "Terraform compares what exists with what the last apply left. Nothing is changed.",
    ko: "실제로 있는 것을 마지막 적용 결과와 비교하고 있습니다. 아무것도 바꾸지 않습니다.",
  },
  none: {
    en: "What exists is what the last apply left.",
    ko: "실제 상태가 마지막 적용 결과와 같습니다.",
  },
  outputs_only: {
    en: "No object was changed, but these outputs would have other values now: {outputs}.",
    ko: "바뀐 리소스는 없지만 다음 출력값이 지금은 달라집니다: {outputs}",
  },
  changed: {
    en: "Somebody or something changed {n} of its objects outside of this platform.",
    ko: "이 플랫폼 밖에서 리소스 {n}개가 변경되었습니다.",
  },
  deleted: {
    en: "Somebody or something deleted or changed {n} of its objects outside of this platform.",
    ko: "이 플랫폼 밖에서 리소스 {n}개가 삭제되거나 변경되었습니다.",
  },
  error: {
    en: "Terraform could not compare what exists with what was left. Nothing was changed.",
    ko: "실제 상태를 비교하지 못했습니다. 아무것도 바뀌지 않았습니다.",
  },
  skipped: {
    en: "Somebody else held its state at that moment. Nothing was changed.",
    ko: "그때 다른 작업이 상태 파일을 쓰고 있었습니다. 아무것도 바뀌지 않았습니다.",
  },
} as const satisfies Record<string, Wording>;

export const DRIFT_NEXT = {
  underWay: {
    en: "This card shows what was found as soon as it is known.",
    ko: "결과가 나오면 이 카드에 표시됩니다.",
  },
  none: { en: "There is nothing to do.", ko: "할 일이 없습니다." },
  outputs_only: {
    en: "Plan a repair to write the new values down; people approve it like any plan.",
    ko: "복구를 계획하면 새 값을 기록합니다. 다른 계획처럼 승인을 받습니다.",
  },
  changed: {
    en: "Plan a repair: it brings back what was approved, and people approve it like any plan. If the change was wanted, ask for it as a change of the values instead.",
    ko: "복구를 계획하면 승인된 상태로 되돌리며, 다른 계획처럼 승인을 받습니다. 의도한 변경이라면 값을 바꾸는 계획을 요청하세요.",
  },
  deleted: {
    en: "Plan a repair: it makes again what is gone, and people approve it like any plan.",
    ko: "복구를 계획하면 사라진 것을 다시 만듭니다. 다른 계획처럼 승인을 받습니다.",
  },
  error: {
    en: "Mend what the error names, then check again.",
    ko: "오류가 가리키는 것을 고친 뒤 다시 확인하세요.",
  },
  skipped: { en: "Check again in a minute.", ko: "잠시 뒤 다시 확인하세요." },
} as const satisfies Record<string, Wording>;

export const DRIFT = {
  object: { en: "Object", ko: "리소스" },
  attribute: { en: "Attribute", ko: "속성" },
  expected: { en: "As approved", ko: "승인된 값" },
  actual: { en: "Now", ko: "현재 값" },
  severity: { en: "Severity", ko: "심각도" },
  askedAt: { en: "Asked for by {name} at {at}", ko: "{name} 님이 {at}에 요청" },
  checkedAt: { en: "Looked at {at} for {name}", ko: "{name} 님 요청, {at}에 확인" },
  otherModule: {
    en: "Looked at with module {module} of {to}: the files of {from}, with which it was last applied, are not kept here. What differs may come from that.",
    ko: "{module} 모듈 {to}(으)로 확인했습니다. 마지막 적용에 쓴 {from} 파일이 여기에 없어서, 차이가 모듈 때문일 수 있습니다.",
  },
  deleted: { en: "(deleted)", ko: "(삭제됨)" },
  whole: { en: "(whole object)", ko: "(전체)" },
  more: { en: "{n} more objects are not listed.", ko: "목록에 없는 리소스가 {n}개 더 있습니다." },
  repair: { en: "Plan a repair", ko: "복구 계획" },
  again: { en: "Check again", ko: "다시 확인" },
  low: { en: "low", ko: "낮음" },
  medium: { en: "medium", ko: "보통" },
  high: { en: "high", ko: "높음" },
} as const satisfies Record<string, Wording>;
