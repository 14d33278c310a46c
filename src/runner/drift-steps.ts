import { readFile, rm } from "node:fs/promises";
import { failedLook, type DriftResult } from "#deployments/drift.ts";
import { readDrift } from "#deployments/drift-reading.ts";
import { movedFrom } from "#deployments/module-pin.ts";
import { RunFailed } from "./failure.ts";
import { required, type RunJob } from "./job.ts";
import { maskPlan } from "./mask.ts";
import { makeWorkspace, succeed } from "./plan-steps.ts";
import { stateHome } from "./state-home.ts";
import { PLAN_FILE } from "./workspace.ts";

/** What one look at drift works with: a run without a change, and the values of the last apply. */
export type DriftJob = RunJob & { readonly change: null };

/** The module of this look, with the values that the last apply left. */
export async function prepareLook(job: DriftJob): Promise<void> {
  const { deployment } = job;
  await makeWorkspace(job, { vars: deployment.vars, imports: [], forgivesUpstream: false });
}

/** Reads every object again and writes down how that differs from the state; the state stays. */
export async function look(job: DriftJob): Promise<void> {
  const lock = stateHome(job.parts, job.deployment).planLock(30);
  const args = ["plan", "-refresh-only", "-json", "-input=false", ...lock];
  await succeed(job, { name: "plan", args: [...args, `-out=${PLAN_FILE}`] });
}

export async function showLook(job: DriftJob): Promise<void> {
  const args = ["show", "-json", PLAN_FILE];
  await succeed(job, { name: "show", args, outFile: job.files.planJson });
}

export async function reportLook(job: DriftJob): Promise<void> {
  const { parts, claim, deployment, redact, files } = job;
  const raw: unknown = JSON.parse(await readFile(files.planJson, "utf8"));
  const module = required(job.module);
  const found = readDrift({ raw, masked: maskPlan(raw, redact), rules: module.facts.drift });
  const insteadOf = movedFrom(deployment.pin, module);
  const result = { ...found, lookedWith: { commit: module.commit, insteadOf } };
  await forgetLook(job);
  await parts.states.release(claim.run);
  if ((await parts.reports.driftEnded(claim, deployment.id, result)) === null) {
    job.halt.stop("fenced");
  }
}

/** A plan that nobody will apply has every secret in clear: nothing of it stays on the disk. */
export async function forgetLook({ workspace, files }: DriftJob): Promise<void> {
  await rm(workspace.folder, { recursive: true, force: true });
  await rm(files.planJson, { force: true });
}

// Terraform's own words when somebody else holds the lock.
const LOCKED = /Error acquiring the state lock/;

/** What a look that came to nothing is told as. */
export function failedResult({ reason }: RunFailed): DriftResult {
  return failedLook(LOCKED.test(String(reason.params["error"])) ? "skipped" : "error", reason);
}
