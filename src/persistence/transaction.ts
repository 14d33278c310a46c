import type { Knex } from "knex";

/** SQLSTATE and constraint of a PostgreSQL error, null for anything else. */
export function violation(error: unknown): { code: string; constraint: string } | null {
  if (!(error instanceof Error) || !("code" in error) || !("constraint" in error)) {
    return null;
  }
  return { code: String(error.code), constraint: String(error.constraint) };
}

/** True when a row with the same unique key was there already. */
export function isTaken(error: unknown, constraint: string): boolean {
  const found = violation(error);
  return found?.code === "23505" && found.constraint === constraint;
}

export type Transaction = Knex.Transaction;

/** jsonb wants text: pg would turn an array parameter into a PostgreSQL array. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => storablePart(part));
}

function storablePart(part: unknown): unknown {
  if (typeof part === "string") {
    return storable(part);
  }
  const isMap = typeof part === "object" && part !== null && !Array.isArray(part);
  const isWrong = isMap && Object.keys(part).some((name) => storable(name) !== name);
  return isWrong
    ? Object.fromEntries(Object.entries(part).map(([name, value]) => [storable(name), value]))
    : part;
}

/**
 * PostgreSQL keeps no NUL character in text or jsonb, and no half of a surrogate pair in jsonb. What
 * a module prints or a person pastes may hold the one, a text cut in the middle of an emoji the
 * other: without this the row, say the report of a run, would be refused for ever.
 */
export function storable(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
