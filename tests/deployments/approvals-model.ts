import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { lookAtApprovals } from "#deployments/due.ts";
import type { ChangeId, DeploymentId, RunId } from "#deployments/ids.ts";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import type { Claim } from "#deployments/run.ts";
import type { Ballot } from "#deployments/service.ts";
import type { Database } from "#persistence/database.ts";
import { isRefusal } from "#text/refusal.ts";
import {
  APPLIED,
  asked,
  ballot,
  done,
  heart,
  machine,
  MODULE,
  person,
  plan,
} from "#tests/support/deployments.ts";
import type { Heart } from "#tests/support/deployments.ts";
import { expectInvariants, expectRightfulStart, judgeApproval } from "./approvals-invariants.ts";

/** One deployment on the real service and the real store, and a runner that only reports. */
export type World = {
  house: Heart;
  readonly db: Database;
  readonly id: DeploymentId;
  /** Applies that the heart let start, each with how often. */
  readonly started: Map<ChangeId, number>;
  /** The highest fence seen of each run. */
  readonly fences: Map<RunId, number>;
  /** Runs that the fake runner has claimed and not ended. */
  held: { readonly claim: Claim; readonly kind: string; applying: boolean } | null;
  /** Every ballot that anybody was ever shown. */
  readonly ballots: Ballot[];
  last: { readonly who: Voter; readonly cast: Ballot } | null;
  /** The change whose approval was looked at last, so that each is judged when it happens. */
  judged: ChangeId | null;
};

type Voter = "dev" | "lead" | "ops";
type Requester = Voter | "lead's token";

let worlds = 0;

type Beginning = { readonly rules: number; readonly requester: Requester };

/** Whose plan waits at the start, and under which rules: one vote, two, or a second group. */
export function beginnings(): fc.Arbitrary<Beginning> {
  const requester = fc.constantFrom<Requester>("dev", "dev", "lead's token");
  return fc.record({ rules: fc.constantFrom(0, 1, 4), requester });
}

export async function aWorld(db: Database, { rules, requester }: Beginning): Promise<World> {
  worlds += 1;
  await db("runs").whereNot({ status: "done" }).update({ status: "failed" });
  const house = heart(db);
  house.world.policy = RULES[rules] ?? LOCAL_POLICY;
  const wanted = { name: `model-${worlds}`, module: MODULE.name, vars: {} };
  const { id } = done(await house.service.request(asked("dev"), wanted));
  const [started, fences] = [new Map<ChangeId, number>(), new Map<RunId, number>()];
  const world: World = {
    house,
    db,
    id,
    started,
    fences,
    judged: null,
    last: null,
    held: null,
    ballots: [],
  };
  // Begins where it gets interesting: a plan that waits for votes.
  await replan(world, requester);
  await runner(world);
  await remember(world);
  return world;
}

type Act = (world: World) => Promise<void>;

function command(name: string, act: Act): fc.AsyncCommand<object, World> {
  return {
    check: () => true,
    async run(_model, world) {
      await act(world);
      await judgeApproval(world);
      await remember(world);
      await expectInvariants(world);
    },
    toString: () => name,
  };
}

export function commands() {
  const voters = fc.constantFrom<Voter>("dev", "lead", "ops");
  const requesters = fc.constantFrom<Requester>("dev", "lead", "ops", "lead's token");
  const plans = requesters.map((who) => command(`plan by ${who}`, (w) => replan(w, who)));
  const approvals = voters.map((who) => command(`approve by ${who}`, (w) => vote(w, who)));
  const work = fc.constant(command("runner", runner));
  return [
    plans,
    // Weighted by being here more than once: without votes and runs nothing happens.
    approvals,
    approvals,
    approvals,
    work,
    work,
    work,
    fc.constant(command("claim only", claimOnly)),
    voters.map((who) => command(`reject by ${who}`, (w) => vote(w, who, "reject"))),
    fc.nat(9).map((at) => command(`old ballot ${at}`, (w) => oldBallot(w, at))),
    fc.constant(command("both at once", both)),
    fc.constant(command("redeliver", redeliver)),
    fc.constant(command("start again", startAgain)),
    fc.constant(command("cancel", cancel)),
    fc.constant(command("expire", (w) => clock(w, 25).then(() => look(w)))),
    fc.constant(command("look", look)),
    // What is due by the clock and by an edit meets seldom by chance: looks that come at once.
    fc.constant(command("an hour, look", (w) => clock(w, 1).then(() => look(w)))),
    fc
      .constantFrom(4, 5)
      .map((at) => command(`rules ${at}, look`, (w) => ruled(w, at).then(() => look(w)))),
    fc.constantFrom(-1, 1, 13).map((hours) => command(`clock ${hours} h`, (w) => clock(w, hours))),
    fc.constant(command("restart", restart)),
    fc.constant(command("state moved", stateMoved)),
    fc.nat(RULES.length - 1).map((at) => command(`rules ${at}`, (w) => ruled(w, at))),
  ];
}

const { people, groups } = LOCAL_POLICY;
const WITHOUT_LEAD = { ...groups, approvers: { members: ["ops"], roles: ["approver"] } };
/** `lead` is asked first, `ops` at 80 % of these hours. */
function escalating(expiresAfterHours: number): Policy {
  const approval = { groups: ["approvers"], escalate: "admins", expiresAfterHours };
  return Policy.parse({
    people,
    groups: { ...groups, approvers: { members: ["lead"] } },
    approval,
  });
}
const RULES: readonly Policy[] = [
  LOCAL_POLICY,
  Policy.parse({ people, groups, approval: { votes: 2 } }),
  Policy.parse({ people, groups: WITHOUT_LEAD, approval: { modules: "ignored" } }),
  Policy.parse({ people, groups, freezes: [{ reason: "model", until: "2027-01-01T00:00:00Z" }] }),
  // One hour, which the clock of the model goes, is more than 80 % of it.
  escalating(1.2),
  escalating(24),
];

async function replan(world: World, who: Requester): Promise<void> {
  const by = who === "lead's token" ? machine("lead") : person(who);
  await world.house.service.plan(asked("dev", { by }), world.id, {});
}

async function vote(
  world: World,
  who: Voter,
  decision: Ballot["decision"] = "approve",
): Promise<void> {
  const now = done(await world.house.deployments.load(world.id));
  const cast = now.change === null ? world.ballots.at(-1) : ballot(now);
  if (cast !== undefined) {
    world.last = { who, cast: { ...cast, decision } };
    await world.house.service.vote(person(who), world.id, world.last.cast);
  }
}

async function oldBallot(world: World, at: number): Promise<void> {
  const cast = world.ballots[at];
  if (cast !== undefined) {
    await world.house.service.vote(person("lead"), world.id, cast);
  }
}

async function both(world: World): Promise<void> {
  await Promise.all([vote(world, "lead"), vote(world, "ops")]);
}

async function redeliver({ house, id, last }: World): Promise<void> {
  if (last !== null) {
    await house.service.vote(person(last.who), id, last.cast);
  }
}

async function cancel({ house, id }: World): Promise<void> {
  await house.service.cancel(asked("dev"), id);
}

async function look({ house }: World): Promise<void> {
  await lookAtApprovals(house.parts);
}

async function clock({ house }: World, hours: number): Promise<void> {
  house.world.now = new Date(house.world.now.getTime() + hours * 3_600_000);
}

async function ruled({ house }: World, at: number): Promise<void> {
  house.world.policy = RULES[at] ?? LOCAL_POLICY;
}

async function stateMoved({ house }: World): Promise<void> {
  house.world.serial = (house.world.serial ?? 0) + 1;
}

/** New objects on the same rows; clock, state and policy are the world's, not the process's. */
async function restart(world: World): Promise<void> {
  const before = world.house.world;
  world.house = heart(world.db);
  Object.assign(world.house.world, before);
}

/** One step of a runner: takes a run where it has none, and brings it a step further. */
async function runner(world: World): Promise<void> {
  if (world.held === null) {
    await claimNext(world);
  }
  if (world.held === null) {
    return;
  }
  const { claim, kind, applying } = world.held;
  if (kind === "plan") {
    await reportPlan(world, claim);
  } else if (applying) {
    await world.house.reports.applyEnded(claim, world.id, APPLIED);
  } else if (await starts(world, claim)) {
    world.held.applying = true;
    return;
  }
  await world.house.runs.end(claim, "done");
  world.held = null;
}

/** A delivery of the same run once more, whether it has started or not. */
async function startAgain(world: World): Promise<void> {
  const { held } = world;
  if (held?.kind === "apply" && (await starts(world, held.claim))) {
    held.applying = true;
  }
}

async function claimOnly(world: World): Promise<void> {
  if (world.held === null) {
    await claimNext(world);
  }
}

async function claimNext(world: World): Promise<void> {
  const run = await world.house.runs.claimNext("worker-1");
  if (run !== null) {
    const claim = { run: run.id, fence: run.fence, worker: "worker-1" };
    world.held = { claim, kind: run.kind, applying: false };
  }
}

async function reportPlan({ house, id }: World, claim: Claim): Promise<void> {
  const { change } = done(await house.deployments.load(id));
  const digest = createHash("sha256").update(claim.run).digest("hex");
  if (change?.state === "planning" && change.run === claim.run) {
    const sealed = { facts: "{}", text_sealed: Buffer.alloc(0), json_sealed: Buffer.alloc(0) };
    await house.plansTable().insert({ change_id: change.id, digest, ...sealed });
  }
  await house.reports.planReady(claim, id, plan(house.world.serial, digest));
}

async function starts(world: World, claim: Claim): Promise<boolean> {
  const answer = await world.house.reports.applyStarting(claim, world.id);
  if (answer === null || isRefusal(answer) || answer.change === null) {
    return false;
  }
  const { change } = answer;
  expect(change.state).toBe("applying");
  world.started.set(change.id, (world.started.get(change.id) ?? 0) + 1);
  await expectRightfulStart(world, change.id);
  return true;
}

async function remember(world: World): Promise<void> {
  const now = done(await world.house.deployments.load(world.id));
  if (now.change?.state === "awaiting_approval") {
    world.ballots.push(ballot(now));
  }
}
