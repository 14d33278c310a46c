import type { Plan, Reason } from "./change.ts";
import { endStep, waitingStep } from "./deciding.ts";
import type { Deployment } from "./deployment.ts";
import { removes } from "./opening.ts";
import type { Reports, Step } from "./ports.ts";
import type { ServiceParts } from "./service.ts";
import { announced, audited, stepTo } from "./stepping.ts";
import { factsOf } from "./change.ts";
import type { Claim } from "./run.ts";
import { refusedNow } from "./transitions.ts";
import { questionOf } from "./ruling.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

type Parts = Pick<ServiceParts, "deployments" | "policy" | "catalogue" | "clock">;

/** What becomes of a change when its plan run reports. */
export function createPlanning(
  parts: Parts,
): Pick<Reports, "planReady" | "planEmpty" | "planFailed" | "importsFailed"> {
  return {
    planReady: (claim, id, plan) =>
      parts.deployments.change(id, { claim }, (now) => readyStep(parts, now, { claim, plan })),
    planEmpty: (claim, id, plan) =>
      parts.deployments.change(id, { claim }, (now) => emptyStep(parts, now, { claim, plan })),
    importsFailed: (claim, id, addresses) =>
      parts.deployments.change(id, { claim }, (now) => notImportedStep(now, { claim, addresses })),
    planFailed: (claim, id, reason) =>
      parts.deployments.change(id, { claim }, (now) => failedStep(parts, now, { claim, reason })),
  };
}

type Ready = { readonly claim: Claim; readonly plan: Plan };

/** A plan asked for in chat goes on to the vote in the same transaction; one by API waits. */
function readyStep(parts: Parts, deployment: Deployment, { claim, plan }: Ready): Step | Refusal {
  const { change: open } = deployment;
  const refused = notOurs(deployment, claim) ?? refusedNow(deployment, "planReady");
  if (refused !== null || open === null) {
    return refused ?? refusal("change-moved-on");
  }
  if (open.askedIn === "chat" && deployment.places.length > 0) {
    return waitingStep(deployment, plan, {
      actor: "system",
      ...questionOf(parts, deployment, { change: open, plan }),
    });
  }
  const change = { ...factsOf(open), state: "planned" as const, plan };
  return announced(
    audited(stepTo(deployment, { change }), "system", {
      action: "planned",
      detail: { change: open.id, digest: plan.digest, risk: plan.risk.level },
    }),
    change,
    ["progress"],
  );
}

/** Nothing to change: no card asks for votes, and the plan itself settles what exists. */
function emptyStep(parts: Parts, deployment: Deployment, { claim, plan }: Ready): Step | Refusal {
  const { change: open } = deployment;
  const refused = notOurs(deployment, claim) ?? refusedNow(deployment, "planEnded");
  if (refused !== null || open === null) {
    return refused ?? refusal("change-moved-on");
  }
  const gone = removes(deployment, open.kind);
  const planned = { ...deployment, change: { ...factsOf(open), state: "planned" as const, plan } };
  const reason = reasonOfEmpty(deployment, gone);
  const step = endStep(planned, "unchanged", { actor: "system", reason, now: parts.clock() });
  return {
    ...step,
    deployment: {
      ...step.deployment,
      standing: gone ? { is: "destroyed" } : { is: "live" },
      pin: gone ? null : plan.module,
      vars: gone ? deployment.vars : open.vars,
    },
  };
}

/** Nobody votes on an empty plan, so this is where people learn what it could not take in. */
function reasonOfEmpty({ standing }: Deployment, gone: boolean): Reason {
  const open = standing.is === "uncertain" ? standing.addresses : [];
  const left = open.flatMap(({ address, found, id }) =>
    id !== null && (gone || found === "started") ? [`${address} (${id})`] : [],
  );
  return left.length === 0
    ? { code: "unchanged", params: {} }
    : { code: "not-taken-in", params: { left: left.join(", ") } };
}

/** The id leads nowhere: whether these exist is for people to find out. */
function notImportedStep(
  deployment: Deployment,
  { claim, addresses }: { claim: Claim; addresses: readonly string[] },
): Step | Refusal {
  const { standing } = deployment;
  const refused = notOurs(deployment, claim);
  if (refused !== null || standing.is !== "uncertain") {
    return refused ?? refusal("change-moved-on");
  }
  const left = standing.addresses.map((each) =>
    addresses.includes(each.address) ? { ...each, found: "started" as const } : each,
  );
  return audited(stepTo(deployment, { standing: { ...standing, addresses: left } }), "system", {
    action: "imports-failed",
    detail: { run: claim.run, addresses: addresses.join(", ") },
  });
}

function failedStep(
  parts: Parts,
  deployment: Deployment,
  { claim, reason }: { claim: Claim; reason: Reason },
): Step | Refusal {
  return (
    notOurs(deployment, claim) ??
    refusedNow(deployment, "planEnded") ??
    endStep(deployment, "failed", { actor: "system", reason, now: parts.clock() })
  );
}

/** A report of a run that the open change does not wait for changes nothing. */
export function notOurs({ change }: Deployment, claim: Claim): Refusal | null {
  const isOurs = change !== null && "run" in change && change.run === claim.run;
  return isOurs ? null : refusal("change-moved-on");
}
