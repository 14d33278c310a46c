import type { EndedChange, OpenChange, Vote } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import type { Policy } from "./policy.ts";
import { may } from "./policy.ts";
import type { Ballot } from "./service.ts";
import { refusedNow } from "./transitions.ts";
import type { Viewer } from "./viewer.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

type Waiting = Extract<OpenChange, { state: "awaiting_approval" }>;

/** The change a vote may go to; or why this person may not vote on it now. */
export function mayVote(
  deployment: Deployment,
  ballot: Ballot,
  { viewer, policy, now }: { viewer: Viewer; policy: Policy; now: Date },
): Waiting | Refusal {
  const params = { name: deployment.name, id: deployment.id };
  if (viewer.kind === "machine") {
    return refusal("machine-cannot-vote", params);
  }
  const change = waitingFor(deployment, ballot, now);
  if ("refused" in change) {
    return change;
  }
  if (change.requester === viewer.person) {
    return refusal("requester-cannot-vote", params);
  }
  if (!may(viewer, "approver")) {
    return refusal("cannot-vote", params);
  }
  if (change.votes.some((vote) => vote.voter === viewer.person)) {
    return refusal("already-voted", params);
  }
  return confirmed(deployment, ballot, policy) ? change : refusal("name-needed", params);
}

/** The vote is for the plan the voter saw: same change, same digest, still waiting, not expired. */
function waitingFor(deployment: Deployment, ballot: Ballot, now: Date): Waiting | Refusal {
  const params = { name: deployment.name, id: deployment.id };
  const refused = refusedNow(deployment, "vote");
  const { change } = deployment;
  if (refused !== null || change?.state !== "awaiting_approval") {
    return refused ?? refusal("no-plan", params);
  }
  if (change.id !== ballot.change || change.plan.digest !== ballot.digest) {
    return refusal("plan-changed", params);
  }
  return change.expiresAt <= now ? refusal("expired", params) : change;
}

function confirmed(deployment: Deployment, ballot: Ballot, policy: Policy): boolean {
  const { change } = deployment;
  return (
    ballot.decision === "reject" ||
    change === null ||
    !wantsName(change, policy) ||
    ballot.confirmName === deployment.name
  );
}

/** Step-up: for a risky plan the policy may want the deployment's name typed in. */
export function wantsName(change: OpenChange | EndedChange, policy: Policy): boolean {
  const plan = "plan" in change ? change.plan : null;
  const risky = change.kind === "destroy" || plan?.risk.level === "critical";
  return risky && policy.approval.stepUp !== "never";
}

/** True once as many different people have approved as the policy wants. */
export function isApproved(votes: readonly Vote[], policy: Policy): boolean {
  const voters = new Set(votes.filter((vote) => vote.decision === "approve").map((v) => v.voter));
  return voters.size >= policy.approval.votes;
}
