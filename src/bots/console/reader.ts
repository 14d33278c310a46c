import { personBehind, viewerOf, type Policy } from "#deployments/policy.ts";
import type { ConsoleReader } from "./ports.ts";

/** Who a user of the console is, by the policy of this moment; null: it knows nobody like that. */
export function consoleReader(policy: Policy, user: string): ConsoleReader | null {
  const person = personBehind(policy, "console", user);
  const viewer = person === null ? null : viewerOf(policy, person);
  if (viewer === null) {
    return null;
  }
  const hears = Object.values(policy.people).flatMap(({ console: id }) => {
    const speaker = id === undefined ? null : personBehind(policy, "console", id);
    const teams = speaker === null ? [] : (viewerOf(policy, speaker)?.teams ?? []);
    const isHeard = teams.length > 0 && teams.every((team) => viewer.teams.includes(team));
    return id !== undefined && isHeard ? [id] : [];
  });
  return { viewer, hears };
}
