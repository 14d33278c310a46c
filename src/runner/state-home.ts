import type { Json } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Claim, Run } from "#deployments/run.ts";
import { bucketState } from "./bucket-state.ts";
import type { RunJob, RunnerParts } from "./job.ts";
import { ownState } from "./own-state.ts";

/** Where the state of one deployment is kept and how its runs get at it. */
export type StateHome = {
  /** Terraform's backend block, without any secret. Throws `RunFailed` where no run may reach it. */
  block(): { readonly [kind: string]: Json };
  /** What a run needs in its environment, credentials and all. */
  environment(run: StateUser): Promise<Readonly<Record<string, string>>>;
  /** Options of a plan that waits so long for the lock; an apply always takes it. */
  planLock(seconds: number): readonly string[];
  /**
   * Once the work tree is initialised: what the state hides is taken out of all later words. Throws
   * `RunFailed` before a plan that would make everything again, because the state is gone.
   */
  learn(job: RunJob): Promise<void>;
  /** What an initialised work tree sees as the newest state; null: there never was one. */
  newest(job: RunJob): Promise<{ readonly serial: number; readonly body: string } | null>;
  /** Frees the lock that an apply of these ended runs left, if it is one of theirs for certain. */
  freeLock(job: RunJob, ended: readonly Run[]): Promise<void>;
  /** Keeps a state that Terraform could not send; false when it was not newer. */
  rescue(job: RunJob, body: string): Promise<boolean>;
};

export type StateUser = { readonly claim: Claim; readonly mode: "read" | "write" };

export function stateHome(parts: RunnerParts, deployment: Deployment): StateHome {
  const { stateBackend } = deployment;
  return stateBackend.is === "http"
    ? ownState(parts, deployment)
    : bucketState(parts, deployment, stateBackend);
}
