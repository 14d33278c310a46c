import { open, stat } from "node:fs/promises";
import type { OutputRead } from "#deployments/ports.ts";
import type { Progress, RunEvent } from "#deployments/run.ts";
import { splitLines, type Line } from "./lines.ts";
import type { Redactor } from "./redact.ts";
import { parseLine, type StreamLine } from "./stream.ts";

export type OutputReader = {
  /**
   * What was written since the last call, at most 1 MB of it; beyond the cap only the progress goes
   * on. Null: nothing new. Not for two calls at once.
   */
  next(): Promise<OutputRead | null>;
};

const CHUNK_BYTES = 1024 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;
// A line of two letters is a row in the database, too.
const MOST_EVENTS = 100_000;
const LONGEST_MESSAGE = 8 * 1024;
export const CUT_MESSAGE = "Output beyond 64 MB or 100,000 lines is not shown.";

export type Reading = {
  readonly file: string;
  readonly redact: Redactor;
  /** Bytes that are stored as events already; they are read again for the numbers, and not told. */
  readonly from: number;
  /** Number of the last event that earlier attempts of the run left. */
  readonly seqBefore: number;
  readonly now: () => Date;
  /** Bytes and lines from which nothing becomes an event any more. */
  readonly cap?: number;
  readonly mostEvents?: number;
};

/**
 * Reads a run's output as it grows. An event's number is that of its line, so reading the same
 * file again gives the same events with the same numbers.
 */
export function readOutput(reading: Reading): OutputReader {
  const lines = splitLines();
  const choose = chooseEvents(reading);
  const tally = countProgress();
  let position = 0;
  let told = 0;

  function take(line: Line): RunEvent[] {
    const parsed = parseLine(line.text);
    tally.add(parsed);
    told = line.end;
    const events = line.text.trim() === "" ? [] : choose(parsed, line.end);
    return line.end <= reading.from ? [] : events;
  }

  return {
    async next() {
      const chunk = await readChunk(reading.file, position);
      if (chunk.length === 0) {
        return null;
      }
      position += chunk.length;
      const events = lines.push(chunk).flatMap(take);
      const outputOffset = Math.max(told, reading.from);
      return { events, outputOffset, progress: tally.progress() };
    },
  };
}

async function readChunk(file: string, position: number): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size <= position) {
    return new Uint8Array();
  }
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(Math.min(CHUNK_BYTES, size - position));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A line's event, a note in place of the first line beyond the cap, and none for the others. */
function chooseEvents(reading: Reading): (line: StreamLine, end: number) => RunEvent[] {
  const { cap = MOST_BYTES, mostEvents = MOST_EVENTS } = reading;
  const events = numberEvents(reading);
  let count = 0;
  let cut = false;

  return (line, end) => {
    if (cut) {
      return [];
    }
    count += 1;
    cut = end > cap || count > mostEvents;
    return [cut ? events.cut() : events.next(line)];
  };
}

function numberEvents({ redact, seqBefore, now }: Reading) {
  let seq = seqBefore;

  function make(type: string, message: string, line: StreamLine | null): RunEvent {
    seq += 1;
    const address = line === null || line.address === null ? null : redact.text(line.address);
    const clipped = message.slice(0, LONGEST_MESSAGE);
    return { seq, at: line?.at ?? now(), type, message: clipped, address };
  }

  return {
    next(line: StreamLine): RunEvent {
      const source = `${line.type} ${line.address ?? ""}`;
      const message = messageOf(line);
      const shown = isPieces(line) ? redact.piece(source, message) : redact.text(message);
      return make(line.type, shown, line);
    },
    cut: () => make("text", CUT_MESSAGE, null),
  };
}

/** Terraform sends what a program prints in pieces, wherever it paused. */
function isPieces(line: StreamLine): boolean {
  return line.type === "text" || line.type === "provision_progress";
}

function messageOf({ message, diagnostic }: StreamLine): string {
  return diagnostic === null || diagnostic.detail === ""
    ? message
    : `${message}\n${diagnostic.detail}`;
}

const UNDER_WAY = new Set(["apply_start", "refresh_start"]);

/** Counts addresses: planned ones, done ones, and which is under way. */
function countProgress(): { add(line: StreamLine): void; progress(): Progress } {
  let total = 0;
  let done = 0;
  const current = new Set<string>();

  return {
    add({ type, address, action }) {
      if (address === null) {
        return;
      }
      if (type === "planned_change") {
        total += WEIGHTS.get(action ?? "") ?? 0;
      } else if (UNDER_WAY.has(type)) {
        current.add(address);
      } else if (type === "refresh_complete" || type === "apply_errored") {
        current.delete(address);
      } else if (type === "apply_complete") {
        current.delete(address);
        done += 1;
      }
    },
    progress() {
      const [first = null] = current;
      return { done, total: Math.max(total, done), current: first, inFlight: current.size };
    },
  };
}

/** A replacement is two steps of Terraform; reading and forgetting are none. */
const WEIGHTS = new Map([
  ["create", 1],
  ["update", 1],
  ["delete", 1],
  ["replace", 2],
]);
