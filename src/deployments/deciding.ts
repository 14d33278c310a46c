import {
  factsOf,
  type OpenChange,
  type Outcome,
  type Plan,
  type Reason,
  type Vote,
} from "./change.ts";
import type { Asking } from "./asking.ts";
import type { Deployment } from "./deployment.ts";
import { varsHashOf, type Hasher } from "./hashing.ts";
import { Digest, type Ids, type PersonId } from "./ids.ts";
import type { Step } from "./ports.ts";
import type { Ballot } from "./service.ts";
import { announced, audited, cardsOfEnd, ended, stepTo } from "./stepping.ts";

type Waiting = Extract<OpenChange, { state: "awaiting_approval" }>;
type Actor = PersonId | "system";

/** A step that has a change waiting for votes. */
export type Voted = { readonly step: Step; readonly change: Waiting };

type Cast = {
  readonly ballot: Ballot;
  readonly voter: PersonId;
  readonly now: Date;
  readonly policyVersion: Digest;
  readonly hasher: Hasher;
};

/** People are asked: the change waits for votes on this plan as long as `asking` says. */
export function waitingStep(
  deployment: Deployment,
  plan: Plan,
  { actor, asking }: { actor: Actor; asking: Asking },
): Step {
  const { change: open } = deployment;
  if (open === null) {
    throw new Error(`Asking for the approval of ${deployment.id}: it has no open change`);
  }
  const change: Waiting = {
    ...factsOf(open),
    state: "awaiting_approval",
    plan,
    votes: [],
    asking,
  };
  return announced(
    audited(stepTo(deployment, { change }), actor, {
      action: "approval-asked",
      detail: {
        change: open.id,
        digest: plan.digest,
        risk: plan.risk.level,
        rule: asking.demand.rule,
        ruleHash: asking.demand.hash,
      },
    }),
    change,
    ["progress", "approval"],
  );
}

/** It was approved, but may not start: it waits again, with the votes that it has. */
export function backStep(
  deployment: Deployment,
  open: Extract<OpenChange, { state: "approved" }>,
  reason: Reason,
): Step {
  const { plan, votes, asking, run } = open;
  const change: Waiting = {
    ...factsOf(open),
    state: "awaiting_approval",
    plan,
    votes,
    asking: { ...asking, back: reason },
  };
  const step = audited(stepTo(deployment, { change }), "system", {
    action: "apply-refused",
    detail: { change: open.id, run, reason: reason.code },
  });
  return announced({ ...step, dropRun: run }, change, ["progress", "approval"]);
}

/** The vote is on the record; whether it was the last one needed is decided next. */
export function votedStep(deployment: Deployment, waiting: Waiting, cast: Cast): Voted {
  const { ballot, voter, now, policyVersion, hasher } = cast;
  const { asking, plan } = waiting;
  const vote: Vote = {
    voter,
    decision: ballot.decision,
    digest: Digest.parse(ballot.digest),
    varsHash: varsHashOf(waiting, hasher),
    moduleCommit: plan.summary.moduleCommit,
    policyVersion,
    ruleHash: asking.demand.hash,
    reason: ballot.reason,
    platform: ballot.platform,
    shown: ballot.shown,
    at: now,
    expiresAt: asking.expiresAt,
  };
  const change: Waiting = { ...waiting, votes: [...waiting.votes, vote] };
  const step = announced(
    audited(stepTo(deployment, { change }), voter, {
      action: "voted",
      detail: {
        change: change.id,
        digest: vote.digest,
        decision: vote.decision,
        platform: vote.platform,
        reason: vote.reason,
        varsHash: vote.varsHash,
        moduleCommit: vote.moduleCommit,
        policyVersion: vote.policyVersion,
        ruleHash: vote.ruleHash,
        message: vote.shown?.message ?? null,
        expiresAt: vote.expiresAt.toISOString(),
      },
    }),
    change,
    ["approval"],
  );
  return { step, change };
}

/** The last vote needed queues the apply. */
export function approvedStep({ step, change }: Voted, ids: Ids): Step {
  const { id, requester, plan, votes, asking } = change;
  const run = ids.run();
  const approved: OpenChange = {
    ...factsOf(change),
    state: "approved",
    plan,
    votes,
    asking: { ...asking, back: null },
    run,
  };
  return {
    ...step,
    deployment: { ...step.deployment, change: approved },
    runs: [{ id: run, kind: "apply", deployment: step.deployment.id, change: id, requester }],
  };
}

/** One reject by a person with the right ends the change. */
export function rejectedStep({ step, change }: Voted, { ballot, voter, now }: Cast): Step {
  const reason = { code: "rejected", params: { voter, reason: ballot.reason ?? "" } };
  const over = endStep({ ...step.deployment, change }, "rejected", { actor: voter, reason, now });
  return {
    ...over,
    deployment: { ...over.deployment, revision: step.deployment.revision },
    audit: [...step.audit, ...over.audit],
  };
}

/** Ends the open change; what exists stays as it is. */
export function endStep(
  deployment: Deployment,
  outcome: Outcome,
  { actor, reason, now }: { actor: Actor; reason: Reason; now: Date },
): Step {
  const { change: open } = deployment;
  if (open === null) {
    throw new Error(`Ending the change of ${deployment.id}: none is open`);
  }
  const over = ended(open, outcome, { reason, at: now });
  const step = stepTo(deployment, { change: null, lastChange: over });
  return announced(
    audited(step, actor, {
      action: "change-ended",
      detail: { change: open.id, outcome },
    }),
    over,
    cardsOfEnd(open),
  );
}

export function expiredStep(deployment: Deployment, now: Date): Step {
  const reason = { code: "expired", params: {} };
  return endStep(deployment, "expired", { actor: "system", reason, now });
}

/** Withdraws what waits; what is being applied is asked to stop and ends by its own report. */
export function cancelledStep(
  deployment: Deployment,
  actor: PersonId,
  { now, waitMs }: { readonly now: Date; readonly waitMs: number },
): Step {
  const { change } = deployment;
  if (change?.state !== "applying") {
    const reason = { code: "cancelled", params: { by: actor } };
    const step = endStep(deployment, "cancelled", { actor, reason, now });
    return { ...step, withdrawRuns: runsOf(deployment) };
  }
  const forceFrom = change.forceFrom ?? new Date(now.getTime() + waitMs);
  const stopping = stepTo(deployment, { change: { ...change, forceFrom } });
  return announced(
    audited({ ...stopping, withdrawRuns: [change.run] }, actor, {
      action: "stop-asked",
      detail: { change: change.id, run: change.run },
    }),
    change,
    ["progress"],
  );
}

/** Nothing exists, so a destroy needs no plan and no vote: the deployment is closed. */
export function closedStep(deployment: Deployment, actor: PersonId, now: Date): Step {
  const reason = { code: "closed", params: { by: actor } };
  const step =
    deployment.change === null
      ? stepTo(deployment, {})
      : endStep(deployment, "superseded", { actor, reason, now });
  return audited(
    {
      ...step,
      withdrawRuns: runsOf(deployment),
      deployment: { ...step.deployment, standing: { is: "destroyed" } },
    },
    actor,
    { action: "deployment-closed", detail: { name: deployment.name } },
  );
}

function runsOf({ change }: Deployment): Step["withdrawRuns"] {
  return change !== null && "run" in change ? [change.run] : [];
}
