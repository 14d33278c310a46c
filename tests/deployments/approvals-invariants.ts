import { expect } from "vitest";
import type { World } from "./approvals-model.ts";

const ENDED_LOUDLY = ["applied", "rejected", "expired", "cancelled", "failed", "interrupted"];

/** What holds after every command, whatever it was. */
export async function expectInvariants(world: World): Promise<void> {
  expectOneStart(world);
  await expectOneFinalCard(world);
  await expectOneActiveRun(world);
  await expectHonestVotes(world);
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
    .whereRaw("v.voter = c.body->>'requester'");
  expect(own).toEqual([]);
}
