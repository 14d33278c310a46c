import type { Deployment } from "./deployment.ts";
import type { DriftCheck, DriftResult } from "./drift.ts";
import { refusedCloud } from "./cloud-kind.ts";
import { isRepeated, onceFor } from "./once.ts";
import { may } from "./policy.ts";
import type { Reports, Step } from "./ports.ts";
import type { Claim } from "./run.ts";
import type { Asked, ServiceParts } from "./service.ts";
import { audited, stepTo } from "./stepping.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

type Parts = Pick<ServiceParts, "deployments" | "driftChecks" | "ids" | "clock" | "simulated">;

/** Asks for a look at whether what exists is still what was left. It changes nothing. */
export async function checkDrift(
  parts: Parts,
  asked: Asked,
  id: Deployment["id"],
): Promise<Deployment | Refusal> {
  const seen = await parts.deployments.seen(asked.by, id);
  if (seen === null) {
    return refusal("not-found", { id });
  }
  if (!(["viewer", "requester", "approver"] as const).some((role) => may(asked.by, role))) {
    return refusal("not-allowed", { role: "viewer" });
  }
  const newest = await parts.driftChecks.newest(seen.id);
  if (newest !== null && asked.requestKey !== null && newest.requestKey === asked.requestKey) {
    return seen;
  }
  if (newest !== null && isUnderWay(newest, parts.clock())) {
    return refusal("drift-under-way", { name: seen.name });
  }
  const answer = await parts.deployments.change(seen.id, onceFor(asked.requestKey), (now) =>
    askStep(parts, asked, now),
  );
  return answer ?? refusal("not-found", { id });
}

/** A look takes 15 minutes at most; one that is older was left by a machine that is gone. */
const FORGOTTEN_MS = 30 * 60_000;

function isUnderWay({ result, askedAt }: DriftCheck, now: Date): boolean {
  return result === null && now.getTime() - askedAt.getTime() < FORGOTTEN_MS;
}

function askStep(parts: Parts, asked: Asked, deployment: Deployment): Step | Refusal {
  const refused = refusedDrift(deployment) ?? refusedCloud(deployment, parts);
  if (refused !== null) {
    return refused;
  }
  const run = parts.ids.run();
  const requester = asked.by.person;
  const { lang, place, requestKey } = asked;
  const about = { run, deployment: deployment.id };
  const step: Step = {
    ...stepTo(deployment, {}),
    runs: [{ id: run, kind: "drift", deployment: deployment.id, change: null, requester }],
    drift: { is: "asked", ...about, requester, lang, place, requestKey },
    announce: [{ ...about, card: "drift" }],
  };
  return audited(step, requester, { action: "drift-asked", detail: { run } });
}

/** Drift is a question about what exists; null: it may be asked. */
export function refusedDrift({ name, standing, change }: Deployment): Refusal | null {
  if (change?.state === "applying") {
    return refusal("busy-applying", { name, change: change.id });
  }
  switch (standing.is) {
    case "live":
    case "partial":
      return null;
    case "uncertain":
      return refusal("recover-first", { name });
    case "nothing":
    case "destroyed":
      return refusal("nothing-to-check", { name });
  }
}

/**
 * A card of drift stays pressable for as long as its thread. Null: what the newest look found may
 * be repaired; else why its repair would be another plan than the card means.
 */
export async function refusedRepair(
  { deployments, driftChecks, clock }: Pick<Parts, "deployments" | "driftChecks" | "clock">,
  asked: Asked,
  id: Deployment["id"],
): Promise<Refusal | null> {
  const seen = await deployments.seen(asked.by, id);
  if (seen === null || isRepeated(seen, asked)) {
    return null;
  }
  const { name } = seen;
  const newest = await driftChecks.newest(seen.id);
  if (newest !== null && isUnderWay(newest, clock())) {
    return refusal("drift-under-way", { name });
  }
  const isOver = newest !== null && isOutdated(newest, seen);
  return refusedDrift(seen) ?? (isOver ? refusal("drift-over", { name }) : null);
}

/** It found nothing, or something was applied since. */
function isOutdated({ askedAt, endedAt, result }: DriftCheck, { lastChange }: Deployment): boolean {
  const lookedAt = endedAt ?? askedAt;
  const isApplied = lastChange?.outcome === "applied" && lastChange.endedAt > lookedAt;
  return result?.outcome === "none" || isApplied;
}

/** What becomes of a drift check when its run reports. */
export function createDrifting(parts: Pick<Parts, "deployments">): Pick<Reports, "driftEnded"> {
  return {
    driftEnded: (claim, id, result) =>
      parts.deployments.change(id, { claim }, (now) => endedStep(now, claim, result)),
  };
}

function endedStep(deployment: Deployment, { run }: Claim, result: DriftResult): Step {
  const step: Step = {
    ...stepTo(deployment, {}),
    drift: { is: "ended", run, result },
    announce: [{ deployment: deployment.id, run, card: "drift" }],
  };
  const { outcome, items, more } = result;
  const detail = { run, outcome, items: items.length + more };
  return audited(step, "system", { action: "drift-checked", detail });
}
