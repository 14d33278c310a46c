import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { CUT_MESSAGE } from "#runner/progress.ts";
import { brokenInvariants } from "./invariants.ts";
import { eventually } from "./support/eventually.ts";
import { quietFacts } from "./support/facts.ts";
import * as person from "./support/person.ts";
import { applyFolders } from "./support/processes.ts";
import { openStage, type Stage } from "./support/stage.ts";

const MEGABYTES = 150;
const WISH = { name: "flood", module: "local_flood", vars: { megabytes: MEGABYTES } };
// What the server holds by itself, its database included where that is embedded, and room for chunks.
const MOST_GROWN_MB = 400;

const Events = z.array(z.object({ type: z.string(), message: z.string() }));

/** The most memory that the server ever had, in MB. */
function peakOf(stage: Stage): number {
  const status = readFileSync(`/proc/${stage.child().pid}/status`, "utf8");
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

test("F24: 150 MB of output from a provisioner: the apply goes on, the log is cut with a note", async () => {
  await using stage = await openStage();
  await stage.start();
  await person.putToVote(stage, WISH);
  const before = peakOf(stage);

  await person.approve(stage, WISH.name);
  await eventually(
    () => applyFolders(stage.dataDir).map((folder) => existsSync(join(folder, "apply.status"))),
    (ended) => ended.length === 1 && ended.every((each) => each),
  );
  // All of it is read once more for what the apply made.
  const end = await person.settled(stage, WISH.name);

  const grown = peakOf(stage) - before;
  const written = applyFolders(stage.dataDir).map((folder) => statSync(join(folder, "out.jsonl")));
  const events = await stage.database.read(async (db) =>
    Events.parse(await db("run_events").whereNot({ type: "step" })),
  );
  const facts = await quietFacts(stage);
  console.log(
    `F24: ${written[0]?.size} bytes written, ${events.length} events, grown by ${grown.toFixed(0)} MB from ${before.toFixed(0)} MB`,
  );
  expect([end.status, end.standing]).toEqual(["applied", "live"]);
  expect(written[0]?.size).toBeGreaterThan(MEGABYTES * 1_000_000);
  expect(events.filter(({ message }) => message === CUT_MESSAGE)).toHaveLength(1);
  expect(grown).toBeLessThan(MOST_GROWN_MB);
  expect(brokenInvariants(facts)).toEqual([]);
});
