import { groupsOf, type Asking } from "./asking.ts";
import type { ChangeFacts, OpenChange, Vote } from "./change.ts";
import { closedFor, type Subject } from "./demand.ts";
import type { Deployment } from "./deployment.ts";
import { fitsVars, type Hasher } from "./hashing.ts";
import type { PersonId } from "./ids.ts";
import { momentIn, type Closed } from "./opening-hours.ts";
import type { Policy } from "./policy.ts";
import type { Ballot } from "./service.ts";
import { refusedNow } from "./transitions.ts";
import type { Viewer } from "./viewer.ts";
import { isIn, votersOf } from "./voters.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

export type Waiting = Extract<OpenChange, { state: "awaiting_approval" }>;
type Voted = Extract<OpenChange, { readonly votes: readonly Vote[] }>;

/** The vote is for the plan the voter saw: same change, same digest, still waiting, not expired. */
export function waitingFor(deployment: Deployment, ballot: Ballot, now: Date): Waiting | Refusal {
  const params = { name: deployment.name, id: deployment.id };
  const refused = refusedNow(deployment, "vote");
  const { change } = deployment;
  if (refused !== null || change?.state !== "awaiting_approval") {
    return refused ?? refusal("no-plan", params);
  }
  if (change.id !== ballot.change || change.plan.digest !== ballot.digest) {
    return refusal("plan-changed", params);
  }
  return change.asking.expiresAt <= now ? refusal("expired", params) : change;
}

type Judging = {
  readonly viewer: Viewer;
  readonly ballot: Ballot;
  readonly policy: Policy;
  readonly subject: Subject;
  readonly now: Date;
};

/** Null when this person may vote on this change now; else why not, and who may. */
export function refusedVote(
  { name, id }: Pick<Deployment, "name" | "id">,
  change: Waiting,
  { viewer, ballot, policy, subject, now }: Judging,
): Refusal | null {
  const { asking, requester, votes } = change;
  const params = { name, id, token: requester, ...whoMay(policy, asking, change) };
  if (isExcluded(asking, change, viewer.person)) {
    const isOwn = requester === viewer.person;
    return refusal(isOwn ? "requester-cannot-vote" : "token-owner-cannot-vote", params);
  }
  if (!mayDecide(policy, asking, viewer.person)) {
    return refusal("cannot-vote", params);
  }
  if (votes.some((vote) => vote.voter === viewer.person)) {
    return refusal("already-voted", params);
  }
  if (ballot.decision === "reject") {
    return null;
  }
  const closed = closedFor(policy, subject, now);
  if (closed !== null) {
    return refusalOfClosed(closed, { name });
  }
  return asking.demand.typedName && ballot.confirmName !== name
    ? refusal("name-needed", params)
    : null;
}

export function refusalOfClosed(closed: Closed, { name }: Pick<Deployment, "name">): Refusal {
  const opens = momentIn(closed.zone, closed.opens);
  return closed.why === "freeze"
    ? refusal("vote-frozen", { name, reason: closed.reason, opens })
    : refusal("vote-closed", { name, opens });
}

/** Names for a sentence: the groups that are asked and the people in them who may still be asked. */
export function whoMay(policy: Policy, asking: Asking, change: Askers) {
  const people = votersOf(policy, groupsOf(asking)).filter(
    (person) => !isExcluded(asking, change, person),
  );
  return {
    rule: asking.demand.rule,
    groups: groupsOf(asking).join(", "),
    people: people.map((person) => policy.people[person]?.name ?? person).join(", "),
  };
}

/** By what votes are counted at one moment. */
export type Counting = { readonly policy: Policy; readonly now: Date; readonly hasher: Hasher };

/**
 * Approvals that count at this moment: cast on exactly this plan, these values, this module and
 * this rule, not run out, by people who have the right still.
 */
export function countingVotes(change: Voted, { policy, now, hasher }: Counting): readonly Vote[] {
  const { asking, plan } = change;
  return change.votes.filter(
    (vote) =>
      vote.decision === "approve" &&
      vote.digest === plan.digest &&
      fitsVars(change, vote.varsHash, hasher) &&
      vote.moduleCommit === plan.summary.moduleCommit &&
      vote.ruleHash === asking.demand.hash &&
      vote.expiresAt > now &&
      mayDecide(policy, asking, vote.voter) &&
      !isExcluded(asking, change, vote.voter),
  );
}

/** True once enough different people have approved, of each group as many as the rule wants. */
export function isApproved(change: Voted, counting: Counting): boolean {
  const { policy } = counting;
  const voters = [...new Set(countingVotes(change, counting).map(({ voter }) => voter))];
  const { votes, votesOf } = change.asking.demand;
  const shares = Object.entries(votesOf).every(
    ([group, wanted]) => voters.filter((voter) => isIn(policy, group, voter)).length >= wanted,
  );
  return voters.length >= votes && shares;
}

/** Who asked for a change: a person, or a token and the person who answers for it. */
type Askers = Pick<ChangeFacts, "requester" | "tokenOwner">;

/** Four eyes: what a token asked for, its owner asked for. */
export function isExcluded({ demand }: Asking, change: Askers, person: PersonId): boolean {
  return !demand.requesterCounts && [change.requester, change.tokenOwner].includes(person);
}

function mayDecide(policy: Policy, asking: Asking, person: PersonId): boolean {
  return groupsOf(asking).some((group) => isIn(policy, group, person));
}
