import type { Announcement } from "./announcement.ts";
import type { Digest, ChangeId, DeploymentId, PersonId, RunId } from "./ids.ts";
import type { EndedChange, Json, OpenChange, Plan, Reason, Vars } from "./change.ts";
import type {
  Cloud,
  Deployment,
  Environment,
  OpenAddress,
  Output,
  Resource,
  Status,
} from "./deployment.ts";
import type { ModuleFacts, ModuleProvider, ModuleRegion } from "./module-facts.ts";
import type { DriftCheck, DriftResult, DriftStep } from "./drift.ts";
import type { PlanMaker, Unfit } from "./plan-maker.ts";
import type { Claim, NewRun, ProcessIdentity, Progress, Run, RunEvent, RunStatus } from "./run.ts";
import type { Neighbour } from "./neighbour.ts";
import type { Region } from "./regions.ts";
import type { Refusal, VariableProblem } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Viewer } from "./viewer.ts";

/** One row of the audit: who did what to which deployment. */
export type AuditEvent = {
  readonly deployment: DeploymentId | null;
  readonly actor: PersonId | "system";
  readonly action: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * What one decision changes, written in one transaction or not at all: the deployment
 * (compare-and-set on `revision`), its open or ended change, runs, audit events, announcements.
 */
export type Step = {
  readonly deployment: Deployment;
  readonly runs: readonly NewRun[];
  readonly audit: readonly AuditEvent[];
  readonly announce: readonly Announcement[];
  readonly drift: DriftStep | null;
  /** Marks the plan as used by this apply, once ever; used before: nothing of the step is written. */
  readonly usePlan: {
    readonly change: ChangeId;
    readonly digest: Digest;
    readonly run: RunId;
  } | null;
  /** `kill`: its worker is to kill it now. `takeOver`: it ends, its fence rises, its lock goes. */
  readonly intervene: { readonly run: RunId; readonly how: "kill" | "takeOver" } | null;
  /** Runs of the ended change that are still queued end with it. */
  readonly withdrawRuns: readonly RunId[];
  /** A run that was refused its start: over at once, so that its change may queue another one. */
  readonly dropRun: RunId | null;
};

/** `claim`: a fenced worker's write is refused (`null`). `onceFor`: done before, nothing is decided. */
export type Guard = { readonly claim: Claim } | { readonly onceFor: string } | null;

export type Filter = {
  readonly status?: Status;
  readonly module?: string;
  readonly requester?: PersonId;
  readonly name?: string;
  readonly environment?: Environment;
};
export type Page = { readonly after: string | null; readonly limit: number };

export interface Deployments {
  /** Writes a new deployment, or answers the one that the same `requestKey` made before. */
  create(step: Step, requestKey: string | null): Promise<Deployment | Refusal>;
  /** For the product itself (runner, announcer); people read through `seen`. */
  load(id: DeploymentId): Promise<Deployment | null>;
  /** One deployment by id, or the newest by name, that the viewer may see. */
  seen(viewer: Viewer, idOrName: string): Promise<Deployment | null>;
  /** All that exists, is being made or asked for, of everybody; for advice, which names none unseen. */
  neighbours(viewer: Viewer): Promise<readonly Neighbour[]>;
  list(
    viewer: Viewer,
    filter: Filter,
    page: Page,
  ): Promise<{ items: Deployment[]; next: string | null }>;
  /**
   * Locks the row, lets `decide` (pure, no awaiting) choose the step, and writes it.
   * With a guard the claim is checked in the same transaction: another fence gives `null`.
   */
  change(
    id: DeploymentId,
    guard: Guard,
    decide: (now: Deployment) => Step | Refusal,
  ): Promise<Deployment | Refusal | null>;
  /** Deployments whose open change waits for votes; for the look at what is due. */
  waiting(): Promise<Deployment[]>;
  /** A change, open or ended, with its deployment as it is now; for the announcer. */
  loadChange(
    id: ChangeId,
  ): Promise<{ deployment: Deployment; change: OpenChange | EndedChange } | null>;
  auditOf(id: DeploymentId): Promise<(AuditEvent & { at: Date })[]>;
}

export type OutputRead = {
  readonly events: readonly RunEvent[];
  /** Bytes of the output file that are stored as events now. */
  readonly outputOffset: number;
  readonly progress: Progress;
};

/** The record of runs. Claims and leases use the database's clock only. */
export interface Runs {
  load(id: RunId): Promise<Run | null>;
  ofDeployment(id: DeploymentId): Promise<Run[]>;
  /**
   * Takes the run whose turn it is, with a 30 s lease: applies first, then requesters in turn. For
   * 2 minutes the apply of a plan of another `maker` is left to workers that may apply it.
   */
  claimNext(worker: string, maker?: Omit<PlanMaker, "binary">): Promise<Run | null>;
  /** False: fenced, somebody else has taken over. */
  heartbeat(claim: Claim): Promise<boolean>;
  running(claim: Claim, process: ProcessIdentity): Promise<boolean>;
  /**
   * Stores events (their `seq` is unique per run, known ones are skipped), how far the output
   * was read and the progress it shows. False: fenced.
   */
  record(claim: Claim, read: OutputRead): Promise<boolean>;
  /** Ends the run. False: fenced. */
  end(claim: Claim, status: Extract<RunStatus, "done" | "failed" | "lost">): Promise<boolean>;
  /** A plan run whose worker died goes back to the queue; false after the third attempt. */
  requeue(claim: Claim): Promise<boolean>;
  events(id: RunId, afterSeq: number, limit: number): Promise<RunEvent[]>;
  /** Runs that this worker had claimed or running, for recovery at boot and every 15 s. */
  heldBy(worker: string): Promise<Run[]>;
  /** Since it was first claimed, by the database's clock. */
  secondsTaken(id: RunId): Promise<number>;
  cancelRequested(id: RunId): Promise<boolean>;
  /** Counts the line anew and announces the cards of runs that moved in it; answers how many did. */
  tellLine(): Promise<number>;
  /** What people have asked of a run: to stop by itself, or to be killed. */
  asked(id: RunId): Promise<"force" | "cancel" | null>;
  /** Runs of other workers whose lease ran out, by the database's clock. */
  abandoned(worker: string): Promise<Run[]>;
  /** Makes such a run this worker's own, with a raised fence; null when it was heard from again. */
  adopt(run: Run, worker: string): Promise<Run | null>;
  /** Announces progress of the deployment's card, at most once per call. */
  announce(announcement: Announcement): Promise<void>;
}

/** The record of drift checks; steps write it. */
export interface DriftChecks {
  load(run: RunId): Promise<DriftCheck | null>;
  newest(deployment: DeploymentId): Promise<DriftCheck | null>;
}

/** A plan with everything an apply needs; encrypted by the store. */
export type PlanBundle = {
  readonly change: ChangeId;
  readonly digest: Digest;
  /** tar of the work tree as Terraform saw it, the plan file and the lock file in it. */
  readonly archive: Uint8Array;
  /** sha256 of the archive, of the plan file, of the lock file ("" without one), of the tfvars file. */
  readonly hashes: { archive: Digest; plan: Digest; lock: string; inputs: Digest };
  readonly terraform: PlanMaker;
  readonly moduleCommit: string;
  readonly stateSerial: number | null;
  /** Redacted human text of the plan. */
  readonly text: string;
  /** Redacted JSON of resource_changes and output_changes, masked. */
  readonly json: string;
};

export interface Plans {
  save(claim: Claim, bundle: PlanBundle): Promise<boolean>;
  load(change: ChangeId): Promise<PlanBundle | null>;
  /** Null when there is no plan. */
  madeBy(change: ChangeId): Promise<PlanMaker | null>;
  /** What people may read of a plan, redacted; kept for good, also when its file is gone. */
  shown(change: ChangeId): Promise<Pick<PlanBundle, "text" | "json"> | null>;
}

/** The bell. A lost or repeated ring changes nothing: workers also poll. */
export interface Wake {
  /** Never throws, takes 2 s at most. `fence` is the run's own: 0 for one that was never claimed. */
  wake(run: RunId, fence?: number): Promise<void>;
  onWake(ring: (run: RunId) => void): void;
}

/** One variable of a module, as forms, checks and the agent see it. */
export type ModuleVariable = {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly sensitive: boolean;
  /** False: Terraform takes `null` for "use the default". */
  readonly nullable: boolean;
  /** Forms show it only when asked to. */
  readonly advanced: boolean;
  /** Terraform's type expression: `list(object({ name = string }))`. */
  readonly type: string;
  /** JSON Schema (2020-12) of the value. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Literal default; null when there is none (see `required`) or when it is null. */
  readonly default: Json;
  readonly label: Readonly<Record<Lang, string>>;
  /** Words people use for each allowed value; empty without `contains([...])`. */
  readonly choices: readonly {
    value: string;
    label: Readonly<Record<Lang, string>>;
    aliases: readonly string[];
  }[];
};

export type ModuleOutput = {
  readonly name: string;
  readonly description: string;
  readonly sensitive: boolean;
};

export type Module = {
  readonly name: string;
  /** Absolute path of the module's files. */
  readonly folder: string;
  readonly version: string;
  readonly cloud: Cloud;
  readonly title: Readonly<Record<Lang, string>>;
  readonly summary: Readonly<Record<Lang, string>>;
  readonly aliases: readonly string[];
  readonly environments: readonly Environment[];
  /** Null: it is nowhere (a local module). */
  readonly region: ModuleRegion | null;
  readonly providers: readonly ModuleProvider[];
  readonly facts: ModuleFacts;
  /** In the order forms show them; the region is among them, also where only the provider takes it. */
  readonly variables: readonly ModuleVariable[];
  readonly outputs: readonly ModuleOutput[];
  /** Terraform's version constraint: `>= 1.11.0, < 2.0.0`. */
  readonly requiredTerraform: string;
  /** Outputs to report first. */
  readonly outputsSummary: readonly string[];
  /** Variables that take another deployment's outputs by its name. */
  readonly upstreamVariables: readonly string[];
  /** Git commit, or `tree-<sha256>` of a folder that is none. */
  readonly commit: string;
  /** SHA-256 of its files' paths and contents, hex. */
  readonly tree: string;
};

export interface Catalogue {
  modules(): readonly Module[];
  module(name: string): Module | null;
  /** Checks values against types and validations, in plain sentences' codes; empty when all is well. */
  check(module: Module, vars: Vars): readonly VariableProblem[];
}

/** The regions that people can ask for, of every cloud. */
export interface Regions {
  all(): readonly Region[];
}

/** How an apply ended, as its exit status, its output stream and the state say. */
export type ApplyEnd = {
  /** Terraform's exit code; null: it died without one. */
  readonly exitCode: number | null;
  /** Addresses whose apply started, whatever became of them. */
  readonly started: number;
  /** Addresses that started and did not end, and created ones that the state does not know. */
  readonly uncertain: readonly OpenAddress[];
  /** Managed resources in the newest state. */
  readonly managed: number;
  readonly outputs: readonly Output[];
  readonly resources: readonly Resource[];
  /** A person asked for the stop. */
  readonly cancelled: boolean;
  /** Terraform refused the plan because the state has moved on since; nothing ran. */
  readonly stale: boolean;
  /** Why it failed, in Terraform's redacted words; "" when it did not. */
  readonly error: string;
};

/** What the runner tells the heart. `null`: fenced, stop and write nothing more. */
export interface Reports {
  planReady(claim: Claim, id: DeploymentId, plan: Plan): Promise<Deployment | Refusal | null>;
  /** A plan without changes. */
  planEmpty(claim: Claim, id: DeploymentId, plan: Plan): Promise<Deployment | Refusal | null>;
  /** Made by an interrupted apply and not to be taken in: from here on they are uncertain. */
  importsFailed(
    claim: Claim,
    id: DeploymentId,
    addresses: readonly string[],
  ): Promise<Deployment | Refusal | null>;
  planFailed(claim: Claim, id: DeploymentId, reason: Reason): Promise<Deployment | Refusal | null>;
  /** Commits `applying` and the use of the plan before anything is spawned; a refusal: do not spawn. */
  applyStarting(claim: Claim, id: DeploymentId): Promise<Deployment | Refusal | null>;
  /** No worker came that may apply it: it is planned anew, its plan was not used. */
  planUnfit(claim: Claim, id: DeploymentId, why: Unfit): Promise<Deployment | Refusal | null>;
  /** Another machine's apply is not heard from, or again. Provisional: only its own end settles it. */
  applyHeard(run: Run, heard: boolean): Promise<Deployment | Refusal | null>;
  applyEnded(claim: Claim, id: DeploymentId, end: ApplyEnd): Promise<Deployment | Refusal | null>;
  driftEnded(
    claim: Claim,
    id: DeploymentId,
    result: DriftResult,
  ): Promise<Deployment | Refusal | null>;
}
