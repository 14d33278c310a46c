import { sayStateLocked, sayStateStale, type LockHolder } from "#text/state-trouble.ts";
import type { Lang } from "#text/wording.ts";

/** A sentence of ours for what Terraform says about a state that it may not use; null: something else. */
export function stateTrouble(error: string, lang: Lang): string | null {
  if (error.startsWith("Error acquiring the state lock")) {
    return sayStateLocked(holderIn(error), lang);
  }
  return isStale(error) ? sayStateStale(lang) : null;
}

/** Terraform refused a plan because it was made from an older state. */
export function isStale(error: string): boolean {
  return error.startsWith("Saved plan is stale");
}

function holderIn(error: string): LockHolder | null {
  const [who, since, id] = ["Who", "Created", "ID"].map((name) => fieldOf(error, name));
  return who && since && id ? { who, since, id } : null;
}

const LONGEST_FIELD = 80;

/** One line of Terraform's `Lock Info:`, as whoever took the lock wrote it. */
function fieldOf(error: string, name: string): string {
  const value = new RegExp(`^\\s*${name}:[ \\t]*(\\S.*)$`, "m").exec(error)?.[1] ?? "";
  return value.trim().slice(0, LONGEST_FIELD);
}
