import type { ChangeState } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import type { RefusalCode } from "#text/refusals.ts";

/** What can happen to an open change. */
export type ChangeAction =
  | "planReady"
  | "planEnded"
  | "ask"
  | "vote"
  | "start"
  | "applyEnded"
  | "cancel"
  | "supersede"
  | "expire";

type Cell = "may" | RefusalCode;

/**
 * Change state × action: `may`, or the refusal a person gets, whose sentence says what to do
 * instead. `none` is a deployment without an open change.
 */
const TABLE = {
  none: {
    planReady: "change-moved-on",
    planEnded: "change-moved-on",
    ask: "no-plan",
    vote: "vote-over",
    start: "not-approved",
    applyEnded: "change-moved-on",
    cancel: "nothing-to-cancel",
    supersede: "may",
    expire: "change-moved-on",
  },
  planning: {
    planReady: "may",
    planEnded: "may",
    ask: "plan-not-ready",
    vote: "plan-not-ready",
    start: "not-approved",
    applyEnded: "change-moved-on",
    cancel: "may",
    supersede: "may",
    expire: "change-moved-on",
  },
  planned: {
    planReady: "change-moved-on",
    planEnded: "change-moved-on",
    ask: "may",
    vote: "not-asked",
    start: "not-approved",
    applyEnded: "change-moved-on",
    cancel: "may",
    supersede: "may",
    expire: "change-moved-on",
  },
  awaiting_approval: {
    planReady: "change-moved-on",
    planEnded: "change-moved-on",
    ask: "may",
    vote: "may",
    start: "not-approved",
    applyEnded: "change-moved-on",
    cancel: "may",
    supersede: "may",
    expire: "may",
  },
  approved: {
    planReady: "change-moved-on",
    planEnded: "change-moved-on",
    ask: "already-approved",
    vote: "already-approved",
    start: "may",
    applyEnded: "change-moved-on",
    cancel: "may",
    supersede: "busy-applying",
    expire: "change-moved-on",
  },
  applying: {
    planReady: "change-moved-on",
    planEnded: "change-moved-on",
    ask: "already-approved",
    vote: "already-approved",
    start: "plan-used",
    applyEnded: "may",
    cancel: "may",
    supersede: "busy-applying",
    expire: "change-moved-on",
  },
} as const satisfies Record<ChangeState | "none", Record<ChangeAction, Cell>>;

/** Null when the action may happen now; else why not, and what to do. */
export function refusedNow(deployment: Deployment, action: ChangeAction): Refusal | null {
  const cell = TABLE[deployment.change?.state ?? "none"][action];
  return cell === "may" ? null : refusal(cell, describe(deployment));
}

/** Why there is nothing to apply, where that is more than that nobody has approved it. */
export function whyNotApplied({ change: open, lastChange }: Deployment): RefusalCode {
  const last = lastChange?.reason.code ?? "";
  if (open === null) {
    return last === "expired" ? "expired" : "not-approved";
  }
  return (open.state === "planning" ? REPLANNED[last] : undefined) ?? "not-approved";
}

/** By the reason why the plan before is being made anew. */
const REPLANNED: Readonly<Record<string, RefusalCode>> = {
  stale: "plan-stale",
  "rules-changed": "rules-changed",
  "plan-not-voted": "plan-changed",
};

/** What the sentences of the table may name. */
function describe({ id, name, change, lastChange }: Deployment) {
  const votes = change !== null && "votes" in change ? change.votes : [];
  return {
    id,
    name,
    change: change?.id ?? "",
    voters: votes.map((vote) => vote.voter).join(", "),
    outcome: lastChange?.outcome ?? "created",
  };
}
