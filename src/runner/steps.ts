import { appendFile } from "node:fs/promises";
import {
  apply,
  checkMaker,
  claimPlan,
  initAgain,
  readWhatIs,
  reportApply,
  restorePlan,
} from "./apply-steps.ts";
import type { Job, RunJob } from "./job.ts";
import { init, packPlan, prepareWorkspace, reportPlan, show } from "./plan-steps.ts";
import { plan } from "./plan-command.ts";
import { stepLine } from "./stream.ts";

/** One step of a run. Between two of them a run can be stopped. */
export type Step<Of extends RunJob = Job> = {
  readonly name: string;
  run(job: Of): Promise<void>;
};

/** Makes the plan that people vote on; changes nothing, so it may run again. */
export const PLAN: readonly Step[] = [
  { name: "prepareWorkspace", run: prepareWorkspace },
  { name: "init", run: init },
  { name: "plan", run: plan },
  { name: "show", run: show },
  { name: "pack", run: packPlan },
  { name: "report", run: reportPlan },
];

/** What follows an apply, however it ended and whoever saw it end. Never stopped in between. */
export const SETTLE: readonly Step[] = [
  { name: "readState", run: readWhatIs },
  { name: "report", run: reportApply },
];

/** Applies the saved plan, at most once ever; every kind of change has the same steps. */
export const APPLY: readonly Step[] = [
  { name: "checkMaker", run: checkMaker },
  { name: "claimPlan", run: claimPlan },
  { name: "restorePlan", run: restorePlan },
  { name: "init", run: initAgain },
  { name: "apply", run: apply },
];

/**
 * Runs the steps in order; each becomes an event. Between two of them `check` may throw `Halted`,
 * by default whenever the run is to stop.
 */
export async function runSteps<Of extends RunJob>(
  job: Of,
  steps: readonly Step<Of>[],
  check: () => void = () => job.halt.check(),
): Promise<void> {
  for (const step of steps) {
    check();
    await noteStep(job, step.name);
    if (step === steps.at(-1)) {
      // When people are told, the log is complete.
      await job.recorder.read();
    }
    try {
      await step.run(job);
    } catch (error) {
      await storeLastWords(job);
      throw error;
    }
  }
}

/** Why a run ends here stands in its last lines, and no next step will store them. */
async function storeLastWords({ parts, claim, recorder }: RunJob): Promise<void> {
  try {
    await recorder.read();
  } catch (error) {
    parts.log.warn({ err: error, run: claim.run }, "the last lines of a run could not be read");
  }
}

/** On a full disk the log has a gap; what became of an apply must be told all the same. */
async function noteStep({ parts, claim, files }: RunJob, step: string): Promise<void> {
  try {
    await appendFile(files.output, stepLine(step, parts.now()));
  } catch (error) {
    parts.log.warn({ err: error, run: claim.run, step }, "the output of a run cannot be written");
  }
}
