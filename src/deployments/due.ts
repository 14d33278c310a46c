import { isApproved, type Waiting } from "./approval.ts";
import type { Asking } from "./asking.ts";
import { closedFor } from "./demand.ts";
import { approvedStep, expiredStep } from "./deciding.ts";
import type { Deployment } from "./deployment.ts";
import type { Step } from "./ports.ts";
import { replanStep } from "./replanning.ts";
import { rulingOn, type Ruling } from "./ruling.ts";
import type { ServiceParts } from "./service.ts";
import { announced, audited, stepTo } from "./stepping.ts";
import { underRule } from "./voting.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

type Parts = Pick<
  ServiceParts,
  "deployments" | "policy" | "catalogue" | "clock" | "ids" | "hasher"
>;

/**
 * Looks at every change that waits for votes; call it every minute or so, in as many processes as
 * there are. What is due is written under the row's lock, so it happens once: the reminder at half
 * of the time, the second group at 80 %, the end; a new plan where the rule has changed.
 */
export async function lookAtApprovals(parts: Parts): Promise<void> {
  for (const waiting of await parts.deployments.waiting()) {
    if (dueStep(parts, waiting) !== null) {
      await parts.deployments.change(
        waiting.id,
        null,
        (now) => dueStep(parts, now) ?? refusal("change-moved-on"),
      );
    }
  }
}

/** Null: nothing is due. */
function dueStep(parts: Parts, deployment: Deployment): Step | Refusal | null {
  const { change } = deployment;
  if (change?.state !== "awaiting_approval") {
    return null;
  }
  const now = parts.clock();
  if (change.asking.expiresAt <= now) {
    return expiredStep(deployment, now);
  }
  const ruling = rulingOn(parts, deployment, change);
  const ruled = underRule(change, ruling);
  if (ruled === null) {
    return replanStep(parts, deployment, "rules-changed");
  }
  if (ruled.asking.expiresAt <= now) {
    return expiredStep(deployment, now);
  }
  return (
    completedStep(parts, deployment, { change: ruled, ruling }) ??
    (ruled === change ? waitedStep(deployment, change, now) : reaskedStep(deployment, ruled))
  );
}

/** Enough votes count again, and they may: what held the apply back is over. */
function completedStep(
  { policy, clock, ids, hasher }: Parts,
  deployment: Deployment,
  { change, ruling }: { readonly change: Waiting; readonly ruling: Ruling },
): Step | null {
  const [now, rules] = [clock(), policy.current()];
  const isOpen = closedFor(rules, ruling.subject, now) === null;
  if (!isOpen || !isApproved(change, { policy: rules, now, hasher })) {
    return null;
  }
  const step = announced(stepTo(deployment, { change }), change, ["approval"]);
  return approvedStep({ step, change }, ids);
}

function reaskedStep(deployment: Deployment, change: Waiting): Step {
  const { rule, hash } = change.asking.demand;
  return announced(
    audited(stepTo(deployment, { change }), "system", {
      action: "approval-asked-anew",
      detail: { change: change.id, rule, ruleHash: hash },
    }),
    change,
    ["approval"],
  );
}

const REMIND_AT = 0.5;
const ESCALATE_AT = 0.8;

/** One message, also where the look comes so late that both are due: the second group's says all. */
function waitedStep(deployment: Deployment, change: Waiting, now: Date): Step | null {
  const { asking } = change;
  const waited = shareOf(asking, now);
  const { escalate } = asking.demand;
  if (asking.escalatedAt === null && escalate !== null && waited >= ESCALATE_AT) {
    const times = { remindedAt: asking.remindedAt ?? now, escalatedAt: now };
    return sentStep(deployment, change, { ...times, kind: "escalation" });
  }
  if (asking.remindedAt === null && waited >= REMIND_AT) {
    return sentStep(deployment, change, { remindedAt: now, kind: "reminder" });
  }
  return null;
}

type Sent = Pick<Partial<Asking>, "remindedAt" | "escalatedAt"> & {
  readonly kind: "reminder" | "escalation";
};

function sentStep(deployment: Deployment, change: Waiting, { kind, ...times }: Sent): Step {
  const next: Waiting = { ...change, asking: { ...change.asking, ...times } };
  const told = audited(stepTo(deployment, { change: next }), "system", {
    action: kind === "escalation" ? "second-group-asked" : "approval-reminded",
    detail: { change: change.id, group: change.asking.demand.escalate },
  });
  return announced(told, next, ["approval", kind]);
}

/** How much of the time is over, 0 to 1. */
function shareOf({ askedAt, expiresAt }: Asking, now: Date): number {
  const [from, to] = [askedAt.getTime(), expiresAt.getTime()];
  return (now.getTime() - from) / (to - from);
}
