import type { ChangeKind, OpenChange, Vars } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import type { ChangeId, Ids, PersonId } from "./ids.ts";
import type { Step } from "./ports.ts";
import { announced, audited, cardsOfEnd, ended, stepTo } from "./stepping.ts";
import { refusedNow } from "./transitions.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";

/** What a new change is made of. */
export type Opening = {
  readonly kind: ChangeKind;
  readonly vars: Vars;
  readonly requester: PersonId;
  readonly tokenOwner: PersonId | null;
  readonly askedIn: "chat" | "api";
  readonly lang: Lang;
  readonly requestKey: string | null;
};

export type Making = { readonly ids: Ids; readonly now: Date };

/** Which change `plan` opens follows what exists. */
export function kindOfPlan({ standing }: Deployment): ChangeKind {
  switch (standing.is) {
    case "nothing":
    case "destroyed":
      return "create";
    case "live":
    case "partial":
      return "update";
    case "uncertain":
      return "recover";
  }
}

/** True when applying this change removes what exists. */
export function removes(deployment: Deployment, kind: ChangeKind): boolean {
  const { standing } = deployment;
  return (
    kind === "destroy" ||
    (kind === "recover" && standing.is === "uncertain" && standing.intent === "destroy")
  );
}

/** The same change once more, because its plan cannot be used any longer. */
export function openingAgain(change: OpenChange): Opening {
  const { kind, vars, requester, tokenOwner, askedIn, lang } = change;
  return { kind, vars, requester, tokenOwner, askedIn, lang, requestKey: null };
}

/** Opens a change with its plan run; one that waits for votes or is being planned gives way. */
export function openChange(
  deployment: Deployment,
  opening: Opening,
  { ids, now }: Making,
): Step | Refusal {
  const id = ids.change();
  const cleared = clearTheWay(deployment, { next: id, now });
  if (isRefusal(cleared)) {
    return cleared;
  }
  const run = ids.run();
  const change: OpenChange = {
    id,
    ...opening,
    openedAt: now,
    state: "planning",
    run,
  };
  const step: Step = {
    ...cleared,
    deployment: { ...cleared.deployment, change },
    runs: [
      {
        id: run,
        kind: "plan",
        deployment: deployment.id,
        change: change.id,
        requester: opening.requester,
      },
    ],
  };
  const detail = { change: change.id, kind: change.kind, run };
  return announced(audited(step, opening.requester, { action: "change-opened", detail }), change, [
    "progress",
  ]);
}

/** Ends the open change as superseded by the next one, if there is one and it may be. */
function clearTheWay(
  deployment: Deployment,
  { next, now }: { readonly next: ChangeId; readonly now: Date },
): Step | Refusal {
  const refused = refusedNow(deployment, "supersede");
  if (refused !== null) {
    return refused;
  }
  const old = deployment.change;
  if (old === null) {
    return stepTo(deployment, {});
  }
  const reason = { code: "superseded", params: { next } };
  const over = ended(old, "superseded", { reason, at: now });
  const step = stepTo(deployment, { change: null, lastChange: over });
  return announced(
    audited({ ...step, withdrawRuns: "run" in old ? [old.run] : [] }, "system", {
      action: "change-ended",
      detail: { change: old.id, outcome: "superseded" },
    }),
    over,
    cardsOfEnd(old).filter((card) => card !== "report"),
  );
}
