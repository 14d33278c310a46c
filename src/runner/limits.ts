import type { OpenChange } from "#deployments/change.ts";
import type { Module } from "#deployments/ports.ts";
import type { Run } from "#deployments/run.ts";

const PLAN_SECONDS = 15 * 60;
const APPLY_SECONDS = 120 * 60;
const SECONDS_PER_CHANGE = 2;

/** How long a run may take: what its module says, else the usual; an apply also by its plan's size. */
export function limitSeconds(
  { kind }: Pick<Run, "kind">,
  module: Pick<Module, "facts"> | null,
  change: OpenChange | null,
): number {
  if (kind !== "apply") {
    return module?.facts.planSeconds ?? PLAN_SECONDS;
  }
  const changes = change !== null && "plan" in change ? change.plan.summary.resources.length : 0;
  return (module?.facts.applySeconds ?? APPLY_SECONDS) + changes * SECONDS_PER_CHANGE;
}

/** The same for people: whole minutes, never none. */
export function inMinutes(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / 60));
}
