import { factsOf, type EndedChange, type OpenChange, type Outcome, type Reason } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import type { PersonId } from "./ids.ts";
import type { ChangeAnnouncement } from "./announcement.ts";
import type { AuditEvent, Step } from "./ports.ts";

type Actor = PersonId | "system";

/** A step that writes nothing but the deployment itself, one revision on. */
export function stepTo(deployment: Deployment, changes: Partial<Deployment>): Step {
  return {
    deployment: { ...deployment, ...changes, revision: deployment.revision + 1 },
    runs: [],
    audit: [],
    announce: [],
    drift: null,
    usePlan: null,
    intervene: null,
    withdrawRuns: [],
    dropRun: null,
  };
}

/** Adds an audit row. */
export function audited(
  step: Step,
  actor: Actor,
  event: { action: string; detail: AuditEvent["detail"] },
): Step {
  return {
    ...step,
    audit: [...step.audit, { deployment: step.deployment.id, actor, ...event }],
  };
}

/** Asks the announcer to bring these cards of a change up to date. */
export function announced(
  step: Step,
  change: OpenChange | EndedChange,
  cards: readonly ChangeAnnouncement["card"][],
): Step {
  const rows = cards.map((card) => ({ deployment: step.deployment.id, change: change.id, card }));
  return { ...step, announce: [...step.announce, ...rows] };
}

/** The open change as it ended; its votes and plan stay on the record. */
export function ended(
  change: OpenChange,
  outcome: Outcome,
  { reason, at }: { reason: Reason; at: Date },
): EndedChange {
  return {
    ...factsOf(change),
    state: "ended",
    outcome,
    reason,
    plan: "plan" in change ? change.plan : null,
    votes: "votes" in change ? change.votes : [],
    asking: "asking" in change ? change.asking : null,
    run: "votes" in change && "run" in change ? change.run : null,
    endedAt: at,
  };
}

/** The cards that must change when this change ends: one that asked for votes shows how it ended. */
export function cardsOfEnd(change: OpenChange): readonly ChangeAnnouncement["card"][] {
  const wasAsked = "votes" in change;
  return wasAsked ? ["progress", "approval", "report"] : ["progress", "report"];
}
