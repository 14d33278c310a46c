import { readFile, stat } from "node:fs/promises";
import type { Plan, Vars } from "#deployments/change.ts";
import { otherCloud } from "#deployments/cloud-kind.ts";
import { filled } from "#deployments/filling.ts";
import { removes } from "#deployments/opening.ts";
import { movedFrom } from "#deployments/module-pin.ts";
import { isEmptyPlan } from "#deployments/plan-json.ts";
import { summarizePlan } from "#deployments/plan-summary.ts";
import type { Module, PlanBundle } from "#deployments/ports.ts";
import { notesOf } from "#deployments/risk-notes.ts";
import { assessRisk, type RiskFinding } from "#deployments/risk.ts";
import { isRefusal } from "#text/refusal.ts";
import { runCommand, type Command } from "./command.ts";
import { inBrief, RunFailed } from "./failure.ts";
import { Halted } from "./halt.ts";
import { digestOf } from "./hashes.ts";
import { required, type Job, type RunJob } from "./job.ts";
import { maskPlan } from "./mask.ts";
import { checkPinned } from "./module-pin.ts";
import { missingProvider } from "./missing-provider.ts";
import { networkTrouble } from "./network-trouble.ts";
import { marksOf } from "./provider-blocks.ts";
import { importsOf, notesOfRecovery } from "./recovery-plan.ts";
import { fitsRequired } from "./required-version.ts";
import { rootModule, tfvars, type Import } from "./root-module.ts";
import { forgetShownPlan } from "./run-files.ts";
import { stateHome } from "./state-home.ts";
import { PRODUCT_NAMES, type Terraform } from "./terraform.ts";
import type { Ended } from "./watch.ts";
import { forgetValues, pack, PLAN_FILE, writeSources } from "./workspace.ts";
import { scanOutput, type WriteAhead } from "./write-ahead.ts";

/** Module, root module and values, in a folder of this change. */
export async function prepareWorkspace(job: Job): Promise<void> {
  const { change, deployment } = job;
  await makeWorkspace(job, {
    vars: change.vars,
    imports: importsOf(job),
    // What is to go must not need what is gone already.
    forgivesUpstream: removes(deployment, change.kind),
  });
}

type Making = {
  readonly vars: Vars;
  readonly imports: readonly Import[];
  /** An upstream without outputs counts as an empty one. */
  readonly forgivesUpstream: boolean;
};

/** Makes the work tree of a run with these values. */
export async function makeWorkspace(job: RunJob, making: Making): Promise<void> {
  const { parts, module, workspace, deployment } = job;
  const elsewhere = otherCloud(deployment, parts);
  if (elsewhere !== null) {
    throw new RunFailed({ code: elsewhere, params: { name: deployment.name } });
  }
  if (module === null) {
    throw new RunFailed({ code: "module-gone", params: { module: deployment.module } });
  }
  checkFits(module, parts.terraform);
  await checkPinned(module);
  const marks = module.providers.length === 0 ? {} : marksOf(deployment);
  const inputs = tfvars(await valuesFor(job, module, making), module, marks);
  const root = rootOf(job, module, making.imports);
  await writeSources(workspace, { moduleFolder: module.folder, root, inputs }, parts.providersDir);
  // Once more, for an edit while the copy was made.
  await checkPinned(module);
}

/** Its own refusal would name files of ours, and come after the providers. */
function checkFits({ name, requiredTerraform }: Module, { product, version }: Terraform): void {
  if (!fitsRequired(requiredTerraform, version)) {
    const runs = { product: PRODUCT_NAMES[product], version };
    const params = { module: name, required: requiredTerraform, ...runs };
    throw new RunFailed({ code: "terraform-unfit", params });
  }
}

/** Text of the root module of a run that takes these objects in. */
export function rootOf(
  { parts, deployment }: RunJob,
  module: Module,
  imports: readonly Import[],
): string {
  return rootModule({
    module,
    terraformVersion: parts.terraform.version,
    imports,
    providers: { awsEndpoint: parts.awsEndpoint },
    backend: stateHome(parts, deployment).block(),
  });
}

export async function init(job: RunJob): Promise<void> {
  const { output } = job.files;
  const from = (await stat(output)).size;
  const ended = await runCommand(job, {
    name: "init",
    args: ["init", "-input=false", "-no-color"],
  });
  job.halt.check();
  if (!isSuccess(ended)) {
    const provider = await missingProvider(output, from);
    throw provider === null
      ? failedBy(job, await scanOutput(output))
      : new RunFailed({ code: "provider-missing", params: { provider } });
  }
  await stateHome(job.parts, job.deployment).learn(job);
}

export async function show(job: Job): Promise<void> {
  const { planJson, planText } = job.files;
  const asJson = ["show", "-json", PLAN_FILE];
  const asText = ["show", "-no-color", PLAN_FILE];
  await Promise.all([
    succeed(job, { name: "show", args: asJson, outFile: planJson }),
    succeed(job, { name: "show-text", args: asText, outFile: planText }),
  ]);
}

/** Everything an apply needs goes into the database; nothing on a disk is trusted later. */
export async function packPlan(job: Job): Promise<void> {
  const { parts, change, claim, files, redact } = job;
  const packed = await pack(job.workspace);
  const moduleCommit = required(job.module).commit;
  const planJson: unknown = JSON.parse(await readFile(files.planJson, "utf8"));
  const bundle: PlanBundle = {
    ...packed,
    change: change.id,
    digest: digestOf({ ...packed.hashes, moduleCommit }),
    terraform: { ...parts.terraform, isolation: parts.isolation.is },
    moduleCommit,
    // One run of a deployment at a time: nobody has written since the plan read it.
    stateSerial: (await stateHome(parts, job.deployment).newest(job))?.serial ?? null,
    text: redact.text(await readFile(files.planText, "utf8")),
    json: JSON.stringify(maskPlan(planJson, redact)),
  };
  job.findings.made = { bundle, planJson };
  await forgetShownPlan(parts.dataDir, job.run);
  const isSaved = await parts.plans.save(claim, bundle);
  await forgetValues(job.workspace);
  if (!isSaved) {
    job.halt.stop("fenced");
    throw new Halted("fenced");
  }
}

export async function reportPlan(job: Job): Promise<void> {
  const { parts, claim, deployment } = job;
  const { bundle, planJson } = required(job.findings.made);
  const { commit, version, tree } = required(job.module);
  const made: Plan = {
    digest: bundle.digest,
    summary: summarizePlan(planJson, {
      digest: bundle.digest,
      terraformVersion: bundle.terraform.version,
      moduleCommit: bundle.moduleCommit,
      moduleVersion: version,
      movesFrom: movedFrom(deployment.pin, { tree }),
    }),
    module: { commit, version, tree },
    risk: assessRisk(planJson, deployment.environment, [
      ...notesFor(job),
      ...notesOfRecovery(job, planJson),
      ...(await noteOfOlderState(job, bundle.stateSerial)),
    ]),
    stateSerial: bundle.stateSerial,
    madeAt: parts.now(),
  };
  await parts.states.release(claim.run);
  const answer = isEmptyPlan(planJson)
    ? await parts.reports.planEmpty(claim, deployment.id, made)
    : await parts.reports.planReady(claim, deployment.id, made);
  if (answer === null) {
    job.halt.stop("fenced");
  } else if (isRefusal(answer)) {
    parts.log.info({ run: claim.run, code: answer.code }, "a plan came too late to be used");
  }
}

/** Somebody restored an older version: Terraform takes it for the newest, and nothing is odd to it. */
async function noteOfOlderState(
  { parts, deployment: { id, resources, stateBackend } }: Job,
  serial: number | null,
): Promise<RiskFinding[]> {
  const highest = await parts.buckets.highest(id);
  const isOlder = serial !== null && highest !== null && serial < highest;
  if (stateBackend.is === "http" || !isOlder || resources.length === 0) {
    return [];
  }
  const params = { bucket: stateBackend.bucket, serial, highest };
  return [{ level: "high", reason: { rule: "older-state", address: stateBackend.bucket, params } }];
}

/** A plan that removes everything needs no word about values. */
function notesFor({ deployment, change, ...job }: Job): RiskFinding[] {
  if (removes(deployment, change.kind)) {
    return [];
  }
  const module = required(job.module);
  const stands = change.kind === "create" ? null : filled(module, deployment, deployment.vars);
  return notesOf(module, {
    vars: filled(module, deployment, change.vars),
    before: stands,
    environment: deployment.environment,
  });
}

/** What the module is called with; a deployment's name in an upstream variable becomes its outputs. */
async function valuesFor(job: RunJob, module: Module, making: Making): Promise<Vars> {
  const values = filled(module, job.deployment, making.vars);
  const outputs: Vars = {};
  for (const name of module.upstreamVariables) {
    const upstream = values[name];
    if (typeof upstream === "string" && upstream !== "") {
      outputs[name] = await outputsOf(job, upstream, making);
    }
  }
  return { ...values, ...outputs };
}

async function outputsOf(
  job: RunJob,
  upstream: string,
  { forgivesUpstream }: Making,
): Promise<string> {
  const found = await job.parts.upstream(job.deployment, upstream);
  if (found !== null) {
    return found;
  }
  if (forgivesUpstream) {
    return "";
  }
  throw new RunFailed({ code: "upstream-missing", params: { upstream } });
}

/** Runs a command that must answer 0. */
export async function succeed(job: RunJob, command: Command): Promise<void> {
  const ended = await runCommand(job, command);
  job.halt.check();
  if (!isSuccess(ended)) {
    throw failedBy(job, await scanOutput(job.files.output));
  }
}

export function isSuccess(ended: Ended): boolean {
  return ended.by === "exit" && ended.code === 0;
}

/** Why there is no plan, in Terraform's words or, where it met a refusal of ours, in those. */
export function failedBy({ redact }: RunJob, said: Pick<WriteAhead, "error">): RunFailed {
  const text = redact.text(said.error ?? "");
  const refused = networkTrouble(text);
  if (refused !== null) {
    return new RunFailed(refused);
  }
  const error = inBrief(text);
  return new RunFailed({ code: error === "" ? "plan-died" : "plan-failed", params: { error } });
}
