import { shortOf } from "./approvable.ts";
import { isApproved, isExcluded, refusedVote, waitingFor, type Waiting } from "./approval.ts";
import { askingFor, type Asking } from "./asking.ts";
import type { ChangeFacts } from "./change.ts";
import { refusedCloud } from "./cloud-kind.ts";
import { approvedStep, expiredStep, rejectedStep, votedStep, waitingStep } from "./deciding.ts";
import type { Deployment } from "./deployment.ts";
import type { DeploymentId } from "./ids.ts";
import { onceFor } from "./once.ts";
import { openChange, openingAgain } from "./opening.ts";
import { policyVersion } from "./policy.ts";
import type { Step } from "./ports.ts";
import { replanStep } from "./replanning.ts";
import { questionOf, rulingOn, type Ruling } from "./ruling.ts";
import type { Asked, Ballot, ServiceParts } from "./service.ts";
import { announced, stepTo } from "./stepping.ts";
import { refusedNow } from "./transitions.ts";
import type { Viewer } from "./viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";

/** Asks people for their votes on the finished plan; asked again, the card is shown again. */
export function askStep(parts: ServiceParts, asked: Asked, deployment: Deployment): Step | Refusal {
  const { change: open } = deployment;
  const refused = refusedNow(deployment, "ask") ?? refusedCloud(deployment, parts);
  if (refused !== null || open === null || !("plan" in open)) {
    return refused ?? refusal("no-plan", { name: deployment.name });
  }
  if (deployment.places.length === 0) {
    return refusal("nowhere-to-ask", { name: deployment.name });
  }
  if (open.state !== "planned") {
    return announced(stepTo(deployment, {}), open, ["approval"]);
  }
  const { plan } = open;
  const question = questionOf(parts, deployment, { change: open, plan });
  return (
    refusedShort(parts, deployment, { asking: question.asking, change: open }) ??
    waitingStep(deployment, plan, { actor: asked.by.person, ...question })
  );
}

/** Whoever waits for an answer is better told at once than when the change expires. */
function refusedShort(
  { policy }: Pick<ServiceParts, "policy">,
  { name }: Deployment,
  { asking, change }: { readonly asking: Asking; readonly change: ChangeFacts },
): Refusal | null {
  const short = shortOf(policy.current(), asking.demand, (person) =>
    isExcluded(asking, change, person),
  );
  return short === null ? null : refusal("nobody-can-approve", { name, ...short });
}

/**
 * A person's vote on the plan they saw. A plan whose state or whose rule has moved on since is not
 * voted on but made anew; a plan that waited too long ends as expired.
 */
export async function castVote(
  parts: ServiceParts,
  viewer: Viewer,
  { id, ballot }: { id: DeploymentId; ballot: Ballot },
): Promise<Deployment | Refusal> {
  const seen = await parts.deployments.seen(viewer, id);
  if (seen === null) {
    return refusal("not-found", { id });
  }
  const serial = (await parts.states.newest(seen.id))?.serial ?? null;
  let told: Refusal | null = null;
  const guard = onceFor(ballot.requestKey);
  const answer = await parts.deployments.change(seen.id, guard, (deployment) => {
    const decided = decide(parts, viewer, { deployment, ballot, serial });
    told = decided.told;
    return decided.step;
  });
  const now = told ?? answer ?? refusal("not-found", { id });
  return isRefusal(now) || hasVoted(now, viewer)
    ? now
    : refusal("plan-changed", { name: now.name, id: now.id });
}

/** A vote that is sent again may find that its plan is gone, and its effect was to make another. */
function hasVoted({ change, lastChange }: Deployment, { person }: Viewer): boolean {
  return [change, lastChange].some(
    (one) => one !== null && "votes" in one && one.votes.some(({ voter }) => voter === person),
  );
}

type Counting = {
  readonly deployment: Deployment;
  readonly ballot: Ballot;
  readonly serial: number | null;
};

/** The step to write, and what the voter is told where that is not the deployment itself. */
type Decided = { readonly step: Step | Refusal; readonly told: Refusal | null };

function decide(parts: ServiceParts, viewer: Viewer, counting: Counting): Decided {
  const { deployment, ballot } = counting;
  const now = parts.clock();
  if (viewer.kind === "machine") {
    return turnedDown(refusal("machine-cannot-vote", { name: deployment.name }));
  }
  const waiting = waitingFor(deployment, ballot, now);
  if (isRefusal(waiting)) {
    return waiting.code === "expired"
      ? { step: expiredStep(deployment, now), told: waiting }
      : turnedDown(waiting);
  }
  const ruling = rulingOn(parts, deployment, waiting);
  const change = underRule(waiting, ruling);
  if (change === null) {
    const step = replanStep(parts, deployment, "rules-changed");
    return { step, told: refusal("rules-changed", { name: deployment.name }) };
  }
  if (change.asking.expiresAt <= now) {
    const told = refusal("expired", { name: deployment.name, id: deployment.id });
    return { step: expiredStep(deployment, now), told };
  }
  const { subject } = ruling;
  const judging = { viewer, ballot, policy: parts.policy.current(), subject, now };
  const refused = refusedVote(deployment, change, judging);
  return refused === null
    ? count(parts, { ...counting, change, viewer, now })
    : turnedDown(refused);
}

function turnedDown(why: Refusal): Decided {
  return { step: why, told: why };
}

/**
 * The change under the rule of this moment; null when votes were cast under another one. Without
 * votes nothing is void: the question is put as the new rule has it.
 */
export function underRule(change: Waiting, { demand }: Ruling): Waiting | null {
  const { asking, votes } = change;
  if (asking.demand.hash === demand.hash) {
    return change;
  }
  if (votes.length > 0) {
    return null;
  }
  // Half of the time and 80 % of it are other moments now: nobody was reminded or asked of then.
  return { ...change, asking: { ...askingFor(demand, asking.askedAt), back: asking.back } };
}

function count(
  parts: ServiceParts,
  {
    deployment,
    ballot,
    serial,
    change,
    viewer,
    now,
  }: Counting & { readonly change: Waiting; readonly viewer: Viewer; readonly now: Date },
): Decided {
  const policy = parts.policy.current();
  const { hasher } = parts;
  const version = policyVersion(policy);
  const cast = { ballot, voter: viewer.person, now, policyVersion: version, hasher };
  const voted = votedStep(deployment, change, cast);
  if (ballot.decision === "reject") {
    return { step: rejectedStep(voted, cast), told: null };
  }
  const elsewhere = refusedCloud(deployment, parts);
  if (elsewhere !== null) {
    return turnedDown(elsewhere);
  }
  if (change.plan.stateSerial !== serial) {
    const step = openChange(deployment, openingAgain(change), { ids: parts.ids, now });
    return { step, told: refusal("plan-stale", { name: deployment.name }) };
  }
  const enough = isApproved(voted.change, { policy, now, hasher });
  return { step: enough ? approvedStep(voted, parts.ids) : voted.step, told: null };
}
