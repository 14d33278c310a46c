import { expect } from "vitest";
import type { ChangeId } from "#deployments/ids.ts";
import { done } from "#tests/support/deployments.ts";
import type { World } from "./approvals-model.ts";

const ENDED_LOUDLY = ["applied", "rejected", "expired", "cancelled", "failed", "interrupted"];

/** What holds after every command, whatever it was. */
export async function expectInvariants(world: World): Promise<void> {
  expectOneStart(world);
  await expectOneFinalCard(world);
  await expectOneActiveRun(world);
  await expectHonestVotes(world);
  await expectPatience(world);
}

/** The second group is asked when 80 % of the time that the rule gives now is over, not before. */
async function expectPatience({ house, id }: World): Promise<void> {
  const { change } = done(await house.deployments.load(id));
  if (change?.state === "awaiting_approval" && change.asking.escalatedAt !== null) {
    const { askedAt, expiresAt, escalatedAt } = change.asking;
    const waited = escalatedAt.getTime() - askedAt.getTime();
    expect(waited / (expiresAt.getTime() - askedAt.getTime())).toBeGreaterThanOrEqual(0.8);
  }
}

/** I3: at most one exec per approved plan. */
function expectOneStart({ started }: World): void {
  expect([...started.values()].every((times) => times === 1)).toBe(true);
}

/** I6: a change that ended for people has exactly one final card, an open one has none. */
async function expectOneFinalCard({ db, id }: World): Promise<void> {
  const rows = await db("changes as c")
    .where("c.deployment_id", id)
    .select("c.id", "c.state", db.raw("c.body->>'outcome' as outcome"))
    .select(
      db.raw(`(select count(*)::int from announcements a
                where a.change_id = c.id and a.card = 'report') as reports`),
    );
  for (const { state, outcome, reports } of rows) {
    const wanted = state === "ended" && ENDED_LOUDLY.includes(String(outcome)) ? 1 : 0;
    expect([state, outcome, reports]).toEqual([state, outcome, wanted]);
  }
}

/** I7: one active run, at most one apply waiting, and fences only rise. */
async function expectOneActiveRun({ db, house, id, fences }: World): Promise<void> {
  const runs = await house.runs.ofDeployment(id);
  const active = runs.filter(({ status }) => status === "claimed" || status === "running");
  const queued = runs.filter(({ kind, status }) => kind === "apply" && status === "queued");
  expect(active.length).toBeLessThanOrEqual(1);
  expect(queued.length).toBeLessThanOrEqual(1);
  for (const run of runs) {
    expect(run.fence).toBeGreaterThanOrEqual(fences.get(run.id) ?? 0);
    fences.set(run.id, run.fence);
  }
  const used = await db("plans").whereNotNull("consumed_by").select("consumed_by");
  expect(new Set(used.map(({ consumed_by }) => String(consumed_by))).size).toBe(used.length);
}

/** I8 as far as rows tell: nobody votes twice on a change, nobody on their own. */
async function expectHonestVotes({ db, id }: World): Promise<void> {
  const own = await db("votes as v")
    .join("changes as c", "c.id", "v.change_id")
    .where("v.deployment_id", id)
    .whereRaw("v.voter in (c.body->>'requester', c.body->>'tokenOwner')");
  expect(own).toEqual([]);
}

/** An approval is as rightful as a start, in the moment in which it is given. */
export async function judgeApproval(world: World): Promise<void> {
  const { change } = done(await world.house.deployments.load(world.id));
  if (change?.state === "approved" && change.id !== world.judged) {
    world.judged = change.id;
    await expectRightful(world, change.id);
  }
  if (change?.state === "awaiting_approval") {
    world.judged = null;
  }
}

export async function expectRightfulStart(world: World, change: ChangeId): Promise<void> {
  await expectRightful(world, change);
  const loaded = await world.house.deployments.loadChange(change);
  const plan = loaded !== null && "plan" in loaded.change ? loaded.change.plan : null;
  expect(plan?.stateSerial).toBe(world.house.world.serial);
}

/** I8, told from the rows alone: enough people with the right now, none of them the requester. */
async function expectRightful({ db, house }: World, change: ChangeId): Promise<void> {
  const { policy, now } = house.world;
  const votes = await db("votes").where({ change_id: change, decision: "approve" });
  const row = await db("plans").where({ change_id: change }).first();
  const loaded = await house.deployments.loadChange(change);
  const rightful = [
    ...(policy.groups["approvers"]?.members ?? []),
    ...(policy.groups["admins"]?.members ?? []),
  ].map(String);
  const good = votes.filter(
    ({ voter, digest, expires_at }) =>
      rightful.includes(String(voter)) &&
      voter !== loaded?.change.requester &&
      voter !== loaded?.change.tokenOwner &&
      digest === row?.digest &&
      new Date(String(expires_at)) > now,
  );
  expect(new Set(good.map(({ voter }) => String(voter))).size).toBeGreaterThanOrEqual(
    policy.approval.votes,
  );
  expect(policy.freezes).toEqual([]);
}
