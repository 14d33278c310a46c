import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { OutputRead } from "#deployments/ports.ts";
import { RunId } from "#deployments/ids.ts";
import { openHalt } from "#runner/halt.ts";
import { openRecorder } from "#runner/recorder.ts";
import { SILENT } from "#telemetry/log.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Looks at the output every 250 ms for so long; answers at which second it told of it. */
async function tellingOf(seconds: number, output: (atMs: number) => OutputRead | null) {
  const told: number[] = [];
  let now = 0;
  let given = -1;
  const recorder = openRecorder({
    claim: { run: RunId.parse("run-aaaaaaaaaa"), fence: 1, worker: "w" },
    reader: {
      next: async () => {
        const read = given === now ? null : output(now);
        given = now;
        return read;
      },
    },
    halt: openHalt(),
    log: SILENT,
    runs: { record: async () => true },
    announce: async () => void told.push(now / 1_000),
  });
  for (; now <= seconds * 1_000; now += 250) {
    await recorder.read();
    vi.advanceTimersByTime(250);
  }
  return told;
}

function progress(done: number): OutputRead {
  const moved = { done, total: 1_000, current: null, inFlight: 1 };
  return { events: [], outputOffset: 0, progress: moved };
}

test("progress that moves all the time is told every 3 s and not more often", async () => {
  const told = await tellingOf(12, (atMs) => progress(atMs));

  expect(told).toEqual([0, 3, 6, 9, 12]);
});

test("a run that makes one thing for minutes is told of too, so that its card's time goes on", async () => {
  const told = await tellingOf(60, (atMs) => (atMs === 0 ? progress(0) : null));

  expect(told).toEqual([0, 15, 30, 45, 60]);
});
