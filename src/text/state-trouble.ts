import { say, type Lang, type Wording } from "./wording.ts";

const STATE_TROUBLE = {
  locked: {
    en: "Somebody else holds the lock of this deployment's state, so nothing was applied and nothing was changed. Wait until they are done, then plan again.",
    ko: "다른 작업이 이 배포의 상태 잠금을 쥐고 있어 적용하지 않았고, 바뀐 것은 없습니다. 그 작업이 끝난 뒤 다시 계획해 주세요.",
  },
  lockedBy: {
    en: "The lock of this deployment's state is held by {who} since {since}, so nothing was applied and nothing was changed. Wait until they are done, then plan again; if that process is dead, ask an administrator to remove the lock {id}.",
    ko: "이 배포의 상태 잠금을 {who}이(가) {since}부터 쥐고 있어 적용하지 않았고, 바뀐 것은 없습니다. 그 작업이 끝난 뒤 다시 계획해 주세요. 이미 죽은 작업이라면 관리자에게 잠금 {id} 해제를 요청해 주세요.",
  },
  stale: {
    en: "The state was changed elsewhere after this plan was made, so it was not applied and nothing was changed. Plan again.",
    ko: "계획을 만든 뒤 다른 곳에서 상태가 바뀌어 적용하지 않았고, 바뀐 것은 없습니다. 다시 계획해 주세요.",
  },
} as const satisfies Record<string, Wording>;

export type LockHolder = { readonly who: string; readonly since: string; readonly id: string };

/** Terraform was refused the lock of a state; null: it did not say who holds it. */
export function sayStateLocked(holder: LockHolder | null, lang: Lang): string {
  return holder === null
    ? say(STATE_TROUBLE.locked, lang)
    : say(STATE_TROUBLE.lockedBy, lang, holder);
}

/** Terraform refused a plan because the state has moved on. */
export function sayStateStale(lang: Lang): string {
  return say(STATE_TROUBLE.stale, lang);
}
