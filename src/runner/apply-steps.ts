import { readFile, rm } from "node:fs/promises";
import type { PlanMaker, Unfit } from "#deployments/plan-maker.ts";
import type { PlanBundle } from "#deployments/ports.ts";
import type { Run } from "#deployments/run.ts";
import { isRefusal } from "#text/refusal.ts";
import { sayReason } from "#text/reasons.ts";
import { sayApplyNotStarted, sayHalted, sayServerStopped, type NotStarted } from "#text/runner.ts";
import { runCommand } from "./command.ts";
import { inBrief } from "./failure.ts";
import { Halted } from "./halt.ts";
import { digestOf } from "./hashes.ts";
import { required, type Job, type RunnerParts } from "./job.ts";
import { networkTrouble } from "./network-trouble.ts";
import { stateHome } from "./state-home.ts";
import { readState, type StateRead } from "./state-reading.ts";
import { isStale, stateTrouble } from "./state-trouble.ts";
import type { Ended } from "./watch.ts";
import { isUntouched, PLAN_FILE, restore } from "./workspace.ts";
import { openAddresses, scanOutput, type WriteAhead } from "./write-ahead.ts";

/** An apply that ended before Terraform got the plan: nothing ran, for a reason people are told. */
export class NothingRan extends Error {
  override readonly name = "NothingRan";
}

/** The change was refused the start; its heart has settled it already. */
export class NotOurs extends Error {
  override readonly name = "NotOurs";
}

/** A plan that this worker may not apply keeps its votes until here; now it is planned anew. */
export async function checkMaker({ parts, change, claim, deployment }: Job): Promise<void> {
  const maker = await parts.plans.madeBy(change.id);
  const why = maker === null ? null : unfit(parts, maker);
  if (why !== null) {
    await parts.reports.planUnfit(claim, deployment.id, why);
    throw new NotOurs(`The apply was not started: ${why}.`);
  }
}

function unfit({ terraform, isolation }: RunnerParts, maker: PlanMaker): Unfit | null {
  if (maker.product !== terraform.product || maker.version !== terraform.version) {
    return "other-terraform";
  }
  return maker.isolation === isolation.is ? null : "other-isolation";
}

/** Commits `applying` and the use of the plan; only then may anything be spawned. */
export async function claimPlan(job: Job): Promise<void> {
  const answer = await job.parts.reports.applyStarting(job.claim, job.deployment.id);
  if (answer === null) {
    job.halt.stop("fenced");
    throw new Halted("fenced");
  }
  if (isRefusal(answer)) {
    throw new NotOurs(`The apply was refused its start: ${answer.code}.`);
  }
}

/** The plan comes from the database, into a fresh folder, and is what people voted on. */
export async function restorePlan(job: Job): Promise<void> {
  const { parts, change } = job;
  if (job.findings.unequipped) {
    refuse(job, "no-credentials");
  }
  const bundle = await parts.plans.load(change.id);
  if (bundle === null || !isApproved(job, bundle)) {
    refuse(job, "plan-changed");
  }
  if (!(await restore(job.workspace, bundle, parts.providersDir))) {
    refuse(job, "plan-changed");
  }
}

export async function initAgain(job: Job): Promise<void> {
  const args = ["init", "-input=false", "-no-color", "-lockfile=readonly"];
  const ended = await runCommand(job, { name: "init", args });
  job.halt.check();
  if (ended.by !== "exit" || ended.code !== 0) {
    refuse(job, "init-failed");
  }
  const home = stateHome(job.parts, job.deployment);
  await home.freeLock(job, await badlyEnded(job));
  await home.learn(job);
}

/** Applies that may have left a lock; not what another machine may still be at. */
async function badlyEnded({ parts, deployment }: Job): Promise<Run[]> {
  const runs = await parts.runs.ofDeployment(deployment.id);
  return runs.filter(({ kind, status }) => kind === "apply" && BADLY.has(status));
}

const BADLY = new Set<Run["status"]>(["failed", "lost"]);

/** Starts the apply and follows it, to its end or until this process has to stop. */
export async function apply(job: Job): Promise<void> {
  const bundle = await job.parts.plans.load(job.change.id);
  if (bundle === null || !(await isUntouched(job.workspace, bundle.hashes))) {
    refuse(job, "plan-changed");
  }
  job.halt.check();
  const args = ["apply", "-json", "-input=false", "-lock-timeout=0s", PLAN_FILE];
  seeEnd(job, await runCommand(job, { name: "apply", args }));
}

/** Notes how an apply ended. Throws `Halted` when it goes on without us. */
export function seeEnd(job: Job, ended: Ended): void {
  if (ended.by === "left") {
    throw new Halted(job.halt.why ?? "stopping");
  }
  const exitCode = ended.by === "exit" ? ended.code : null;
  job.findings.applied = { exitCode, started: true, rebooted: false };
}

/** What exists now, by the state and by the output; saves a state that was never sent. */
export async function readWhatIs(job: Job): Promise<void> {
  const { parts, claim, deployment, findings } = job;
  const applied = required(findings.applied);
  const scan = await scanOutput(job.files.output);
  await rescueState(job, scan.state);
  // Its processes are gone, so nothing can need the lock or the credentials any more.
  await parts.states.release(claim.run);
  const { resources, outputs } = applied.started ? await stateNow(job) : deployment;
  if (applied.started && applied.exitCode !== 0) {
    await stateHome(parts, deployment).freeLock(job, [job.run]);
  }
  findings.end = {
    exitCode: applied.exitCode,
    // Without a start the output holds no address; after a reboot its end may be lost.
    started: Math.max(scan.started, applied.rebooted ? 1 : 0),
    uncertain: openAddresses(scan, resources),
    managed: resources.length,
    outputs,
    resources,
    cancelled: await parts.runs.cancelRequested(claim.run),
    stale: scan.started === 0 && isStale(scan.error ?? ""),
    error: findings.refused === "" ? errorIn(job, scan) : findings.refused,
  };
}

async function stateNow(job: Job): Promise<StateRead> {
  const newest = await stateHome(job.parts, job.deployment).newest(job);
  return readState(newest?.body ?? null, {
    redact: job.redact,
    first: job.module?.outputsSummary ?? [],
  });
}

function errorIn({ parts, redact, halt, deployment: { lang } }: Job, scan: WriteAhead): string {
  const said = redact.text(scan.error ?? "");
  const halted = scan.halted === 0 ? [] : [sayHalted(scan.halted, lang)];
  const refused = networkTrouble(said);
  const told =
    refused === null ? stateTrouble(said, lang) : sayReason(refused.code, refused.params, lang);
  const interrupted = halt.why === "stopping" && parts.onStop === "interrupt";
  const why = interrupted ? [sayServerStopped(lang)] : [];
  return [...why, told ?? inBrief(said), ...halted].filter(Boolean).join("\n");
}

export async function reportApply(job: Job): Promise<void> {
  const { parts, claim, deployment } = job;
  const end = required(job.findings.end);
  const answer = await parts.reports.applyEnded(claim, deployment.id, end);
  if (answer === null) {
    job.halt.stop("fenced");
  } else if (isRefusal(answer)) {
    parts.log.warn({ run: claim.run, code: answer.code }, "the end of an apply was not taken");
  }
}

function isApproved({ change }: Job, bundle: PlanBundle): boolean {
  const digest = digestOf({ ...bundle.hashes, moduleCommit: bundle.moduleCommit });
  return "plan" in change && digest === bundle.digest && digest === change.plan.digest;
}

/** Terraform never got the plan: an end like exit code 1 before any address. */
export function notStarted(job: Job, why: NotStarted): void {
  job.findings.refused = sayApplyNotStarted(why, job.deployment.lang);
  job.findings.applied = { exitCode: 1, started: false, rebooted: false };
}

function refuse(job: Job, why: NotStarted): never {
  notStarted(job, why);
  throw new NothingRan(`The apply of ${job.change.id} was not started: ${why}.`);
}

const MOST_RESCUED_CHARACTERS = 64 * 1024 * 1024;

/**
 * Terraform leaves `errored.tfstate` when our state route did not take the state, and prints the
 * state when it cannot write that file either.
 */
async function rescueState(job: Job, printed: string | null): Promise<void> {
  const { parts, claim, deployment } = job;
  const home = stateHome(parts, deployment);
  const body = await readFile(job.workspace.erroredState, "utf8").catch(() => printed);
  if (body === null || body.length > MOST_RESCUED_CHARACTERS) {
    return;
  }
  const stored = await home.rescue(job, body);
  if (stored) {
    // It has every secret in clear.
    await rm(job.workspace.erroredState, { force: true, recursive: true });
    job.findings.printedState = printed !== null;
  }
  parts.log.warn({ run: claim.run, stored }, "a state that Terraform could not send was found");
}
