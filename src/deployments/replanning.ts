import type { ChangeKind, OpenChange } from "./change.ts";
import { endStep } from "./deciding.ts";
import type { Deployment } from "./deployment.ts";
import { kindOfPlan, openChange, openingAgain } from "./opening.ts";
import type { Unfit } from "./plan-maker.ts";
import type { Step } from "./ports.ts";
import type { ServiceParts } from "./service.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";

export type ReplanReason = "stale" | "rules-changed" | "plan-not-voted" | "found-later" | Unfit;

/** Ends the open change as superseded, for a reason that people are told, and plans the same anew. */
export function replanStep(
  { ids, clock }: Pick<ServiceParts, "ids" | "clock">,
  deployment: Deployment,
  code: ReplanReason,
): Step | Refusal {
  const { change: open } = deployment;
  if (open === null) {
    throw new Error(`Planning the change of ${deployment.id} anew: none is open`);
  }
  const now = clock();
  const next = ids.change();
  const reason = { code, params: { name: deployment.name, next } };
  const over = endStep(deployment, "superseded", { actor: "system", reason, now });
  const again = openChange(
    { ...over.deployment, revision: deployment.revision },
    { ...openingAgain(open), kind: kindAgain(deployment, open) },
    { ids: { ...ids, change: () => next }, now },
  );
  return isRefusal(again)
    ? again
    : {
        ...again,
        withdrawRuns: "run" in open ? [open.run] : [],
        audit: [...over.audit, ...again.audit],
        announce: [...over.announce.filter(({ card }) => card !== "report"), ...again.announce],
      };
}

/** What became uncertain meanwhile is recovered before anything else. */
function kindAgain(deployment: Deployment, { kind }: OpenChange): ChangeKind {
  return deployment.standing.is === "uncertain" ? kindOfPlan(deployment) : kind;
}
