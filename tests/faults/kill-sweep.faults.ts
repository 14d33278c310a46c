import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { brokenInvariants } from "./invariants.ts";
import { slowBuckets, setKnobs } from "./support/cloud-knobs.ts";
import { quietFacts } from "./support/facts.ts";
import { bring } from "./support/patience.ts";
import * as person from "./support/person.ts";
import { killApply, lines } from "./support/processes.ts";
import { openStage } from "./support/stage.ts";

const WISH = { name: "sweep", module: "aws_buckets", vars: {} };
const BUCKETS = 12;
const INSTANTS = Array.from({ length: 14 }, (_each, index) => index);

// Twelve buckets of 150 ms, three at a time; everything of the apply dies at once, each time a
// little later than the time before.
test.each(INSTANTS)("F3: an apply killed at instant %i of 14 loses nothing", async (instant) => {
  await using stage = await openStage();
  await stage.start();
  slowBuckets(stage, 150);
  await person.putToVote(stage, WISH);
  await person.approve(stage, WISH.name);

  await lines(stage, "apply_start", 1);
  await sleep(instant * 60);
  killApply(stage, "session");
  const end = await person.settled(stage, WISH.name);

  const killed = await quietFacts(stage);
  expect(["interrupted", "applied"]).toContain(end.status);
  expect(brokenInvariants(killed)).toEqual([]);

  setKnobs(stage, {});
  await bring(stage, WISH, "applied");
  await person.plan(stage, WISH.name);
  const after = await person.settled(stage, WISH.name);
  const facts = await quietFacts(stage);
  const found = end.uncertain.map((address) => address.found).join(" ");
  console.log(
    `instant ${instant}: ${killed.cloud.length} stood, ${killed.state.length} in the state; ${found}`,
  );
  expect(after.lastChange?.outcome).toBe("unchanged");
  expect(brokenInvariants(facts)).toEqual([]);
  expect(facts.cloud.map(({ id }) => id).sort()).toEqual(facts.state.map(({ id }) => id).sort());
  expect(facts.cloud).toHaveLength(BUCKETS);
});
