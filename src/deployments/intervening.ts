import type { OpenChange } from "./change.ts";
import { endStep } from "./deciding.ts";
import type { Deployment, OpenAddress } from "./deployment.ts";
import type { DeploymentId, RunId } from "./ids.ts";
import { onceFor } from "./once.ts";
import { removes } from "./opening.ts";
import { may } from "./policy.ts";
import type { Deployments, Runs, Step } from "./ports.ts";
import type { RunEvent } from "./run.ts";
import type { Asked } from "./service.ts";
import type { Holder, StateHolders } from "./state-ports.ts";
import { announced, audited, stepTo } from "./stepping.ts";
import type { Viewer } from "./viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";

export type InterveningParts = {
  readonly deployments: Pick<Deployments, "seen" | "change">;
  readonly holders: StateHolders;
  readonly runs: Pick<Runs, "events">;
  readonly clock: () => Date;
};

/** What a person types to show that they mean it: the deployment's name. */
export type Intervention = { readonly id: DeploymentId; readonly confirmName: string | null };

/**
 * Kills an apply that was asked to stop and did not in its time. Whoever asked for the change, an
 * approver or an admin may; what was in flight is uncertain afterwards.
 */
export async function forceStop(
  parts: InterveningParts,
  { by, requestKey }: Asked,
  { id, confirmName }: Intervention,
): Promise<Deployment | Refusal> {
  const seen = await parts.deployments.seen(by, id);
  if (seen === null) {
    return refusal("not-found", { id });
  }
  const answer = await parts.deployments.change(seen.id, onceFor(requestKey), (deployment) => {
    const change = stoppable(deployment, by, parts.clock());
    if (isRefusal(change)) {
      return change;
    }
    return confirmName === deployment.name
      ? forcedStep(deployment, change, by)
      : refusal("name-to-confirm", { name: deployment.name });
  });
  return answer ?? refusal("not-found", { id });
}

type Applying = Extract<OpenChange, { state: "applying" }>;

function stoppable(deployment: Deployment, by: Viewer, now: Date): Applying | Refusal {
  const { change, name } = deployment;
  if (change?.state !== "applying") {
    return refusal("nothing-to-force", { name });
  }
  if (by.kind === "machine") {
    return refusal("person-needed", { name });
  }
  if (by.person !== change.requester && !may(by, "approver")) {
    return refusal("not-allowed", { role: "approver" });
  }
  if (change.forceFrom === null) {
    return refusal("stop-first", { name });
  }
  const minutes = Math.ceil((change.forceFrom.getTime() - now.getTime()) / 60_000);
  return minutes > 0 ? refusal("still-stopping", { name, minutes }) : change;
}

function forcedStep(deployment: Deployment, change: Applying, { person }: Viewer): Step {
  const step: Step = {
    ...stepTo(deployment, {}),
    intervene: { run: change.run, how: "kill" },
  };
  const detail = { change: change.id, run: change.run };
  return announced(audited(step, person, { action: "force-stop", detail }), change, ["progress"]);
}

/**
 * Takes the lock of a deployment's state, and its run if that is not ended, from a worker that
 * nobody hears from. For admins only: the fence rises, so that the old writer, should it come back,
 * can write nothing more. Nothing was asked of the other machine, so whatever began is uncertain.
 */
export async function takeOver(
  parts: InterveningParts,
  { by, requestKey }: Asked,
  { id, confirmName }: Intervention,
): Promise<Deployment | Refusal> {
  const deployment = await parts.deployments.seen(by, id);
  if (deployment === null) {
    return refusal("not-found", { id });
  }
  const holder = await holderFor(parts, { by }, id);
  const left = isRefusal(holder) ? [] : leftBy(await eventsOf(parts.runs, holder.run));
  const now = parts.clock();
  // Refused in here only: once freed nothing is held, which a request sent again must not be told.
  const answer = await parts.deployments.change(deployment.id, onceFor(requestKey), (fresh) => {
    const freed = freeable(holder, fresh, confirmName);
    return isRefusal(freed) ? freed : takenStep(fresh, { holder: freed, left, by, now });
  });
  return answer ?? refusal("not-found", { id });
}

function freeable(
  holder: Holder | Refusal,
  { name }: Deployment,
  confirmName: string | null,
): Holder | Refusal {
  if (isRefusal(holder)) {
    return holder;
  }
  if (holder.alive) {
    return refusal("holder-alive", { name });
  }
  return confirmName === name ? holder : refusal("name-to-confirm", { name });
}

/** Who holds the lock that an admin, and nobody else, may free. */
export async function holderFor(
  { deployments, holders }: Pick<InterveningParts, "deployments" | "holders">,
  { by }: Pick<Asked, "by">,
  id: DeploymentId,
): Promise<Holder | Refusal> {
  const seen = await deployments.seen(by, id);
  if (seen === null) {
    return refusal("not-found", { id });
  }
  if (by.kind === "machine") {
    return refusal("person-needed", { name: seen.name });
  }
  if (!by.roles.includes("admin")) {
    return refusal("not-allowed", { role: "admin" });
  }
  return (await holders.of(seen.id)) ?? nothingHeld(seen);
}

function nothingHeld({ name, stateBackend }: Deployment): Refusal {
  return stateBackend.is === "http"
    ? refusal("nothing-held", { name })
    : refusal("nothing-held-here", { name, bucket: stateBackend.bucket });
}

type Taking = {
  readonly holder: Holder;
  readonly left: readonly OpenAddress[];
  readonly by: Viewer;
  readonly now: Date;
};

function takenStep(deployment: Deployment, { holder, left, by, now }: Taking): Step {
  const { change } = deployment;
  const isOurs = change?.state === "applying" && change.run === holder.run;
  const step = isOurs ? abandonedStep(deployment, change, { left, now }) : stepTo(deployment, {});
  const { run, worker, host } = holder;
  return audited({ ...step, intervene: { run, how: "takeOver" } }, by.person, {
    action: "lock-freed",
    detail: { run, worker, host, since: holder.since.toISOString() },
  });
}

/** The change ends; what the run was heard to begin or make is on the record. */
function abandonedStep(
  deployment: Deployment,
  change: Applying,
  { left, now }: Pick<Taking, "left" | "now">,
): Step {
  const reason = { code: "taken-over", params: {} };
  const step = endStep(deployment, "interrupted", { actor: "system", reason, now });
  const before = deployment.standing.is === "uncertain" ? deployment.standing.addresses : [];
  const named = new Set(left.map(({ address }) => address));
  const kept = before.filter(({ address }) => !named.has(address));
  const intent = removes(deployment, change.kind) ? "destroy" : "apply";
  return {
    ...step,
    deployment: {
      ...step.deployment,
      standing: { is: "uncertain", intent, addresses: [...left, ...kept] },
    },
  };
}

const PAGE = 1_000;

async function eventsOf(runs: Pick<Runs, "events">, run: RunId): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await runs.events(run, events.at(-1)?.seq ?? 0, PAGE);
    events.push(...page);
    if (page.length < PAGE) {
      return events;
    }
  }
}

/** What was heard of an apply: made with an id, or begun. Its state may know some of it already. */
function leftBy(events: readonly RunEvent[]): OpenAddress[] {
  const found = new Map<string, OpenAddress>();
  for (const { type, address, message } of events) {
    if (address === null) {
      continue;
    }
    if (type === "apply_start") {
      found.set(address, { address, found: "started", id: null });
    } else if (type === "apply_errored") {
      found.delete(address);
    } else if (type === "apply_complete") {
      // What went is no orphan; an id is told at the end of the sentence.
      const id = /\[id=(.+)\]$/.exec(message)?.[1] ?? null;
      found.delete(address);
      if (id !== null && !message.includes("Destruction complete")) {
        found.set(address, { address, found: "created", id });
      }
    }
  }
  return [...found.values()];
}
