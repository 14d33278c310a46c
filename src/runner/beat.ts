import type { Run } from "#deployments/run.ts";
import { claimOf, type Attempt } from "./attempt.ts";
import type { RunnerParts } from "./job.ts";

/** What goes on beside a run until it ends. */
export type Beat = {
  stop(): void;
  /** How long the run may take from now on; known once its change was read. */
  limit(seconds: number): void;
};

type Attended = Pick<Attempt, "run" | "halt">;

const HEARTBEAT_MS = 10_000;
const LOOK_MS = 1_000;

/** Keeps the lease, looks for a person's stop, and ends a run that takes too long. */
export function startBeat(parts: RunnerParts, attended: Attended): Beat {
  const { run, halt } = attended;
  let limit: NodeJS.Timeout | undefined;
  let offering: NodeJS.Timeout | undefined;

  function every(ms: number, question: () => Promise<void>): NodeJS.Timeout {
    return setInterval(() => void calmly(parts, run, question), ms);
  }

  async function look(): Promise<void> {
    const asked = await parts.runs.asked(run.id);
    if (asked !== null) {
      halt.stop(asked);
      const offer = () => void calmly(parts, run, () => offerForce(parts, run));
      offering ??= setTimeout(offer, parts.stopWaitMs);
    }
  }

  const beating = every(HEARTBEAT_MS, () => keepLease(parts, attended));
  const looking = every(LOOK_MS, look);
  return {
    limit(seconds) {
      limit = setTimeout(() => halt.stop("timeout"), Math.max(0, seconds * 1_000));
    },
    stop() {
      clearInterval(beating);
      clearInterval(looking);
      clearTimeout(limit);
      clearTimeout(offering);
    },
  };
}

/** A database that is away for a while stops nothing. */
async function calmly(parts: RunnerParts, run: Run, question: () => Promise<void>): Promise<void> {
  try {
    await question();
  } catch (error) {
    parts.log.warn({ err: error, run: run.id }, "a run could not be looked up");
  }
}

async function keepLease(parts: RunnerParts, { run, halt }: Attended): Promise<void> {
  if (!(await parts.runs.heartbeat(claimOf(parts, run)))) {
    halt.stop("fenced");
  } else if (run.kind === "apply") {
    // Another machine may have marked it while nothing was heard; mostly there is nothing to take back.
    await parts.reports.applyHeard(run, true);
  }
}

/** The wait for a gentle stop is over: the card now offers the other way. */
async function offerForce({ runs }: RunnerParts, run: Run): Promise<void> {
  if (run.kind === "apply" && run.change !== null) {
    await runs.announce({ deployment: run.deployment, change: run.change, card: "progress" });
  }
}
