import { stripVTControlCharacters } from "node:util";
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

export type HeldLock = { readonly id: string; readonly since: Date };

/** The lock that Terraform was refused, as it says on a terminal; null: it was not, or says no time. */
export function lockIn(said: string): HeldLock | null {
  const plain = stripVTControlCharacters(said);
  if (!plain.includes("Error acquiring the state lock")) {
    return null;
  }
  const id = fieldOf(plain, "ID");
  const [, day, time] = WRITTEN.exec(fieldOf(plain, "Created")) ?? [];
  const since = new Date(`${day}T${time}Z`);
  return id === "" || Number.isNaN(since.getTime()) ? null : { id, since };
}

// As Go writes a time: 2026-11-21 09:00:00.123456789 +0000 UTC
const WRITTEN = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d* \+0000 UTC$/;

const LONGEST_FIELD = 80;

/** One line of Terraform's `Lock Info:`, as whoever took the lock wrote it. */
function fieldOf(error: string, name: string): string {
  const value = new RegExp(`^[│\\s]*${name}:[ \\t]*(\\S.*)$`, "m").exec(error)?.[1] ?? "";
  return value.trim().slice(0, LONGEST_FIELD);
}
