import { setTimeout as delay } from "node:timers/promises";
import type { ProcessIdentity } from "#deployments/run.ts";
import type { Halt } from "./halt.ts";
import { isAlive, killSession } from "./process-identity.ts";
import type { Recorder } from "./recorder.ts";

/** How a command came to its end, as far as we saw it. */
export type Ended =
  | { readonly by: "exit"; readonly code: number }
  /** Killed, or gone with the machine: there is no exit code. */
  | { readonly by: "death" }
  /** It runs on without us. */
  | { readonly by: "left" };

export type Watched = {
  readonly identity: ProcessIdentity;
  /** Settles when it is gone; null for a process that is not our child, which is looked at more often. */
  readonly gone: Promise<unknown> | null;
  readonly halt: Halt;
  readonly recorder: Recorder;
  readonly status: () => Promise<number | null>;
  /** Asks it to end, if nobody ever has; false while there is nothing to ask yet. */
  readonly interrupt: () => Promise<boolean>;
  /**
   * `gentle`: an apply gets one SIGINT and all the time it needs.
   * `firm`: anything else is killed, 10 s after the SIGINT.
   */
  readonly manner: "gentle" | "firm";
  /** What becomes of a gentle one when we stop. */
  readonly onStop: OnStop;
};

/** `interrupt`: it would die with us, so it gets the SIGINT, and time to end by itself. */
export type OnStop = "leave" | "interrupt";

// Nobody reads faster, and the same database answers Terraform's requests for its state.
const READ_EVERY_MS = 250;
const LOOK_EVERY_MS = 50;
const FIRM_AFTER_MS = 10_000;
// The program ends 28 s after it was told to; before and after this it has doors and files to close.
const INTERRUPTED_FOR_MS = 20_000;
// A shell answers 128 + signal for a command that was killed; Terraform itself answers 0 to 2.
const KILLED_FROM = 128;

/**
 * Follows a command to its end: stores its output, passes on what asks it to stop. It needs only
 * the identity and the files, so it also serves a process that an earlier server started.
 */
export async function watch(watched: Watched): Promise<Ended> {
  const reading = openReading(watched.recorder);
  const stopper = openStopper(watched);
  for (;;) {
    // The last lines are stored with those of the next step, or when the run ends.
    const ended = await look(watched);
    if (ended !== null || (await stopper.leave())) {
      await reading.over();
      return ended ?? { by: "left" };
    }
    reading.goOn();
    await pause(watched.gone);
  }
}

/** Reads beside the watch: output that comes faster than it is stored must not hide a stop. */
function openReading(recorder: Recorder) {
  let readAt = performance.now();
  let underWay: Promise<void> | null = null;
  let failed: { readonly error: unknown } | null = null;

  async function read(): Promise<void> {
    try {
      await recorder.read();
    } catch (error) {
      failed = { error };
    }
    readAt = performance.now();
    underWay = null;
  }

  function check(): void {
    if (failed !== null) {
      throw new Error("The output of a run could not be read.", { cause: failed.error });
    }
  }

  return {
    goOn(): void {
      check();
      if (underWay === null && performance.now() - readAt > READ_EVERY_MS) {
        underWay = read();
      }
    },
    async over(): Promise<void> {
      await underWay;
      check();
    },
  };
}

/** Until the process is gone, where it tells us, but never longer than until the next look. */
async function pause(gone: Promise<unknown> | null): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const look = delay(gone === null ? LOOK_EVERY_MS : READ_EVERY_MS, undefined, { signal });
  await Promise.race([look.catch(() => {}), gone ?? look]);
  waiting.abort();
}

async function look({ identity, status }: Watched): Promise<Ended | null> {
  const alive = await isAlive(identity);
  // Asked after the process was seen: it may have written its status and gone in between.
  const code = await status();
  if (code !== null) {
    return code >= KILLED_FROM ? { by: "death" } : { by: "exit", code };
  }
  return alive ? null : { by: "death" };
}

function openStopper({ identity, halt, manner, onStop, interrupt }: Watched) {
  let askedAt: number | null = null;

  const isTimeUp = openPatience(INTERRUPTED_FOR_MS);

  async function ask(): Promise<void> {
    if (askedAt === null) {
      askedAt = (await interrupt()) ? performance.now() : null;
    } else if (manner === "firm" && performance.now() - askedAt > FIRM_AFTER_MS) {
      await killSession(identity);
    }
  }

  /** We are to end, and it with us or not. True when it goes on alone. */
  async function depart(): Promise<boolean> {
    if (manner === "firm") {
      await killSession(identity);
      return false;
    }
    if (onStop === "leave") {
      return true;
    }
    await ask();
    return isTimeUp();
  }

  return {
    /** True when nobody is to follow this process any longer. */
    async leave(): Promise<boolean> {
      switch (halt.why) {
        case null:
          return false;
        case "fenced":
        case "force":
          await killSession(identity);
          return halt.why === "fenced";
        case "stopping":
          return depart();
        case "cancel":
        case "timeout":
          await ask();
          return halt.stopping && depart();
      }
    },
  };
}

/** True once so long has gone by since it was first asked. */
function openPatience(ms: number): () => boolean {
  let since: number | null = null;
  return () => {
    since ??= performance.now();
    return performance.now() - since > ms;
  };
}
