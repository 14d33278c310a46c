import type { OutputRead, Runs } from "#deployments/ports.ts";
import type { Claim, Progress } from "#deployments/run.ts";
import type { Log } from "#telemetry/log.ts";
import type { Halt } from "./halt.ts";
import type { OutputReader } from "./progress.ts";

/** Stores what a run's output says, in order, each piece once. */
export type Recorder = {
  /**
   * Stores all that was written so far; what the store does not take now is kept for later. A call
   * while another is under way waits for that one.
   */
  read(): Promise<void>;
};

export type Recording = {
  readonly claim: Claim;
  readonly reader: OutputReader;
  readonly halt: Halt;
  readonly log: Log;
  readonly runs: Pick<Runs, "record">;
  /** Called when the progress has moved, at most once every 3 s; every 15 s while it stands still. */
  readonly announce: () => Promise<void>;
};

const ANNOUNCE_EVERY_MS = 3_000;
// A database takes ten minutes to be made; a card whose time stands still looks like a dead run.
const STILL_EVERY_MS = 15_000;

export function openRecorder(recording: Recording): Recorder {
  const { reader, halt, log, claim } = recording;
  const announcer = openAnnouncer(recording);
  let waiting: OutputRead | null = null;
  let failing = false;
  let underWay: Promise<void> | null = null;

  async function store(read: OutputRead): Promise<boolean> {
    try {
      if (!(await recording.runs.record(claim, read))) {
        halt.stop("fenced");
      }
      failing = false;
    } catch (error) {
      // The database may be away for a while; the file keeps everything.
      if (!failing) {
        log.warn({ err: error, run: claim.run }, "events of a run could not be stored yet");
      }
      failing = true;
    }
    return !failing;
  }

  async function readAll(): Promise<void> {
    for (;;) {
      waiting ??= await reader.next();
      if (waiting === null || halt.why === "fenced" || !(await store(waiting))) {
        break;
      }
      announcer.see(waiting.progress);
      waiting = null;
    }
    await announcer.tell();
  }

  return {
    read() {
      underWay ??= readAll().finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

/** Tells of progress that has moved and of time that goes by, not more often than a platform lets a card be edited. */
function openAnnouncer({ announce, log, claim }: Recording) {
  let seen: string | null = null;
  let told: string | null = null;
  let toldAt = performance.now() - ANNOUNCE_EVERY_MS;

  return {
    see(progress: Progress): void {
      seen = JSON.stringify(progress);
    },
    async tell(): Promise<void> {
      const every = seen === told ? STILL_EVERY_MS : ANNOUNCE_EVERY_MS;
      if (performance.now() - toldAt < every) {
        return;
      }
      told = seen;
      toldAt = performance.now();
      await announce().catch((error: unknown) => {
        log.warn({ err: error, run: claim.run }, "progress of a run could not be announced");
      });
    },
  };
}
