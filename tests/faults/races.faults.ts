import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { brokenInvariants } from "./invariants.ts";
import { slowBuckets } from "./support/cloud-knobs.ts";
import { quietFacts, type Facts } from "./support/facts.ts";
import * as person from "./support/person.ts";
import { lines } from "./support/processes.ts";
import { isEmbedded } from "./support/stage-database.ts";
import { openStage, type Stage } from "./support/stage.ts";

const CLOCK = pathToFileURL(join(import.meta.dirname, "support/clock-preload.ts")).href;
const BUCKETS = { name: "race", module: "aws_buckets", vars: {} };

async function started(): Promise<Stage> {
  const stage = await openStage();
  await stage.start();
  return stage;
}

async function ballot(stage: Stage, name: string) {
  const { plan } = await person.seen(stage, name);
  return { decision: "approve", digest: plan?.digest, confirmName: name };
}

function appliesOf({ runs }: Facts, { id }: person.Seen) {
  return runs.filter(({ deployment_id: of, kind }) => of === id && kind === "apply");
}

test("F15: two approvals in the same moment start one apply, and nobody is left without a word", async () => {
  await using stage = await started();
  await person.putToVote(stage, person.notes("race"));
  const vote = await ballot(stage, "race");

  const answers = await Promise.all(
    ["lead", "ops", "lead", "ops"].map((voter) =>
      stage.post(voter, "/deployments/race/vote", vote),
    ),
  );

  const end = await person.settled(stage, "race");
  const facts = await quietFacts(stage);
  const codes = answers.map(({ status }) => status);
  expect(codes.some((status) => status < 300)).toBe(true);
  expect(codes.every((status) => status < 300 || status === 409)).toBe(true);
  expect([end.status, appliesOf(facts, end).length]).toEqual(["applied", 1]);
  expect(brokenInvariants(facts)).toEqual([]);
});

test("F16: an approval that races a cancel has one order, and all that is seen agrees with it", async () => {
  await using stage = await started();
  const names = ["race-a", "race-b", "race-c", "race-d"];
  for (const name of names) {
    await person.putToVote(stage, person.notes(name));
  }

  const ends: person.Seen[] = [];
  for (const [index, name] of names.entries()) {
    const vote = await ballot(stage, name);
    const approve = () => stage.post("lead", `/deployments/${name}/vote`, vote);
    const cancel = () => stage.post("dev", `/deployments/${name}/cancel`);
    await Promise.all((index % 2 === 0 ? [approve, cancel] : [cancel, approve]).map((go) => go()));
    ends.push(await person.settled(stage, name));
  }

  const facts = await quietFacts(stage);
  for (const end of ends) {
    const starts = appliesOf(facts, end).map(({ id }) => facts.applyStarts.get(id) ?? 0);
    const ran = starts.some((count) => count > 0);
    expect(["applied", "cancelled", "failed", "created"]).toContain(end.status);
    expect(end.standing === "nothing" || ran).toBe(true);
  }
  expect(brokenInvariants(facts)).toEqual([]);
});

test.skipIf(isEmbedded())(
  "F20: clocks an hour ahead and an hour behind: leases follow the database, each run is done once",
  async () => {
    const node = ["--import", CLOCK];
    const queue = { QUEUE: "postgres" };
    const ahead = { ...queue, CLOCK_SHIFT_MS: "3600000" };
    const behind = { ...queue, CLOCK_SHIFT_MS: "-3600000" };
    await using early = await openStage({ node, env: behind });
    await using late = await openStage({ node, env: ahead, beside: early });
    await early.start();
    await late.start();
    const names = ["clock-a", "clock-b", "clock-c", "clock-d"];

    await Promise.all(names.map((name) => person.putToVote(early, person.notes(name))));
    await Promise.all(names.map((name) => person.approve(early, name)));

    const ends = await Promise.all(names.map((name) => person.settled(early, name)));
    const facts = await quietFacts(early, [late]);
    expect(ends.map(({ status }) => status)).toEqual(names.map(() => "applied"));
    expect(facts.runs.map(({ status, attempts }) => [status, attempts])).toEqual(
      facts.runs.map(() => ["done", 1]),
    );
    expect(brokenInvariants(facts)).toEqual([]);
  },
);

test("F25: a cancel during an apply: what is under way ends, and people see what exists", async () => {
  await using stage = await started();
  slowBuckets(stage, 3_000);
  await person.putToVote(stage, BUCKETS);
  await person.approve(stage, BUCKETS.name);
  await lines(stage, "apply_start", 3);

  const answer = await stage.post("dev", `/deployments/${BUCKETS.name}/cancel`);

  const end = await person.settled(stage, BUCKETS.name);
  const facts = await quietFacts(stage);
  expect(answer.status).toBeLessThan(300);
  expect([end.status, end.standing]).toEqual(["cancelled", "partial"]);
  expect(facts.cloud.map(({ id }) => id).sort()).toEqual(facts.state.map(({ id }) => id).sort());
  expect(facts.cloud.length).toBeLessThan(12);
  expect(brokenInvariants(facts)).toEqual([]);
});

test.skipIf(isEmbedded())(
  "F29: a plan that was cut in the database is never applied, and can be made anew",
  async () => {
    await using stage = await started();
    await person.putToVote(stage, person.notes("cut"));
    await stage.database.read((db) =>
      db.raw("update plans set bundle = substring(bundle from 1 for length(bundle) / 2)"),
    );

    await person.approve(stage, "cut").catch(() => {
      // It may be found out at the vote already.
    });

    const end = await person.settled(stage, "cut");
    const facts = await quietFacts(stage);
    expect([...facts.applyStarts.entries()].filter(([run]) => isApply(facts, run))).toEqual([]);
    expect([end.standing, facts.state.length]).toEqual(["nothing", 0]);
    expect(brokenInvariants(facts)).toEqual([]);
  },
);

function isApply({ runs, applyStarts }: Facts, run: string): boolean {
  return runs.some(({ id, kind }) => id === run && kind === "apply") && applyStarts.get(run) !== 0;
}
