import type { Run } from "#deployments/run.ts";
import { changeOf } from "./attempt.ts";
import type { RunnerParts } from "./job.ts";

/**
 * Runs of other workers whose lease ran out, as far as this worker may go on with them: what
 * changed nothing yet. An apply that was committed is only marked, because the machine that runs
 * it may be alive and cut off from us.
 */
export async function adoptAbandoned(parts: RunnerParts): Promise<Run[]> {
  const adopted: Run[] = [];
  for (const run of await parts.runs.abandoned(parts.worker)) {
    const mine = (await mayRunElsewhere(parts, run)) ? null : await adopt(parts, run);
    adopted.push(...(mine === null ? [] : [mine]));
  }
  return adopted;
}

async function mayRunElsewhere(parts: RunnerParts, run: Run): Promise<boolean> {
  const deployment = run.kind === "apply" ? await parts.deployments.load(run.deployment) : null;
  if (deployment === null || changeOf(deployment.change, run)?.state !== "applying") {
    return false;
  }
  await parts.reports.applyHeard(run, false);
  return true;
}

async function adopt(parts: RunnerParts, run: Run): Promise<Run | null> {
  const mine = await parts.runs.adopt(run, parts.worker);
  if (mine !== null) {
    parts.log.warn({ run: run.id, worker: run.worker }, "a run of a silent worker was taken over");
  }
  return mine;
}
