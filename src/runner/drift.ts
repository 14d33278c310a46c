import type { Deployment } from "#deployments/deployment.ts";
import { failedLook, type DriftResult } from "#deployments/drift.ts";
import { refusedDrift } from "#deployments/drifting.ts";
import type { Module } from "#deployments/ports.ts";
import type { Run } from "#deployments/run.ts";
import { init } from "./plan-steps.ts";
import {
  failedResult,
  forgetLook,
  look,
  prepareLook,
  reportLook,
  showLook,
  type DriftJob,
} from "./drift-steps.ts";
import { RunFailed } from "./failure.ts";
import { Halted, type Halt } from "./halt.ts";
import { openRunJob, type RunnerParts } from "./job.ts";
import { killSession } from "./process-identity.ts";
import { runSteps, type Step } from "./steps.ts";

/** Looks at what exists; changes nothing, so it may run again. */
const DRIFT: readonly Step<DriftJob>[] = [
  { name: "prepareWorkspace", run: prepareLook },
  { name: "init", run: init },
  { name: "look", run: look },
  { name: "show", run: showLook },
  { name: "report", run: reportLook },
];

export type DriftAttempt = {
  readonly run: Run;
  readonly deployment: Deployment;
  readonly halt: Halt;
};

/** Looks once, and reports what was found or why nothing was. */
export async function attemptDrift(parts: RunnerParts, attempt: DriftAttempt): Promise<void> {
  const { run, deployment } = attempt;
  if (refusedDrift(deployment) !== null) {
    // It was destroyed or interrupted after it was asked about.
    await giveUp(parts, attempt, failedLook("skipped", null));
    return;
  }
  const its = { running: null, vars: deployment.vars, folder: run.id };
  try {
    const opening = { ...attempt, ...its, module: await moduleOf(parts, deployment) };
    const job: DriftJob = { ...(await openRunJob(parts, opening)), change: null };
    await lookOnce(job);
  } catch (error) {
    await giveUp(parts, attempt, resultOf(error, attempt, parts));
  }
}

/** The module that the last apply was made with, else the one that is offered now. */
async function moduleOf(
  { catalogue, moduleAt }: RunnerParts,
  { module: name, pin }: Deployment,
): Promise<Module | null> {
  const now = catalogue.module(name);
  const isSame = pin === null || pin.tree === now?.tree;
  return isSame ? now : ((await moduleAt(name, pin)) ?? now);
}

async function lookOnce(job: DriftJob): Promise<void> {
  try {
    await runSteps(job, DRIFT);
    await job.parts.runs.end(job.claim, "done");
  } catch (error) {
    await forgetLook(job);
    throw error;
  }
}

/** A look whose worker died: what is left of it is killed, and it runs again. */
export async function recoverDrift(parts: RunnerParts, attempt: DriftAttempt): Promise<void> {
  if (attempt.run.process !== null) {
    await killSession(attempt.run.process);
  }
  await giveUp(parts, attempt, null);
}

/** Ends a look without a finding; without a result it is tried again, three times in all. */
async function giveUp(
  parts: RunnerParts,
  { run, halt }: DriftAttempt,
  result: DriftResult | null,
): Promise<void> {
  const claim = { run: run.id, fence: run.fence, worker: parts.worker };
  if (halt.why === "fenced") {
    return;
  }
  await parts.states.release(run.id);
  if (result === null && (await parts.runs.requeue(claim))) {
    return;
  }
  await parts.reports.driftEnded(claim, run.deployment, result ?? failedLook("error", null));
  await parts.runs.end(claim, "failed");
}

function resultOf(
  error: unknown,
  { run, halt }: DriftAttempt,
  parts: RunnerParts,
): DriftResult | null {
  if (error instanceof RunFailed) {
    return failedResult(error);
  }
  if (error instanceof Halted) {
    return halt.why === "timeout" || halt.why === "cancel" ? failedLook("error", null) : null;
  }
  parts.log.error({ err: error, run: run.id }, "a look at drift broke and is tried again");
  return null;
}
