import type { Advice, AdviceParts } from "./advice.ts";
import { adviceOn, alteredBy, blocksOfPlan, refusedBy, suggestedBy } from "./advising.ts";
import type { Shown, Vars } from "./change.ts";
import { refusedCloud, type CloudKind } from "./cloud-kind.ts";
import { create } from "./creating.ts";
import { cancelledStep, closedStep } from "./deciding.ts";
import type { Deployment, Environment, Place } from "./deployment.ts";
import type { Hasher } from "./hashing.ts";
import type { ChangeId, DeploymentId, Ids } from "./ids.ts";
import { withRegion } from "./filling.ts";
import { isRepeated, onceFor } from "./once.ts";
import { kindOfPlan, openChange, type Making, type Opening } from "./opening.ts";
import { may, type PolicySource } from "./policy.ts";
import type { Catalogue, Deployments, DriftChecks, Module, Runs, Step } from "./ports.ts";
import { checkDrift, refusedRepair } from "./drifting.ts";
import { refusedUpstream, refusedVars } from "./requesting.ts";
import type { StateBackend } from "./state-backend.ts";
import { forceStop, holderFor, takeOver, type Intervention } from "./intervening.ts";
import type { Holder, StateHolders, StateSerials } from "./state-ports.ts";
import { refusedNow, whyNotApplied } from "./transitions.ts";
import type { Viewer } from "./viewer.ts";
import { askStep, castVote } from "./voting.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";

/** What somebody asks for; `vars` are values of the module's variables. */
export type Request = {
  readonly name: string;
  readonly module: string;
  /** Refused when it is not the module's own cloud. */
  readonly cloud?: string;
  readonly environment?: Environment;
  readonly vars: Vars;
  readonly team?: string;
};

/** Where and how a use case was asked for. */
export type Asked = {
  readonly by: Viewer;
  readonly in: "chat" | "api";
  readonly lang: Lang;
  /** The thread it was asked in; null for the API. */
  readonly place: Place | null;
  /** Same key, same effect: a repeated request makes nothing new. */
  readonly requestKey: string | null;
};

export type Ballot = {
  readonly change: ChangeId;
  readonly decision: "approve" | "reject";
  readonly digest: string;
  readonly reason: string | null;
  readonly confirmName: string | null;
  readonly platform: string;
  /** The card that was pressed; null: none was (the API). */
  readonly shown: Shown | null;
  /** Same key, same vote: sent again it is answered as if it were cast now. */
  readonly requestKey: string | null;
};

/** The use cases of deployments; every one answers the deployment as it is now, or a refusal. */
export interface DeploymentService {
  request(asked: Asked, request: Request): Promise<Deployment | Refusal>;
  /** Opens the change that the standing calls for: create, update or recover. */
  plan(asked: Asked, id: DeploymentId, vars: Vars): Promise<Deployment | Refusal>;
  askApproval(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  vote(viewer: Viewer, id: DeploymentId, ballot: Ballot): Promise<Deployment | Refusal>;
  /** Answers the deployment whose open or last change carries the apply run. */
  apply(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  destroy(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  cancel(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  /** Kills an apply that did not stop in its time when it was cancelled. */
  forceStop(asked: Asked, wanted: Intervention): Promise<Deployment | Refusal>;
  /** Who holds the lock that an admin may free; for admins only. */
  holder(asked: Asked, id: DeploymentId): Promise<Holder | Refusal>;
  /** Frees the lock of a run that nobody hears from, and ends that run. */
  takeOver(asked: Asked, wanted: Intervention): Promise<Deployment | Refusal>;
  /** What this person should know of the deployment as it is asked for now. */
  advice(viewer: Viewer, deployment: Deployment): Promise<readonly Advice[]>;
  /** Plans again with the value that a piece of advice suggests at this moment. */
  fix(asked: Asked, id: DeploymentId, code: string): Promise<Deployment | Refusal>;
  /** Asks whether what exists is still what was left; a card of its own tells what was found. */
  drift(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  /** Plans what brings back what the newest look found to have drifted. */
  repair(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
}

export type ServiceParts = AdviceParts &
  CloudKind & {
    readonly deployments: Deployments;
    readonly catalogue: Catalogue;
    readonly driftChecks: DriftChecks;
    readonly runs: Pick<Runs, "events">;
    readonly holders: StateHolders;
    /** So long an apply that was asked to stop may take before a person may have it killed. */
    readonly stopWaitMs: number;
    readonly states: Pick<StateSerials, "newest">;
    /** Where new deployments keep their state. */
    readonly stateBackend: StateBackend;
    readonly policy: PolicySource;
    readonly hasher: Hasher;
    readonly ids: Ids;
    readonly clock: () => Date;
    /** Where cards of an API request go: approval channels, in the console a thread of its own. */
    readonly placesOf: (deployment: DeploymentId) => readonly Place[];
  };

export function createDeploymentService(parts: ServiceParts): DeploymentService {
  return {
    request: (asked, request) => create(parts, asked, request),
    plan: (asked, id, vars) => plan(parts, asked, { id, given: () => vars }),
    askApproval: (asked, id) =>
      onSeen(parts, asked, { id, decide: (deployment) => askStep(parts, asked, deployment) }),
    vote: (viewer, id, ballot) => castVote(parts, viewer, { id, ballot }),
    apply: (asked, id) => apply(parts, asked, id),
    destroy: (asked, id) =>
      onSeen(parts, asked, { id, decide: (deployment) => destroyStep(parts, asked, deployment) }),
    cancel: (asked, id) =>
      onSeen(parts, asked, { id, decide: (deployment) => cancelStep(parts, asked, deployment) }),
    forceStop: (asked, wanted) => forceStop(parts, asked, wanted),
    holder: (asked, id) => holderFor(parts, asked, id),
    takeOver: (asked, wanted) => takeOver(parts, asked, wanted),
    advice: (viewer, deployment) => adviceOn(parts, viewer, deployment),
    fix: (asked, id, code) => fix(parts, asked, { id, code }),
    drift: (asked, id) => checkDrift(parts, asked, id),
    repair: async (asked, id) =>
      (await refusedRepair(parts, asked, id)) ?? plan(parts, asked, { id, given: () => ({}) }),
  };
}

type Given = {
  readonly id: DeploymentId;
  /** The values, of a deployment as it is when they are laid over its own. */
  readonly given: (now: Deployment) => Vars;
};

async function plan(
  parts: ServiceParts,
  asked: Asked,
  { id, given }: Given,
): Promise<Deployment | Refusal> {
  const now = await parts.deployments.seen(asked.by, id);
  if (now === null) {
    return refusal("not-found", { id });
  }
  const elsewhere = refusedCloud(now, parts);
  if (elsewhere !== null) {
    return elsewhere;
  }
  const module = parts.catalogue.module(now.module);
  if (module === null) {
    return refusal("module-gone", { name: now.name, module: now.module });
  }
  const vars = given(now);
  const upstream = await refusedUpstream(parts, asked.by, { module, vars });
  const blocks = await blocksOfPlan(parts, asked, { deployment: now, module, vars });
  const decide = (deployment: Deployment) =>
    upstream ?? planStep(parts, asked, { deployment, module, vars: given(deployment), blocks });
  return onSeen(parts, asked, { id: now.id, decide });
}

/** Beside what the open change alters already: the button before it is not to be undone. */
async function fix(
  parts: ServiceParts,
  asked: Asked,
  wanted: { readonly id: DeploymentId; readonly code: string },
): Promise<Deployment | Refusal> {
  const now = await parts.deployments.seen(asked.by, wanted.id);
  if (now !== null && isRepeated(now, asked)) {
    return now;
  }
  const vars = await suggestedBy(parts, asked, wanted);
  if (isRefusal(vars)) {
    return vars;
  }
  const given = (deployment: Deployment) => ({ ...alteredBy(deployment), ...vars });
  return plan(parts, asked, { id: wanted.id, given });
}

type Planning = {
  readonly deployment: Deployment;
  readonly module: Module;
  readonly vars: Vars;
  readonly blocks: readonly Advice[];
};

/** Given values are laid over the deployment's and belong to this change until it is applied. */
function planStep(
  parts: ServiceParts,
  asked: Asked,
  { deployment, module, vars, blocks }: Planning,
): Step | Refusal {
  const values = withRegion(module, { ...deployment.vars, ...vars });
  // A newer demand must not keep people from mending what stands.
  const judged = kindOfPlan(deployment) === "create" ? {} : { judged: new Set(Object.keys(vars)) };
  const asking = { ...deployment, vars: values, ...judged };
  const wrong = refusedVars(parts.catalogue, module, asking);
  return (
    refusedBy(blocks, wrong) ??
    openChange(deployment, openingOf(asked, deployment, values), makingOf(parts))
  );
}

/** Starts nothing that the last vote has not queued: it answers with where that run stands. */
async function apply(
  parts: ServiceParts,
  asked: Asked,
  id: DeploymentId,
): Promise<Deployment | Refusal> {
  const now = await parts.deployments.seen(asked.by, id);
  if (now === null) {
    return refusal("not-found", { id });
  }
  const { change: open, lastChange } = now;
  const started =
    open === null ? lastChange?.outcome === "applied" : "run" in open && "votes" in open;
  if (started) {
    return now;
  }
  return refusal(whyNotApplied(now), { name: now.name });
}

function destroyStep(parts: ServiceParts, asked: Asked, deployment: Deployment): Step | Refusal {
  switch (deployment.standing.is) {
    case "destroyed":
      return refusal("already-destroyed", { name: deployment.name });
    case "uncertain":
      return refusal("recover-first", { name: deployment.name });
    case "nothing":
      return closedStep(deployment, asked.by.person, parts.clock());
    case "live":
    case "partial": {
      const opening = openingOf(asked, deployment, deployment.vars);
      return (
        refusedCloud(deployment, parts) ??
        openChange(deployment, { ...opening, kind: "destroy" }, makingOf(parts))
      );
    }
  }
}

function cancelStep(parts: ServiceParts, asked: Asked, deployment: Deployment): Step | Refusal {
  return (
    refusedNow(deployment, "cancel") ??
    cancelledStep(deployment, asked.by.person, { now: parts.clock(), waitMs: parts.stopWaitMs })
  );
}

type Wanted = {
  readonly id: DeploymentId;
  readonly decide: (now: Deployment) => Step | Refusal;
};

/** A change by somebody who may see the deployment and may ask for things. */
async function onSeen(
  parts: ServiceParts,
  asked: Asked,
  { id, decide }: Wanted,
): Promise<Deployment | Refusal> {
  const seen = await parts.deployments.seen(asked.by, id);
  if (seen === null) {
    return refusal("not-found", { id });
  }
  const answer =
    refusedRole(asked.by) ??
    (await parts.deployments.change(seen.id, onceFor(asked.requestKey), decide));
  return answer ?? refusal("not-found", { id });
}

function refusedRole(viewer: Viewer): Refusal | null {
  const isAllowed = may(viewer, "requester") || may(viewer, "approver");
  return isAllowed ? null : refusal("not-allowed", { role: "requester" });
}

function openingOf(asked: Asked, deployment: Deployment, vars: Vars): Opening {
  return {
    kind: kindOfPlan(deployment),
    vars,
    requester: asked.by.person,
    tokenOwner: asked.by.owner ?? null,
    askedIn: asked.in,
    lang: asked.lang,
    requestKey: asked.requestKey,
  };
}

function makingOf({ ids, clock }: ServiceParts): Making {
  return { ids, now: clock() };
}
