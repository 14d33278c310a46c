import type { ProcessIdentity } from "#deployments/run.ts";
import { attemptApply, giveUpPlan, settle, type Attempt } from "./attempt.ts";
import { watchCommand } from "./command.ts";
import { seeEnd } from "./apply-steps.ts";
import { openJob, type RunnerParts } from "./job.ts";
import { environmentOf, isThisBoot, killSession } from "./process-identity.ts";
import { openRunFiles, readStarted } from "./run-files.ts";

/** A plan whose worker died changed nothing: what is left of it is killed, and it runs again. */
export async function recoverPlan(parts: RunnerParts, attempt: Attempt): Promise<void> {
  await killLeftovers(attempt.run.process);
  const cancelled = await parts.runs.cancelRequested(attempt.run.id);
  await giveUpPlan(parts, attempt, cancelled ? { code: "plan-cancelled", params: {} } : null);
}

/**
 * An apply whose worker died: it was never committed, so it may start now; or it never got the
 * plan, so nothing ran; or it still runs, ended by itself or died, which its files say.
 */
export async function recoverApply(parts: RunnerParts, attempt: Attempt): Promise<void> {
  const { run, change } = attempt;
  if (change.state !== "applying") {
    await killLeftovers(run.process);
    await attemptApply(parts, attempt);
    return;
  }
  const identity = await readStarted(await openRunFiles(parts.dataDir, run), "apply");
  if (identity === null) {
    await killLeftovers(run.process);
    const job = await openJob(parts, { ...attempt, running: {} });
    job.findings.applied = { exitCode: null, started: false, rebooted: false };
    await settle(job);
    return;
  }
  await reattach(parts, attempt, identity);
}

/** The same fence, the same files, the same process; only the watcher is new. */
async function reattach(
  parts: RunnerParts,
  attempt: Attempt,
  identity: ProcessIdentity,
): Promise<void> {
  const rebooted = !(await isThisBoot(identity));
  const running = rebooted ? {} : await environmentOf(identity);
  const job = await openJob(parts, { ...attempt, running });
  parts.log.info({ run: attempt.run.id, pid: identity.pid }, "an apply is watched again");
  seeEnd(job, await watchCommand(job, "apply", { identity, gone: null }));
  await killSession(identity);
  job.findings.applied &&= { ...job.findings.applied, rebooted };
  await settle(job);
}

async function killLeftovers(identity: ProcessIdentity | null): Promise<void> {
  if (identity !== null) {
    await killSession(identity);
  }
}
