import type { Demand } from "./asking.ts";
import { demandBy, rulesOf } from "./demand.ts";
import { PersonId } from "./ids.ts";
import { may, viewerOf, type Policy } from "./policy.ts";
import { isIn, votersOf } from "./voters.ts";

/** More votes are asked for than there are people who may give them. */
export type Short = {
  readonly rule: string;
  /** The groups, or the one of them, that has too few people. */
  readonly groups: string;
  readonly needed: number;
  readonly people: number;
};

/** Null: if everybody votes who may, the second group too, there are votes enough. */
export function shortOf(
  policy: Policy,
  { rule, groups, escalate, votes, votesOf }: Demand,
  isExcluded: (person: PersonId) => boolean,
): Short | null {
  const asked = escalate === null ? groups : [...new Set([...groups, escalate])];
  const voters = votersOf(policy, asked).filter((person) => !isExcluded(person));
  if (voters.length < votes) {
    return { rule, groups: asked.join(", "), needed: votes, people: voters.length };
  }
  const shares = Object.entries(votesOf).map(([group, needed]) => {
    const people = voters.filter((person) => isIn(policy, group, person)).length;
    return { rule, groups: group, needed, people };
  });
  return shares.find(({ needed, people }) => people < needed) ?? null;
}

export type Unmeetable = Short & {
  /** Whose changes get too few votes, because their own does not count; empty: everybody's. */
  readonly requesters: readonly PersonId[];
};

/**
 * The rules that some change could never get enough votes by, whoever votes. What a module asks for
 * by itself is not part of it: that is told when the change waits.
 */
export function unmeetableRules(policy: Policy): readonly Unmeetable[] {
  const asking = requestersOf(policy);
  return rulesOf(policy).flatMap((rule): Unmeetable[] => {
    const demand = demandBy(policy, rule);
    const short = shortOf(policy, demand, () => false);
    if (short !== null) {
      return [{ ...short, requesters: [] }];
    }
    const shorts = asking.flatMap((requester) => {
      const without = shortOf(policy, demand, (person) => person === requester);
      return without === null || demand.requesterCounts ? [] : [{ without, requester }];
    });
    const [first] = shorts;
    return first === undefined
      ? []
      : [{ ...first.without, requesters: shorts.map(({ requester }) => requester) }];
  });
}

function requestersOf(policy: Policy): PersonId[] {
  return Object.keys(policy.people)
    .map((name) => PersonId.parse(name))
    .filter((person) => {
      const viewer = viewerOf(policy, person);
      return viewer !== null && (may(viewer, "requester") || may(viewer, "approver"));
    });
}
