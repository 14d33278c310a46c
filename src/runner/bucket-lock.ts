import type { Run, RunEvent } from "#deployments/run.ts";
import { inBrief } from "./failure.ts";
import type { RunJob } from "./job.ts";
import { lockIn, type HeldLock } from "./state-trouble.ts";
import type { Answer } from "./terraform.ts";

type AskTerraform = (args: readonly string[]) => Promise<Answer>;

/**
 * Frees the lock in a bucket that one of these runs left when it ended without giving it back. Any
 * other lock stays: whoever wants to apply is told who holds it. Never throws; the next apply tries again.
 */
export async function freeLeftLock(
  job: RunJob,
  ended: readonly Run[],
  ask: AskTerraform,
): Promise<void> {
  const { log, leftovers, worker } = job.parts;
  try {
    const lock = ended.length === 0 ? null : await heldLock(ask);
    const run = lock === null ? null : await ownerOf(job, lock, ended);
    if (lock === null || run === null) {
      return;
    }
    const { code, stderr } = await ask(["force-unlock", "-force", lock.id]);
    if (code !== 0) {
      log.warn({ run: run.id, said: inBrief(job.redact.text(stderr)) }, "a lock was not freed");
      return;
    }
    log.warn({ run: run.id }, "the lock that a dead run left in its bucket was freed");
    await leftovers.lockFreed({ run: run.id, deployment: job.deployment.id }, worker);
  } catch (error) {
    log.warn({ err: error, run: job.run.id }, "the lock in the bucket could not be looked at");
  }
}

/** Terraform tells of a lock whoever wants it; without the dry run it would write the state anew. */
async function heldLock(ask: AskTerraform): Promise<HeldLock | null> {
  const args = ["state", "rm", "-dry-run", "-lock-timeout=0s", "terraform_data.no_such_thing"];
  const { code, stderr } = await ask(args);
  return code === 0 ? null : lockIn(stderr);
}

async function ownerOf(
  { parts, recorder }: RunJob,
  lock: HeldLock,
  ended: readonly Run[],
): Promise<Run | null> {
  await recorder.read();
  for (const run of ended) {
    if (isLockOf(lock, await parts.runs.events(run.id, 0, FIRST))) {
      return run;
    }
  }
  return null;
}

// An apply begins with its steps and what it reads.
const FIRST = 2_000;

/**
 * True only of a lock that the run with these events took: it is from the time between its apply was
 * started and the first thing it did, which nobody does without the lock. All three times are of one
 * clock, that of the machine it ran on.
 */
export function isLockOf({ since }: HeldLock, events: readonly RunEvent[]): boolean {
  const started = events.find(({ type, message }) => type === "step" && message === "apply");
  const began = events.find(({ type }) => type === "apply_start");
  return started !== undefined && began !== undefined && started.at <= since && since <= began.at;
}
