import { countingVotes, isExcluded, whoMay, type Counting } from "./approval.ts";
import { shortOf, type Short } from "./approvable.ts";
import { groupsOf, type Asking } from "./asking.ts";
import type { EndedChange, OpenChange, Vote } from "./change.ts";
import { closedFor, subjectOf } from "./demand.ts";
import type { Deployment } from "./deployment.ts";
import type { PersonId } from "./ids.ts";
import type { Closed } from "./opening-hours.ts";
import type { Policy } from "./policy.ts";
import { isIn } from "./voters.ts";

/** How a vote stands at one moment, for those who look at it. */
export type Tally = {
  readonly asking: Asking;
  readonly groups: string;
  readonly people: string;
  readonly got: number;
  readonly needed: number;
  /** Groups of which votes are missing still, and how many. */
  readonly missing: readonly { readonly group: string; readonly votes: number }[];
  /** People who approved but have lost the right since. */
  readonly lost: readonly PersonId[];
  /** Why it can never get enough votes as things are. */
  readonly short: Short | null;
  /** Why nobody may approve at this moment. */
  readonly closed: Closed | null;
};

/** Null: nobody was asked. Of a change that ended, every approval counts as it did then. */
export function tallyOf(
  deployment: Deployment,
  change: OpenChange | EndedChange,
  counts: Counting,
): Tally | null {
  if (!("votes" in change) || change.asking === null) {
    return null;
  }
  const { asking } = change;
  const { policy, now } = counts;
  const given = change.votes.filter(({ decision }) => decision === "approve");
  const isWaiting = change.state === "awaiting_approval";
  const counting = isWaiting ? countingVotes(change, counts) : given;
  const out = (person: PersonId) => isExcluded(asking, change, person);
  const subject = isWaiting ? subjectOf(deployment, change, null) : null;
  return {
    asking,
    ...whoMay(policy, asking, change),
    got: counting.length,
    needed: asking.demand.votes,
    missing: missingOf(asking, policy, counting),
    lost: given.filter((vote) => !counting.includes(vote)).map(({ voter }) => voter),
    short: isWaiting ? shortOf(policy, asking.demand, out) : null,
    closed: subject === null ? null : closedFor(policy, subject, now),
  };
}

function missingOf(asking: Asking, policy: Policy, counting: readonly Vote[]): Tally["missing"] {
  return Object.entries(asking.demand.votesOf)
    .filter(([group]) => groupsOf(asking).includes(group))
    .map(([group, wanted]) => {
      const got = counting.filter(({ voter }) => isIn(policy, group, voter)).length;
      return { group, votes: Math.max(0, wanted - got) };
    })
    .filter(({ votes }) => votes > 0);
}
