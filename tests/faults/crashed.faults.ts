import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenInvariants } from "./invariants.ts";
import { openGauntlet, type Gauntlet } from "./support/crash-points.ts";
import { eventually } from "./support/eventually.ts";
import { quietFacts, type Facts } from "./support/facts.ts";
import * as person from "./support/person.ts";
import { walkTo } from "./support/walk.ts";

const VOTED = /^commit: .*insert into runs, insert into votes/;
const APPLYING = /^commit: .*update plans\(consumed_at.*#1$/;
const ENDED = /^before commit: .*update deployments/;

let gauntlet: Gauntlet;
let points: readonly string[];

beforeAll(async () => {
  gauntlet = await openGauntlet();
  await gauntlet.stage.start();
  points = await gauntlet.points(walkTo(person.notes("first"), "applied"));
});
afterAll(async () => {
  await gauntlet[Symbol.asyncDispose]();
});

/** Votes, dies at the point, starts again; answers how it stands then, with all the facts. */
async function diedAt(name: string, point: string | undefined) {
  const { stage } = gauntlet;
  await gauntlet.arm(point ?? "no such point");
  await person.putToVote(stage, person.notes(name));
  await person.approve(stage, name).catch(() => {
    // The answer to the vote may die with the server.
  });
  await eventually(
    () => stage.isUp(),
    (up) => !up,
  );
  await stage.start();
  const end = await person.settled(stage, name);
  return { end, facts: await quietFacts(stage) };
}

function appliesOf({ runs, applyStarts }: Facts, { id }: person.Seen) {
  return runs
    .filter(({ deployment_id: of, kind }) => of === id && kind === "apply")
    .map((run) => ({ status: run.status, starts: applyStarts.get(run.id) ?? 0 }));
}

test("F6: a crash after the vote's commit, before the wake-up: the apply is found and runs once", async () => {
  const { end, facts } = await diedAt(
    "voted",
    points.find((point) => VOTED.test(point)),
  );

  expect(end.status).toBe("applied");
  expect(appliesOf(facts, end)).toEqual([{ status: "done", starts: 1 }]);
  expect(brokenInvariants(facts)).toEqual([]);
});

test("F7: a crash after the commit of the apply, before its start: nothing ran, and people are told", async () => {
  const { end, facts } = await diedAt(
    "committed",
    points.find((point) => APPLYING.test(point)),
  );

  expect([end.lastChange?.outcome, end.uncertain]).toEqual(["interrupted", []]);
  expect(appliesOf(facts, end)).toEqual([{ status: "lost", starts: 0 }]);
  expect(facts.state.length).toBe(3 * 2);
  expect(brokenInvariants(facts)).toEqual([]);
});

test("F8: a crash after Terraform's exit, before its commit: the end is read from the files", async () => {
  const { end, facts } = await diedAt(
    "exited",
    points.findLast((point) => ENDED.test(point)),
  );

  expect([end.status, end.lastChange?.outcome]).toEqual(["applied", "applied"]);
  expect(appliesOf(facts, end)).toEqual([{ status: "done", starts: 1 }]);
  expect(brokenInvariants(facts)).toEqual([]);
});
