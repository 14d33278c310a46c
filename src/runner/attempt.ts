import { appendFile } from "node:fs/promises";
import type { OpenChange } from "#deployments/change.ts";
import type { Claim, Run } from "#deployments/run.ts";
import { NothingRan, notStarted, NotOurs } from "./apply-steps.ts";
import { StateAway } from "./bucket-state.ts";
import { RunFailed } from "./failure.ts";
import { Halted } from "./halt.ts";
import { openJob, type Job, type Opening, type RunnerParts } from "./job.ts";
import { forgetSecrets } from "./kept-secrets.ts";
import { inMinutes, limitSeconds } from "./limits.ts";
import { removePrintedState } from "./printed-state.ts";
import { forgetShownPlan, readStarted } from "./run-files.ts";
import { stepLine } from "./stream.ts";
import { forgetValues, workspaceOf } from "./workspace.ts";
import { APPLY, PLAN, runSteps, SETTLE } from "./steps.ts";
import type { Reason } from "#deployments/change.ts";

/** A run that waits for its change, as a worker has just claimed or found it. */
export type Attempt = Omit<Opening, "running">;

/** Makes the plan of a change and reports it. A plan that came to nothing by accident is queued again. */
export async function attemptPlan(parts: RunnerParts, attempt: Attempt): Promise<void> {
  try {
    const job = await openJob(parts, { ...attempt, running: null });
    await runSteps(job, PLAN);
    await parts.runs.end(job.claim, "done");
  } catch (error) {
    await giveUpPlan(parts, attempt, reasonOf(error, attempt, parts));
  }
}

/** Ends a plan run without a plan; without a reason it is tried again, three times in all. */
export async function giveUpPlan(
  parts: RunnerParts,
  { run, halt, change }: Attempt,
  reason: Reason | null,
): Promise<void> {
  const claim = claimOf(parts, run);
  if (halt.why === "fenced") {
    return;
  }
  await parts.states.release(run.id);
  await forgetShownPlan(parts.dataDir, run);
  await forgetValues(workspaceOf(parts.dataDir, change.id));
  if (reason === null && (await parts.runs.requeue(claim))) {
    return;
  }
  const told = reason ?? { code: "plan-lost", params: {} };
  await parts.reports.planFailed(claim, run.deployment, told);
  await parts.runs.end(claim, "failed");
}

/** Starts the approved apply, at most once, and follows it to its end. */
export async function attemptApply(parts: RunnerParts, attempt: Attempt): Promise<void> {
  const job = await openApply(parts, attempt);
  try {
    await runSteps(job, APPLY);
  } catch (error) {
    if (!(await settlesAfter(job, error))) {
      return;
    }
  }
  await settle(job);
}

/** The job of an apply; one without credentials may only end. */
async function openApply(parts: RunnerParts, attempt: Attempt): Promise<Job> {
  try {
    return await openJob(parts, { ...attempt, running: null });
  } catch (error) {
    if (!(error instanceof RunFailed)) {
      throw error;
    }
    const job = await openJob(parts, { ...attempt, running: {} });
    return { ...job, findings: { ...job.findings, unequipped: true } };
  }
}

/** Reads what an ended apply left and reports it; from here on only a fence stops the run. */
export async function settle(job: Job): Promise<void> {
  try {
    await runSteps(job, SETTLE, () => {
      if (job.halt.why === "fenced") {
        throw new Halted("fenced");
      }
    });
  } catch (error) {
    if (error instanceof StateAway) {
      await tellStateAway(job);
    }
    // The recovery scan settles it again, until the bucket answers.
    throw error;
  }
  await forgetValues(job.workspace);
  const code = job.findings.applied?.exitCode ?? null;
  await job.parts.runs.end(job.claim, code === null ? "lost" : code === 0 ? "done" : "failed");
  await forgetSecrets(job.files);
  if (job.findings.printedState) {
    await removePrintedState(job.files.output);
  }
}

/** People see why the change does not end: as the step on its card, once for each try. */
async function tellStateAway({ parts, files, recorder, deployment, change }: Job): Promise<void> {
  await appendFile(files.output, stepLine("stateAway", parts.now()));
  await recorder.read();
  await parts.runs.announce({ deployment: deployment.id, change: change.id, card: "progress" });
}

export function claimOf(parts: RunnerParts, run: Run): Claim {
  return { run: run.id, fence: run.fence, worker: parts.worker };
}

/** The open change, if it still waits for this run. */
export function changeOf(change: OpenChange | null, run: Run): OpenChange | null {
  const waits = change?.id === run.change && "run" in change && change.run === run.id;
  return waits ? change : null;
}

function reasonOf(error: unknown, attempt: Attempt, parts: RunnerParts): Reason | null {
  if (error instanceof RunFailed) {
    return error.reason;
  }
  if (error instanceof Halted) {
    return haltReason(parts, attempt);
  }
  parts.log.error({ err: error, run: attempt.run.id }, "a plan run broke and is tried again");
  return null;
}

function haltReason(parts: RunnerParts, { run, halt, deployment }: Attempt): Reason | null {
  const limit = limitSeconds(run, parts.catalogue.module(deployment.module), null);
  switch (halt.why) {
    case "cancel":
    case "force":
      return { code: "plan-cancelled", params: {} };
    case "timeout":
      return { code: "plan-timeout", params: { minutes: inMinutes(limit) } };
    case "fenced":
    case "stopping":
    case null:
      return null;
  }
}

/** After an error: is there an end to report now? Otherwise the recovery goes on, or nobody. */
async function settlesAfter(job: Job, error: unknown): Promise<boolean> {
  if (error instanceof NothingRan) {
    job.parts.log.error({ err: error, run: job.claim.run }, "an approved apply was not started");
    return true;
  }
  if (error instanceof NotOurs) {
    await job.parts.states.release(job.claim.run);
    await forgetSecrets(job.files);
    await job.parts.runs.end(job.claim, "failed");
    return false;
  }
  if (error instanceof Halted) {
    return settlesAfterHalt(job);
  }
  job.parts.log.error({ err: error, run: job.claim.run }, "an apply run broke");
  return settlesUnstarted(job, "broken");
}

async function settlesAfterHalt(job: Job): Promise<boolean> {
  switch (job.halt.why) {
    case "cancel":
    case "force":
    case "timeout":
      return settlesUnstarted(job, "stopped");
    case "stopping":
      // Where nothing outlives us, what was not started never will be; elsewhere the next start says so.
      return job.parts.onStop === "interrupt" && settlesUnstarted(job, "stopped");
    case "fenced":
    case null:
      return false;
  }
}

/** True when the apply was committed and Terraform never got it. */
async function settlesUnstarted(job: Job, why: "broken" | "stopped"): Promise<boolean> {
  const { parts, deployment, files } = job;
  const now = await parts.deployments.load(deployment.id);
  const committed = now?.change?.id === job.change.id && now.change.state === "applying";
  if (!committed || (await readStarted(files, "apply")) !== null) {
    return false;
  }
  notStarted(job, why);
  return true;
}
