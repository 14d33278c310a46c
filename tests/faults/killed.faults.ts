import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { brokenInvariants } from "./invariants.ts";
import { setKnobs, slowBuckets } from "./support/cloud-knobs.ts";
import { eventually } from "./support/eventually.ts";
import { factsOf, quietFacts, type Facts } from "./support/facts.ts";
import { bring } from "./support/patience.ts";
import * as person from "./support/person.ts";
import { applyFolders, killApply, lines } from "./support/processes.ts";
import { openStage, type Stage } from "./support/stage.ts";

const WISH = { name: "kill", module: "aws_buckets", vars: {} };

async function started(): Promise<Stage> {
  const stage = await openStage();
  await stage.start();
  return stage;
}

/** Planned, approved, and as many buckets made as wished. */
async function applying(stage: Stage, made: number): Promise<void> {
  slowBuckets(stage, 400);
  await person.putToVote(stage, WISH);
  await person.approve(stage, WISH.name);
  await lines(stage, "apply_complete", made);
}

function cardsOf({ cards }: Facts, kind: string): Set<string | null> {
  return new Set(cards.filter(({ card }) => card.startsWith(`${kind}:`)).map((c) => c.posted_as));
}

/** I1 to I7, and I2 after what people do about it: cloud and state are one, and the next plan is empty. */
async function expectWholeAfterRecovery(stage: Stage): Promise<Facts> {
  expect(brokenInvariants(await quietFacts(stage))).toEqual([]);
  setKnobs(stage, {});
  await bring(stage, WISH, "applied");
  await person.plan(stage, WISH.name);
  const { lastChange } = await person.settled(stage, WISH.name);
  const facts = await quietFacts(stage);
  expect(brokenInvariants(facts)).toEqual([]);
  expect(lastChange?.outcome).toBe("unchanged");
  expect(facts.cloud.map(({ id }) => id).sort()).toEqual(facts.state.map(({ id }) => id).sort());
  expect(facts.cloud).toHaveLength(12);
  return facts;
}

test("F1: kill -9 of the server while planning: the plan runs again and asks with one card", async () => {
  await using stage = await started();
  await person.request(stage, WISH);
  await person.plan(stage, WISH.name);
  await eventually(
    () => factsOf(stage),
    ({ runs }) => runs.some(({ status }) => status === "running"),
  );

  await stage.kill();
  await stage.start();
  await person.waitFor(stage, WISH.name, ({ status }) => status === "planned");
  await person.ask(stage, WISH.name);

  const facts = await quietFacts(stage);
  expect(brokenInvariants(facts)).toEqual([]);
  expect(facts.runs).toMatchObject([{ kind: "plan", status: "done", attempts: 2 }]);
  expect(cardsOf(facts, "approval").size).toBe(1);
  expect(cardsOf(facts, "progress").size).toBe(1);
});

test("F2: kill -9 of the server while applying: the apply ends by itself and is watched again", async () => {
  await using stage = await started();
  await applying(stage, 3);

  await stage.kill();
  await sleep(2_000);
  await stage.start();

  const end = await person.settled(stage, WISH.name);
  const facts = await quietFacts(stage);
  expect([end.status, end.standing]).toEqual(["applied", "live"]);
  expect(brokenInvariants(facts)).toEqual([]);
  expect([facts.state.length, facts.locks.length]).toEqual([12, 0]);
  expect([...facts.applyStarts.values()].at(-1)).toBe(1);
});

test.each(["terraform", "session"] as const)(
  "F3: kill -9 of the %s of an apply: interrupted, and a recovery with imports makes it whole",
  async (victim) => {
    await using stage = await started();
    await applying(stage, 4);

    killApply(stage, victim);

    const end = await person.settled(stage, WISH.name);
    expect([end.status, end.standing]).toEqual(["interrupted", "uncertain"]);
    expect(end.uncertain.filter(({ found }) => found === "created").length).toBeGreaterThan(2);
    await expectWholeAfterRecovery(stage);
  },
);

test("F4: the provider dies after a create: that address is listed, and a recovery is offered", async () => {
  await using stage = await started();
  const fault = { at: "after create", do: "die", name: "kill-b-1", once: "b-1" };
  setKnobs(stage, { aws_s3_bucket: { create_ms: 300, faults: [fault] } });
  await person.putToVote(stage, WISH);

  await person.approve(stage, WISH.name);

  const end = await person.settled(stage, WISH.name);
  expect([end.status, end.standing]).toEqual(["interrupted", "uncertain"]);
  expect(end.uncertain.map(({ address }) => address)).toContain("module.this.aws_s3_bucket.b[1]");
  const facts = await expectWholeAfterRecovery(stage);
  expect(cardsOf(facts, "report").size).toBeGreaterThan(1);
});

test("F4: kill -9 of the provider's process counts the same", async () => {
  await using stage = await started();
  await applying(stage, 4);

  expect(killApply(stage, "provider")).toBeGreaterThan(0);

  const end = await person.settled(stage, WISH.name);
  expect([end.status, end.standing]).toEqual(["interrupted", "uncertain"]);
  expect(end.uncertain.length).toBeGreaterThan(0);
  await expectWholeAfterRecovery(stage);
});

const Identity = z.looseObject({ bootId: z.string() });

test("F5: the machine loses power: interrupted, the lock is freed, nothing runs again", async () => {
  await using stage = await started();
  await applying(stage, 4);
  const before = await factsOf(stage);

  await stage.kill();
  killApply(stage, "session");
  for (const folder of applyFolders(stage.dataDir)) {
    // What was not yet on the disk is lost, and the machine has another boot id now.
    const output = join(folder, "out.jsonl");
    truncateSync(output, readFileSync(output, "utf8").indexOf('"type":"apply_complete"'));
    const identity = Identity.parse(
      JSON.parse(readFileSync(join(folder, "apply.process"), "utf8")),
    );
    const booted = { ...identity, bootId: "00000000-0000-4000-8000-000000000000" };
    writeFileSync(join(folder, "apply.process"), JSON.stringify(booted));
  }
  await stage.start();

  const end = await person.settled(stage, WISH.name);
  const facts = await quietFacts(stage);
  expect(before.locks).toHaveLength(1);
  expect([end.status, end.standing, facts.locks.length]).toEqual(["interrupted", "uncertain", 0]);
  expect([...facts.applyStarts.values()].every((starts) => starts <= 1)).toBe(true);
  await bring(stage, WISH, "applied");
});
