import { expect, test } from "vitest";
import { testDatabases } from "./databases.ts";
import { brokenRules, recordRuns } from "./run-history.ts";

const STEP = { deployment: "dep-1", run: "run-1", status: "claimed", fence: 1, worker: "worker-1" };
const FORGED = {
  "two runs of one deployment are active at once": [STEP, { ...STEP, run: "run-2" }],
  "a fence falls": [{ ...STEP, fence: 2 }, STEP],
  "a fence has two workers": [STEP, { ...STEP, worker: "worker-2" }],
};
const RIGHT = [
  STEP,
  { ...STEP, status: "queued", worker: null },
  { ...STEP, fence: 2, worker: "worker-2" },
  { ...STEP, status: "done", fence: 2, worker: null },
  { ...STEP, run: "run-2" },
];

test.each(testDatabases())("a forged history is seen through on $name", async ({ open }) => {
  await using opened = await open();
  const { db } = opened;
  await recordRuns(db);
  const seen: string[][] = [];

  for (const steps of [RIGHT, ...Object.values(FORGED)]) {
    await db("run_history").delete();
    await db("run_history").insert(steps);
    seen.push((await brokenRules(db)).map((broken) => broken.split(": ")[0] ?? ""));
  }

  expect(seen).toEqual([[], ...Object.keys(FORGED).map((rule) => [rule])]);
});
