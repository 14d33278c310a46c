import type { Deployment } from "#deployments/deployment.ts";
import type { Run } from "#deployments/run.ts";
import { attemptApply, attemptPlan, changeOf, claimOf, type Attempt } from "./attempt.ts";
import { startBeat } from "./beat.ts";
import { attemptDrift, recoverDrift } from "./drift.ts";
import { Halted } from "./halt.ts";
import type { RunnerParts } from "./job.ts";
import { limitSeconds } from "./limits.ts";
import { killSession } from "./process-identity.ts";
import { recoverApply, recoverPlan } from "./recovery.ts";
import { forgetValues, workspaceOf } from "./workspace.ts";

/** What is done with a run: an attempt, or the recovery of one. */
export type Manner = "attempt" | "recover";

const OF_CHANGES = {
  plan: { attempt: attemptPlan, recover: recoverPlan },
  apply: { attempt: attemptApply, recover: recoverApply },
} as const;
const OF_DRIFT = { attempt: attemptDrift, recover: recoverDrift } as const;

/** One run from its claim to its end; whatever goes wrong is logged here, once. Never rejects. */
export async function attend(
  parts: RunnerParts,
  { run, halt }: Pick<Attempt, "run" | "halt">,
  manner: Manner,
): Promise<void> {
  const beat = startBeat(parts, { run, halt });
  try {
    const deployment = await parts.deployments.load(run.deployment);
    if (deployment === null) {
      await endStray(parts, run, null);
      return;
    }
    const module = parts.catalogue.module(deployment.module);
    // An apply that is watched again has had some of its time.
    const began = manner === "recover" && deployment.change?.state === "applying";
    const taken = began ? await parts.runs.secondsTaken(run.id) : 0;
    beat.limit(limitSeconds(run, module, deployment.change) - taken);
    await execute(parts, { run, halt, deployment }, manner);
  } catch (error) {
    if (!(error instanceof Halted)) {
      parts.log.error({ err: error, run: run.id }, "a run could not be brought to its end yet");
    }
  } finally {
    beat.stop();
  }
}

/** A drift check stands by itself; any other run is for the change that waits for it. */
async function execute(
  parts: RunnerParts,
  attempt: Omit<Attempt, "change">,
  manner: Manner,
): Promise<void> {
  const { run, deployment } = attempt;
  const change = changeOf(deployment.change, run);
  switch (run.kind) {
    case "drift":
      return OF_DRIFT[manner](parts, attempt);
    case "plan":
    case "apply":
      return change === null
        ? endStray(parts, run, deployment)
        : OF_CHANGES[run.kind][manner](parts, { ...attempt, change });
    case "check":
      return endStray(parts, run, deployment);
  }
}

/** Its change has moved on: nobody waits for this run, or what it reported is all that got written. */
async function endStray(
  parts: RunnerParts,
  run: Run,
  deployment: Pick<Deployment, "change" | "lastChange"> | null,
): Promise<void> {
  if (run.process !== null) {
    await killSession(run.process);
  }
  await parts.states.release(run.id);
  if (run.change !== null) {
    await forgetValues(workspaceOf(parts.dataDir, run.change));
  }
  await parts.runs.end(
    claimOf(parts, run),
    deployment === null ? "failed" : cameTo(run, deployment),
  );
}

/** What a run that died behind its report had come to. */
function cameTo(
  { change: id }: Run,
  { change, lastChange }: Pick<Deployment, "change" | "lastChange">,
): "done" | "failed" | "lost" {
  if (change?.id === id) {
    return "plan" in change ? "done" : "failed";
  }
  const outcome = lastChange?.id === id ? lastChange?.outcome : undefined;
  if (outcome === "interrupted") {
    return "lost";
  }
  return outcome === "applied" || outcome === "unchanged" ? "done" : "failed";
}
