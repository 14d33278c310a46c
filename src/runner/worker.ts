import type { RunId } from "#deployments/ids.ts";
import type { Wake } from "#deployments/ports.ts";
import type { Run } from "#deployments/run.ts";
import { adoptAbandoned } from "./abandoned.ts";
import { attend, type Manner } from "./attend.ts";
import { openHalt, type Halt } from "./halt.ts";
import type { RunnerParts } from "./job.ts";
import { openLeftovers } from "./leftovers.ts";
import { removeOldFiles } from "./tidy.ts";

export type Worker = AsyncDisposable & {
  /** Claims nothing more and has its runs end; what disposing does, for those who have more to close. */
  stop(): Promise<void>;
};

export type WorkerOptions = {
  readonly wake: Pick<Wake, "onWake">;
  /** Runs at once in this process. */
  readonly concurrency: number;
  /** A lost wake-up costs this long at most. */
  readonly pollMs?: number;
  /** Between two looks for files that are kept no longer. */
  readonly tidyMs?: number;
};

const POLL_MS = 1_000;
const RECOVERY_MS = 15_000;
const TIDY_MS = 3_600_000;

/**
 * Claims and executes runs until it is disposed. First it takes up again what an earlier process
 * with this worker's id left. Disposing kills running plans, which go back to the queue, and
 * leaves running applies alone or has them end early, as `onStop` says.
 */
export function startWorker(parts: RunnerParts, options: WorkerOptions): Worker {
  const turns = openTurns(parts);
  const crew = openCrew(parts, { ...options, onFree: () => turns.next(crew.claim) });
  turns.next(crew.recover);
  turns.next(crew.claim);
  const tidy = () =>
    turns.next(async () => removeOldFiles(parts, await parts.runs.heldBy(parts.worker)));
  tidy();
  options.wake.onWake(() => turns.next(crew.claim));
  const poll = setInterval(() => turns.next(crew.claim), options.pollMs ?? POLL_MS);
  const scan = setInterval(() => turns.next(crew.recover), RECOVERY_MS);
  const tidying = setInterval(tidy, options.tidyMs ?? TIDY_MS);
  let stopped: Promise<void> | null = null;

  async function end(): Promise<void> {
    clearInterval(poll);
    clearInterval(scan);
    clearInterval(tidying);
    await turns.close();
    await crew.dismiss();
  }

  function stop(): Promise<void> {
    stopped ??= end();
    return stopped;
  }

  return { stop, [Symbol.asyncDispose]: stop };
}

/** One after the other: a scan must not take a run for left behind that is just being claimed. */
function openTurns({ log }: Pick<RunnerParts, "log">) {
  let turn: Promise<void> = Promise.resolve();
  let shut = false;
  return {
    next(work: () => Promise<void>): void {
      turn = turn
        .then(() => (shut ? undefined : work()))
        .catch((error: unknown) => {
          log.warn({ err: error }, "the worker could not reach its runs");
        });
    },
    async close(): Promise<void> {
      shut = true;
      await turn;
    },
  };
}

type CrewOptions = Pick<WorkerOptions, "concurrency"> & { readonly onFree: () => void };

/** The runs that this process attends to. */
function openCrew(parts: RunnerParts, { concurrency, onFree }: CrewOptions) {
  const active = new Map<RunId, { readonly halt: Halt; readonly done: Promise<void> }>();
  const leftovers = openLeftovers(parts);
  const { product, version } = parts.terraform;
  const maker = { product, version, isolation: parts.isolation.is };

  function take(run: Run, manner: Manner): void {
    const halt = openHalt();
    const done = attend(parts, { run, halt }, manner).then(() => {
      active.delete(run.id);
      onFree();
    });
    active.set(run.id, { halt, done });
  }

  async function claimOne(): Promise<boolean> {
    const run = active.size >= concurrency ? null : await parts.runs.claimNext(parts.worker, maker);
    if (run !== null) {
      take(run, "attempt");
    }
    return run !== null;
  }

  async function claim(): Promise<void> {
    while (await claimOne());
  }

  async function recover(): Promise<void> {
    // Asked before: a run that ends meanwhile must not look as if it was left behind.
    const busy = new Set(active.keys());
    const held = await parts.runs.heldBy(parts.worker);
    const adopted = await adoptAbandoned(parts);
    for (const run of [...held.filter(({ id }) => !busy.has(id)), ...adopted]) {
      take(run, "recover");
    }
    await leftovers.end(new Set([...busy, ...active.keys()]));
  }

  async function dismiss(): Promise<void> {
    const left = [...active.values()];
    left.forEach(({ halt }) => halt.stop("stopping"));
    await Promise.all(left.map(({ done }) => done));
  }

  return { claim, recover, dismiss };
}
