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
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "string" ? storable(part) : part,
  );
}

/**
 * PostgreSQL keeps no NUL character in text or jsonb, and what a module prints or a person pastes
 * may hold one: without this the report of its run would be refused for ever.
 */
export function storable(text: string): string {
  return text.replaceAll("\0", "\uFFFD");
}
