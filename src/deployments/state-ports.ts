import type { Deployment, OpenAddress } from "./deployment.ts";
import type { DeploymentId, RunId } from "./ids.ts";
import type { Claim, Run, RunKind } from "./run.ts";
import type { StateGrant } from "./state-route.ts";
import type { Refusal } from "#text/refusal.ts";

export interface StateAccess {
  /** A plan's grant may read and lock, an apply's also write. A second grant of a run replaces the first. */
  grant(claim: Claim, deployment: DeploymentId, mode: "read" | "write"): Promise<StateGrant>;
  /** Ends the run's grant and frees a lock that it still holds; only once its process is gone. */
  release(run: RunId): Promise<void>;
  /** Locks that are still held for runs of this worker which have ended. */
  strays(worker: string): Promise<readonly StrayLock[]>;
  /** Stores `errored.tfstate` of a dead run as a new version; false when it is not newer, or no longer the run's to write. */
  rescue(run: RunId, deployment: DeploymentId, body: string): Promise<boolean>;
}

/** Newest state of a deployment, for staleness and for what an apply left. */
export interface StateStore {
  newest(
    deployment: DeploymentId,
  ): Promise<{ serial: number; lineage: string; body: string } | null>;
}

/** Serial of the newest state wherever it is; of one in a bucket as a run saw it last. */
export interface StateSerials {
  newest(deployment: DeploymentId): Promise<{ serial: number } | null>;
  /** A run has seen this serial in the bucket; an apply has left it, whatever was there before. */
  note(deployment: DeploymentId, serial: number, by: "run" | "apply"): Promise<void>;
  /** The highest serial seen in the bucket since the last apply; null: none, or there is no bucket. */
  highest(deployment: DeploymentId): Promise<number | null>;
}

/** Who holds the state's lock of a deployment, or runs in it without one. */
export type Holder = {
  readonly run: RunId;
  readonly kind: RunKind;
  readonly worker: string;
  /**
   * The machine's name; of a run without a process as Terraform wrote it into its lock, `user@host`,
   * where isolation gives it a name that says nothing; "" where it holds none.
   */
  readonly host: string;
  readonly since: Date;
  /** Null: it has ended. */
  readonly lastHeard: Date | null;
  /** Its worker holds a lease that has not run out. */
  readonly alive: boolean;
};

export type StrayLock = { readonly run: RunId; readonly deployment: DeploymentId };

/** What a worker ended on its machine because nobody waits for it any more. */
export interface Leftovers {
  /** Processes of a run that has ended were found at work, and killed. */
  killed(run: Run, pids: readonly number[]): Promise<Deployment | Refusal | null>;
  /**
   * What a taken-over apply began or made after it was last heard, its processes being dead. Counts
   * once. False: not now, the deployment is being applied to.
   */
  unheard(run: Run, found: readonly OpenAddress[]): Promise<boolean>;
  /** The process that took the lock is dead for certain. */
  lockFreed(lock: StrayLock, worker: string): Promise<Deployment | Refusal | null>;
}

export interface StateHolders {
  of(deployment: DeploymentId): Promise<Holder | null>;
}
