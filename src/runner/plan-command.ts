import { rm, stat, writeFile } from "node:fs/promises";
import { removes } from "#deployments/opening.ts";
import { runCommand } from "./command.ts";
import { Halted } from "./halt.ts";
import { required, type Job } from "./job.ts";
import { failedBy, isSuccess, rootOf } from "./plan-steps.ts";
import { importsOf, refusedImports, replacesOf } from "./recovery-plan.ts";
import type { Import } from "./root-module.ts";
import { stateHome } from "./state-home.ts";
import { readState } from "./state-reading.ts";
import { PLAN_FILE } from "./workspace.ts";
import { scanOutput, type WriteAhead } from "./write-ahead.ts";

/**
 * Makes the plan file. An object that a recovery cannot take in is left to people, and the plan
 * is made once more without it: one of them must not keep all the others out of the state.
 */
export async function plan(job: Job): Promise<void> {
  let imports = importsOf(job);
  const hidden = await hiddenImports(job, imports);
  if (hidden.length > 0) {
    imports = imports.filter((each) => !hidden.includes(each));
    await leaveOut(job, hidden, imports);
  }
  for (;;) {
    const said = await planOnce(job);
    if (said === null) {
      break;
    }
    if (imports.length === 0) {
      throw failedBy(job, said);
    }
    const refused = refusedImports(imports, said.errors);
    imports = imports.filter((each) => !refused.includes(each));
    await leaveOut(job, refused, imports);
  }
  await reportLeftOut(job);
}

/**
 * The new objects of replacements that were interrupted: their addresses still have the old ones in
 * the state, and Terraform passes over an import block for those without a word.
 */
async function hiddenImports(job: Job, imports: readonly Import[]): Promise<readonly Import[]> {
  if (imports.length === 0) {
    return [];
  }
  const newest = await stateHome(job.parts, job.deployment).newest(job);
  const { resources } = readState(newest?.body ?? null, { redact: job.redact, first: [] });
  const ids = new Map(resources.map(({ address, id }) => [address, id]));
  return imports.filter(({ to, id }) => (ids.get(to) ?? "") !== "" && ids.get(to) !== id);
}

/** Null: there is a plan. */
async function planOnce(job: Job): Promise<WriteAhead | null> {
  const gone = removes(job.deployment, job.change.kind) ? ["-destroy"] : [];
  const lock = stateHome(job.parts, job.deployment).planLock(0);
  const args = ["plan", "-json", "-input=false", ...lock, `-out=${PLAN_FILE}`, ...gone];
  const from = (await stat(job.files.output)).size;
  const ended = await runCommand(job, { name: "plan", args: [...args, ...replacesOf(job)] });
  job.halt.check();
  return isSuccess(ended) ? null : scanOutput(job.files.output, from);
}

async function leaveOut(
  job: Job,
  refused: readonly Import[],
  left: readonly Import[],
): Promise<void> {
  const { findings, files, workspace } = job;
  findings.notImported = [...findings.notImported, ...refused];
  await writeFile(workspace.root, rootOf(job, required(job.module), left), { mode: 0o600 });
  // The exit code of the first plan would be read as that of the next one.
  await rm(files.status("plan"), { force: true });
}

/** Only once there is a plan: otherwise something else may have been wrong. */
async function reportLeftOut({ parts, claim, deployment, findings, halt }: Job): Promise<void> {
  const addresses = findings.notImported.map(({ to }) => to);
  if (addresses.length === 0) {
    return;
  }
  if ((await parts.reports.importsFailed(claim, deployment.id, addresses)) === null) {
    halt.stop("fenced");
    throw new Halted("fenced");
  }
}
