import { PersonId } from "./ids.ts";
import type { Policy } from "./policy.ts";

/** Everybody in any of these groups, by the policy of this moment, each once. */
export function votersOf({ groups }: Policy, names: readonly string[]): readonly PersonId[] {
  const members = names.flatMap((name) =>
    Object.hasOwn(groups, name) ? (groups[name]?.members ?? []) : [],
  );
  return [...new Set(members)];
}

export function isIn({ groups }: Policy, name: string, person: PersonId): boolean {
  return Object.hasOwn(groups, name) && groups[name]?.members.includes(person) === true;
}
