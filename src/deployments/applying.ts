import { refusedCloud } from "./cloud-kind.ts";
import { factsOf, type OpenChange, type Outcome, type Reason } from "./change.ts";
import { isApproved, refusalOfClosed } from "./approval.ts";
import { backStep, endStep, expiredStep } from "./deciding.ts";
import { closedFor } from "./demand.ts";
import type { Deployment, Standing } from "./deployment.ts";
import { removes } from "./opening.ts";
import type { Unfit } from "./plan-maker.ts";
import { notOurs } from "./planning.ts";
import type { ApplyEnd, Reports, Step } from "./ports.ts";
import type { RunId } from "./ids.ts";
import { replanStep } from "./replanning.ts";
import { rulingOn } from "./ruling.ts";
import type { Claim } from "./run.ts";
import type { ServiceParts } from "./service.ts";
import { announced, audited, stepTo } from "./stepping.ts";
import { refusedNow } from "./transitions.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";

type Parts = Pick<
  ServiceParts,
  "deployments" | "states" | "policy" | "catalogue" | "clock" | "ids" | "simulated" | "hasher"
>;

/** What becomes of a change when its apply run starts and when it ends. */
export function createApplying(
  parts: Parts,
): Pick<Reports, "planUnfit" | "applyStarting" | "applyHeard" | "applyEnded"> {
  return {
    applyHeard: (run, heard) =>
      parts.deployments.change(run.deployment, null, (now) =>
        heardStep(now, { run: run.id, lostAt: heard ? null : parts.clock() }),
      ),
    planUnfit: (claim, id, why) =>
      parts.deployments.change(id, { claim }, (now) => unfitStep(parts, now, { claim, why })),
    applyStarting: (claim, id) => start(parts, claim, id),
    applyEnded: (claim, id, end) =>
      parts.deployments.change(id, { claim }, (now) => endedStep(parts, now, { claim, end })),
  };
}

async function start(
  parts: Parts,
  claim: Claim,
  id: Deployment["id"],
): ReturnType<Reports["applyStarting"]> {
  const serial = (await parts.states.newest(id))?.serial ?? null;
  let told: Refusal | null = null;
  const answer = await parts.deployments.change(id, { claim }, (deployment) => {
    const { change: open } = deployment;
    const refused = notOurs(deployment, claim) ?? refusedNow(deployment, "start");
    if (refused !== null || open?.state !== "approved") {
      return refused ?? refusal("not-approved", { name: deployment.name });
    }
    const held = heldBack(parts, deployment, { open, serial });
    told = held?.told ?? null;
    return held?.step ?? startStep(parts, deployment, open);
  });
  const isOther = told === null && isRefusal(answer) && answer.code === "plan-changed";
  return isOther ? replaced(parts, { claim, id, refused: answer }) : (told ?? answer);
}

type Replaced = { readonly claim: Claim; readonly id: Deployment["id"]; readonly refused: Refusal };

/** The store holds another plan than the approved one: that is told, recorded and planned anew. */
async function replaced(parts: Parts, { claim, id, refused }: Replaced): Promise<Refusal | null> {
  const answer = await parts.deployments.change(id, { claim }, (deployment) => {
    const { change: open } = deployment;
    if (notOurs(deployment, claim) !== null || open?.state !== "approved") {
      return refused;
    }
    const step = replanStep(parts, deployment, "plan-not-voted");
    const detail = { change: open.id, run: open.run, reason: refused.code };
    return isRefusal(step) ? step : audited(step, "system", { action: "apply-refused", detail });
  });
  return answer === null ? null : refused;
}

function unfitStep(
  parts: Parts,
  deployment: Deployment,
  { claim, why }: { readonly claim: Claim; readonly why: Unfit },
): Step | Refusal {
  const { change: open } = deployment;
  const refused = notOurs(deployment, claim) ?? refusedNow(deployment, "start");
  if (refused !== null || open === null) {
    return refused ?? refusal("change-moved-on");
  }
  const step = replanStep(parts, deployment, why);
  const detail = { change: open.id, run: claim.run, reason: why };
  return isRefusal(step) ? step : audited(step, "system", { action: "apply-refused", detail });
}

type Approved = Extract<OpenChange, { state: "approved" }>;
type Starting = { readonly open: Approved; readonly serial: number | null };
type HeldBack = { readonly step: Step | Refusal; readonly told: Refusal };

/** Everything the votes were cast on is compared once more; null: all of it holds. */
function heldBack(
  parts: Parts,
  deployment: Deployment,
  { open, serial }: Starting,
): HeldBack | null {
  const [now, policy] = [parts.clock(), parts.policy.current()];
  const { name } = deployment;
  const elsewhere = refusedCloud(deployment, parts);
  if (elsewhere !== null) {
    return { step: elsewhereStep(parts, deployment, elsewhere), told: elsewhere };
  }
  if (open.plan.stateSerial !== serial) {
    const step = replanStep(parts, deployment, "stale");
    return { step, told: refusal("plan-stale", { name }) };
  }
  if (open.asking.expiresAt <= now) {
    return { step: expiredStep(deployment, now), told: refusal("expired", { name }) };
  }
  const { demand, subject } = rulingOn(parts, deployment, open);
  if (demand.hash !== open.asking.demand.hash) {
    const step = replanStep(parts, deployment, "rules-changed");
    return { step, told: refusal("rules-changed", { name }) };
  }
  const closed = closedFor(policy, subject, now);
  const told = closed === null ? null : refusalOfClosed(closed, { name });
  const isGood = isApproved(open, { policy, now, hasher: parts.hasher });
  const lost = isGood ? null : refusal("votes-lost", { name });
  const back = told ?? lost;
  return back === null ? null : { step: backStep(deployment, open, back), told: back };
}

/** The server was started with another cloud after the vote: nothing is applied in the wrong one. */
function elsewhereStep(parts: Parts, deployment: Deployment, { code, params }: Refusal): Step {
  const reason = { code, params };
  return endStep(deployment, "failed", { actor: "system", reason, now: parts.clock() });
}

function startStep(parts: Parts, deployment: Deployment, open: Approved): Step {
  const { plan, votes, asking, run } = open;
  const change: OpenChange = {
    ...factsOf(open),
    state: "applying",
    plan,
    votes,
    asking,
    run,
    startedAt: parts.clock(),
    forceFrom: null,
    lostAt: null,
  };
  const step = audited(stepTo(deployment, { change }), "system", {
    action: "apply-started",
    detail: { change: open.id, run, digest: plan.digest },
  });
  const usePlan = { change: open.id, digest: plan.digest, run };
  return announced({ ...step, usePlan }, change, ["progress"]);
}

/** The other machine may be dead or only cut off: nothing is ended, no fence raised, no lock freed. */
function heardStep(
  deployment: Deployment,
  { run, lostAt }: { readonly run: RunId; readonly lostAt: Date | null },
): Step | Refusal {
  const { change: open } = deployment;
  const changes =
    open?.state === "applying" && open.run === run && (open.lostAt === null) !== (lostAt === null);
  if (!changes) {
    return refusal("change-moved-on");
  }
  const change: OpenChange = { ...open, lostAt };
  const action = lostAt === null ? "apply-heard-again" : "apply-not-heard";
  const detail = { change: open.id, run };
  return announced(audited(stepTo(deployment, { change }), "system", { action, detail }), change, [
    "progress",
  ]);
}

type Ending = { readonly claim: Claim; readonly end: ApplyEnd };

function endedStep(parts: Parts, deployment: Deployment, { claim, end }: Ending): Step | Refusal {
  const { change: open } = deployment;
  const refused = notOurs(deployment, claim) ?? refusedNow(deployment, "applyEnded");
  if (refused !== null || open === null) {
    return refused ?? refusal("change-moved-on");
  }
  if (end.stale) {
    return replanStep(parts, deployment, "stale");
  }
  const standing = keptOpen(deployment, standingAfter(deployment, open, end), end);
  const outcome = outcomeOf(end);
  const now = parts.clock();
  const step = endStep(deployment, outcome, {
    actor: "system",
    reason: reasonOf(outcome, end),
    now,
  });
  const pin = pinAfter(deployment, open, { standing, end });
  const keepsVars = outcome !== "applied" || removes(deployment, open.kind);
  return {
    ...step,
    deployment: {
      ...step.deployment,
      standing,
      pin,
      vars: keepsVars ? deployment.vars : open.vars,
      outputs: end.outputs,
      resources: end.resources,
    },
  };
}

/** An apply that began nothing leaves what exists with the module that it had. */
function pinAfter(
  { pin }: Deployment,
  open: OpenChange,
  { standing, end }: { readonly standing: Standing; readonly end: ApplyEnd },
): Deployment["pin"] {
  if (standing.is === "nothing" || standing.is === "destroyed") {
    return null;
  }
  const began = end.exitCode === 0 || end.started > 0;
  return began && "plan" in open ? (open.plan.module ?? pin) : pin;
}

/** What an apply leaves, as the architecture page says; the first line that fits decides. */
function standingAfter(deployment: Deployment, open: OpenChange, end: ApplyEnd): Standing {
  const destroying = removes(deployment, open.kind);
  if (end.exitCode === 0) {
    return destroying ? { is: "destroyed" } : { is: "live" };
  }
  if (isUncertain(end)) {
    const intent = destroying ? "destroy" : "apply";
    return { is: "uncertain", intent, addresses: [...end.uncertain] };
  }
  if (end.started === 0) {
    return deployment.standing;
  }
  return end.managed === 0
    ? emptied(deployment, destroying)
    : { is: "partial", after: end.cancelled ? "cancelled" : "failed" };
}

/**
 * A recovery that did not come to its end: what an earlier apply left open, and the state still
 * does not know, stays open. Nothing created is ever forgotten.
 */
function keptOpen({ standing: before }: Deployment, after: Standing, end: ApplyEnd): Standing {
  if (before.is !== "uncertain" || end.exitCode === 0) {
    return after;
  }
  const now = after.is === "uncertain" ? after.addresses : [];
  const named = new Set(now.map(({ address }) => address));
  const known = new Map(end.resources.map(({ address, id }) => [address, id]));
  const kept = before.addresses.filter(
    ({ address, found, id }) =>
      !named.has(address) && (found === "half" ? known.get(address) === id : !known.has(address)),
  );
  return kept.length === 0 && after.is !== "uncertain"
    ? after
    : { is: "uncertain", intent: before.intent, addresses: [...now, ...kept] };
}

function isUncertain(end: ApplyEnd): boolean {
  return end.exitCode === null || end.uncertain.length > 0;
}

function emptied({ standing }: Deployment, destroying: boolean): Standing {
  return destroying || standing.is === "destroyed" ? { is: "destroyed" } : { is: "nothing" };
}

function outcomeOf(end: ApplyEnd): Outcome {
  if (end.exitCode === 0) {
    return "applied";
  }
  if (isUncertain(end)) {
    return "interrupted";
  }
  return end.cancelled ? "cancelled" : "failed";
}

function reasonOf(outcome: Outcome, end: ApplyEnd): Reason {
  if (outcome === "interrupted" && end.started === 0) {
    return { code: "nothing-ran", params: {} };
  }
  return { code: outcome, params: { error: end.error } };
}
