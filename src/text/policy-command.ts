import type { Wording } from "./wording.ts";

/** Lines of `npm run policy -- test`, for operators. */
export const POLICY_COMMAND = {
  usage: {
    en: "Usage: npm run policy -- test [file]. It checks POLICY_FILE, or terraform/policy.yaml, and runs its examples.",
    ko: "사용법: npm run policy -- test [파일]. POLICY_FILE 또는 terraform/policy.yaml 을 검사하고 그 안의 예시를 실행합니다.",
  },
  wrong: {
    en: "{file} cannot be used: {problem}. Mend that line and run this again.",
    ko: "{file} 을(를) 사용할 수 없습니다: {problem}. 그 줄을 고친 뒤 다시 실행하세요.",
  },
  differs: {
    en: "{name}: {key} should be {wanted}, but the policy answers {found}.",
    ko: "{name}: {key} 값은 {wanted} 이어야 하는데 정책의 답은 {found} 입니다.",
  },
  tooFew: {
    en: "WARNING: the rule “{rule}” asks for {needed} votes of {groups}, which only {people} people may give. Nothing that it decides can be approved: add people or ask for fewer votes.",
    ko: "경고: “{rule}” 규칙은 {groups} 에서 {needed}표를 요구하는데 투표할 수 있는 사람이 {people}명뿐입니다. 이 규칙이 적용되는 변경은 승인될 수 없으니 사람을 추가하거나 필요한 표를 줄이세요.",
  },
  tooFewFor: {
    en: "WARNING: the rule “{rule}” asks for {needed} votes of {groups}. When one of these asks for a change, only {people} people may give them, so it cannot be approved: {requesters}. Add people or ask for fewer votes.",
    ko: "경고: “{rule}” 규칙은 {groups} 에서 {needed}표를 요구합니다. 다음 사람이 요청한 변경에는 투표할 수 있는 사람이 {people}명뿐이라 승인될 수 없습니다: {requesters}. 사람을 추가하거나 필요한 표를 줄이세요.",
  },
  none: {
    en: "{file} is right, but it has no examples. Add some under `examples:` so that the next edit cannot loosen a rule unseen.",
    ko: "{file} 은(는) 올바르지만 예시가 없습니다. 다음 수정에서 규칙이 모르게 느슨해지지 않도록 `examples:` 에 추가하세요.",
  },
  counts: {
    en: "{good} of {all} examples of {file} hold. Policy version {version}.",
    ko: "{file} 의 예시 {all}개 중 {good}개가 맞습니다. 정책 버전 {version}.",
  },
} as const satisfies Readonly<Record<string, Wording>>;
