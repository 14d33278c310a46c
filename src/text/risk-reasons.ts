import { say, type Lang, type Params, type Wording } from "./wording.ts";

/** Why a plan is risky, by rule; the card puts the address in front. */
export const RISK_REASONS = {
  delete: { en: "will be deleted", ko: "삭제됩니다" },
  replace: {
    en: "will be replaced: deleted, then made anew",
    ko: "교체됩니다. 삭제한 뒤 새로 만듭니다",
  },
  "public-cidr": {
    en: "opens to every address on the internet ({cidr})",
    ko: "인터넷의 모든 주소({cidr})에 열립니다",
  },
  iam: { en: "changes who may do what", ko: "접근 권한이 바뀝니다" },
  count: {
    en: "{count} resources change in this one plan",
    ko: "한 번의 계획에서 리소스 {count}개가 바뀝니다",
  },
  unknown: {
    en: "has values that are known only after the apply",
    ko: "일부 값은 적용한 뒤에야 알 수 있습니다",
  },
  "not-imported": {
    en: "was made by the interrupted apply as {id} and could not be taken in; look for it in the cloud before you approve, or this plan may make a second one",
    ko: "중단된 적용이 {id}(으)로 만들었지만 가져오지 못했습니다. 하나 더 만들어질 수 있으니 승인하기 전에 클라우드에서 확인하세요",
  },
  "perhaps-there": {
    en: "was begun by the interrupted apply and may exist already; look for it in the cloud before you approve, or this plan may make a second one",
    ko: "중단된 적용이 만들기 시작해 이미 있을 수 있습니다. 하나 더 만들어질 수 있으니 승인하기 전에 클라우드에서 확인하세요",
  },
  "older-state": {
    en: "The state in the bucket {bucket} is older than one seen there before (serial {serial} after {highest}). What was made since is unknown to this plan, which may make it a second time or leave it behind; have an admin restore the newest version before you approve.",
    ko: "버킷 {bucket}의 상태가 전에 본 것보다 오래되었습니다(시리얼 {highest} 다음에 {serial}). 그 뒤에 만든 것을 이 계획은 알지 못해 다시 만들거나 남겨 둘 수 있습니다. 승인하기 전에 관리자에게 최신 버전 복원을 요청하세요.",
  },
  prod: { en: "this is the production environment", ko: "운영(prod) 환경입니다" },
} as const satisfies Record<string, Wording>;

type Reason = { readonly rule: keyof typeof RISK_REASONS | "note"; readonly params: Params };

/** A finding in words; a note of the module brings its own, in both languages. */
export function sayRisk({ rule, params }: Reason, lang: Lang): string {
  return rule === "note" ? String(params[lang] ?? "") : say(RISK_REASONS[rule], lang, params);
}
