import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { killSession } from "#runner/process-identity.ts";
import { removeOldFiles } from "#runner/tidy.ts";
import { startWorker } from "#runner/worker.ts";
import { SILENT } from "#telemetry/log.ts";
import {
  approve,
  askForProbe,
  hold,
  openHouse,
  settled,
  throughWith,
} from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

/** The time when so many days have gone by. */
function inDays(days: number): () => Date {
  return () => new Date(Date.now() + days * 24 * 3_600_000);
}

test("files of runs go after seven days, newer ones and other folders stay", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-tidy-"));
  ["changes/chg-a", "runs/run-a-1", "providers/x"].forEach((name) =>
    mkdirSync(join(dataDir, name), { recursive: true }),
  );

  await removeOldFiles({ dataDir, now: inDays(6), log: SILENT }, []);
  const after6 = [readdirSync(join(dataDir, "changes")), readdirSync(join(dataDir, "runs"))];
  await removeOldFiles({ dataDir, now: inDays(8), log: SILENT }, []);
  const after8 = [readdirSync(join(dataDir, "changes")), readdirSync(join(dataDir, "runs"))];

  expect(after6).toEqual([["chg-a"], ["run-a-1"]]);
  expect(after8).toEqual([[], []]);
  expect(readdirSync(join(dataDir, "providers"))).toEqual(["x"]);
  rmSync(dataDir, { recursive: true });
});

test("old files go while the worker runs, not only when it starts", async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-tidying-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const house = stack.use(await openHouse(dataDir));
  let now = inDays(0);
  const options = { wake: house.wake, concurrency: 1, tidyMs: 50 };
  stack.use(startWorker({ ...house.parts, now: () => now() }, options));
  mkdirSync(join(dataDir, "runs/run-a-1"), { recursive: true });
  await delay(200);
  const early = readdirSync(join(dataDir, "runs"));

  now = inDays(8);
  await until("its removal", () => readdirSync(join(dataDir, "runs")).length === 0);

  expect(early).toEqual(["run-a-1"]);
});

test("what an apply made is not forgotten when its server was down for longer than files are kept", async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-long-down-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const marks = join(dataDir, "marks");
  const house = stack.use(await openHouse(dataDir));
  const first = house.startWorker();
  hold(marks, [1]);
  const { id } = await askForProbe(house, "long-down", { marks });
  await approve(house, id);
  await until("all but what is held", async () => (await throughWith(house, id)) === 2);
  await first[Symbol.asyncDispose]();
  const [run] = await house.parts.runs.ofDeployment(id);
  await killSession(run?.process ?? { pid: 0, startTime: "", bootId: "" });

  stack.use(house.startWorker({ now: inDays(8) }));
  const { lastChange, standing } = await settled(house, id);

  const open = standing.is === "uncertain" ? standing.addresses : [];
  expect(lastChange?.outcome).toBe("interrupted");
  expect(open.map(({ found }) => found)).toContain("created");
});
