import { isApproved, mayVote } from "./approval.ts";
import { refusedCloud } from "./cloud-kind.ts";
import { approvedStep, endStep, rejectedStep, votedStep, waitingStep } from "./deciding.ts";
import type { Deployment } from "./deployment.ts";
import type { DeploymentId } from "./ids.ts";
import { openChange, openingAgain } from "./opening.ts";
import type { Step } from "./ports.ts";
import type { Asked, Ballot, ServiceParts } from "./service.ts";
import { announced, stepTo } from "./stepping.ts";
import { refusedNow } from "./transitions.ts";
import type { Viewer } from "./viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";

const HOUR_MS = 3_600_000;

/** When an approval that is asked for now runs out, by the policy of this moment. */
export function waitOf({ policy, clock }: Pick<ServiceParts, "policy" | "clock">) {
  const now = clock();
  const hours = policy.current().approval.expiresAfterHours;
  return { now, expiresAt: new Date(now.getTime() + hours * HOUR_MS) };
}

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
  return open.state === "planned"
    ? waitingStep(deployment, open.plan, { actor: asked.by.person, ...waitOf(parts) })
    : announced(stepTo(deployment, {}), open, ["approval"]);
}

/**
 * A person's vote on the plan they saw. A plan whose state has moved on since is not voted
 * on but made anew; a plan that waited too long ends as expired.
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
  const answer = await parts.deployments.change(seen.id, null, (deployment) => {
    const decided = decide(parts, viewer, { deployment, ballot, serial });
    told = decided.told;
    return decided.step;
  });
  return told ?? answer ?? refusal("not-found", { id });
}

type Counting = {
  readonly deployment: Deployment;
  readonly ballot: Ballot;
  readonly serial: number | null;
};

/** The step to write, and what the voter is told where that is not the deployment itself. */
function decide(
  parts: ServiceParts,
  viewer: Viewer,
  { deployment, ballot, serial }: Counting,
): { step: Step | Refusal; told: Refusal | null } {
  const now = parts.clock();
  const policy = parts.policy.current();
  const waiting = mayVote(deployment, ballot, { viewer, policy, now });
  if (isRefusal(waiting)) {
    const step = waiting.code === "expired" ? expiredStep(deployment, now) : waiting;
    return { step, told: waiting };
  }
  const cast = { ballot, voter: viewer.person, now };
  const voted = votedStep(deployment, waiting, cast);
  if (ballot.decision === "reject") {
    return { step: rejectedStep(voted, cast), told: null };
  }
  const elsewhere = refusedCloud(deployment, parts);
  if (elsewhere !== null) {
    return { step: elsewhere, told: elsewhere };
  }
  if (waiting.plan.stateSerial !== serial) {
    const step = openChange(deployment, openingAgain(waiting), { ids: parts.ids, now });
    return { step, told: refusal("plan-stale", { name: deployment.name }) };
  }
  const step = isApproved(voted.change.votes, policy) ? approvedStep(voted, parts.ids) : voted.step;
  return { step, told: null };
}

/** Ends what waited too long; call it every minute or so. */
export async function expireApprovals(parts: Pick<ServiceParts, "deployments" | "clock">) {
  const now = parts.clock();
  for (const id of await parts.deployments.expired(now)) {
    await parts.deployments.change(id, null, (deployment) => {
      const { change } = deployment;
      const isOver = change?.state === "awaiting_approval" && change.expiresAt <= now;
      return isOver
        ? expiredStep(deployment, now)
        : (refusedNow(deployment, "expire") ?? refusal("change-moved-on"));
    });
  }
}

function expiredStep(deployment: Deployment, now: Date): Step {
  const reason = { code: "expired", params: {} };
  return endStep(deployment, "expired", { actor: "system", reason, now });
}
