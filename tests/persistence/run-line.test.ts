import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { RunId } from "#deployments/ids.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, done, heart, MODULE, type Heart } from "#tests/support/deployments.ts";
import { fillLine, type InLine } from "#tests/support/line.ts";

describe.each(testDatabases())("the line of runs on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
    const request = { name: "template", module: MODULE.name, vars: {} };
    const made = done(await house.service.request(asked("dev"), request));
    done(await house.service.plan(asked("dev"), made.id, {}));
  });
  beforeEach(async () => {
    const { db } = database;
    await db("runs").delete();
    await db("announcements").delete();
    await db("plans").delete();
    await db("changes")
      .where("deployment_id", "in", db("deployments").whereLike("name", "line-%").select("id"))
      .delete();
    await db("deployments").whereLike("name", "line-%").delete();
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  const plans = (requester: string, count: number): InLine[] =>
    Array.from({ length: count }, () => ({ requester, kind: "plan" }));

  async function claimAll(): Promise<string[]> {
    const order: string[] = [];
    for (;;) {
      const run = await house.runs.claimNext("worker-1");
      if (run === null) {
        return order;
      }
      order.push(`${run.requester} ${run.kind}`);
    }
  }

  /** Places in the line as the runs say them, in the order given. */
  async function places(ids: readonly string[]): Promise<(number | null | undefined)[]> {
    const runs = await Promise.all(ids.map((id) => house.runs.load(RunId.parse(id))));
    return runs.map((run) => run?.ahead);
  }

  const announced = async () =>
    Number((await database.db("announcements").where({ card: "progress" }).count())[0]?.["count"]);

  test("somebody with many runs does not keep the others waiting", async () => {
    await fillLine(database.db, [...plans("dev", 4), ...plans("lead", 2), ...plans("ops", 1)]);

    const order = await claimAll();

    expect(order.map((line) => line.split(" ")[0]).join(" ")).toBe("dev lead ops dev lead dev dev");
  });

  test("who was served longest ago comes first, also among newcomers", async () => {
    await fillLine(database.db, plans("dev", 3));
    await house.runs.claimNext("worker-1");

    await fillLine(database.db, plans("lead", 1));
    const next = await house.runs.claimNext("worker-1");

    expect(next?.requester).toBe("lead");
  });

  test("applies come before plans", async () => {
    await fillLine(database.db, [...plans("dev", 2), { requester: "lead", kind: "apply" }]);

    const order = await claimAll();

    expect(order).toEqual(["lead apply", "dev plan", "dev plan"]);
  });

  test("an apply waits two minutes for a worker that may apply its plan, and holds up nobody", async () => {
    const { db } = database;
    const [apply = ""] = await fillLine(db, [
      { requester: "dev", kind: "apply" },
      { requester: "dev", kind: "plan" },
    ]);
    const { change_id } = await db("runs").where({ id: apply }).first("change_id");
    const maker = { product: "terraform", version: "1.11.4", isolation: "none" } as const;
    const facts = JSON.stringify({ terraform: { ...maker, binary: "/bin/terraform" } });
    const empty = Buffer.alloc(0);
    await db("plans").insert({
      change_id,
      digest: "a".repeat(64),
      facts,
      text_sealed: empty,
      json_sealed: empty,
    });
    const claim = async (other: object) => {
      const run = await house.runs.claimNext("worker-1", { ...maker, ...other });
      await db("runs").update({ status: "queued", worker: null, lease_until: null });
      return run?.kind;
    };
    const others = [{ version: "1.12.0" }, { product: "tofu" }, { isolation: "bubblewrap" }];

    const early = [await claim({})];
    for (const other of others) {
      early.push(await claim(other));
    }
    await db("runs").update({ queued_at: db.raw("now() - interval '121 s'") });
    const late = await claim({ version: "1.12.0" });

    expect(early).toEqual(["apply", "plan", "plan", "plan"]);
    expect(late).toBe("apply");
  });

  test("a run knows how many come first, and is served in that order", async () => {
    const entries = [...plans("dev", 3), ...plans("lead", 1)];
    const ids = await fillLine(database.db, [...entries, { requester: "ops", kind: "apply" }]);

    const moved = await house.runs.tellLine();

    expect(moved).toBe(5);
    expect(await places(ids)).toEqual([1, 3, 4, 2, 0]);
    expect((await house.runs.claimNext("worker-1"))?.id).toBe(ids[4]);
  });

  test("a card is told of its place when it moves, not more often than every 3 s", async () => {
    const ids = await fillLine(database.db, plans("dev", 3));
    await house.runs.tellLine();
    const first = await announced();
    await house.runs.claimNext("worker-1");

    await house.runs.tellLine();
    const atOnce = await announced();
    await database.db("runs").update({ told_at: database.db.raw("now() - interval '4 s'") });
    await house.runs.tellLine();
    await house.runs.tellLine();

    expect([first, atOnce, await announced()]).toEqual([3, 3, 5]);
    expect(await places(ids)).toEqual([null, 0, 1]);
  });

  test("a long line is told in tens, so that a step of it does not edit every card", async () => {
    const ids = await fillLine(database.db, plans("dev", 40));
    await house.runs.tellLine();
    await database.db("runs").update({ told_at: database.db.raw("now() - interval '4 s'") });
    await house.runs.claimNext("worker-1");

    const moved = await house.runs.tellLine();

    expect((await places(ids)).slice(8, 13)).toEqual([7, 8, 9, 10, 10]);
    expect(moved).toBe(9 + 1 + 2);
  });

  test("processes that count at the same moment tell of each move once", async () => {
    await fillLine(database.db, plans("dev", 5));

    const moved = await Promise.all([1, 2, 3].map(() => house.runs.tellLine()));

    expect(moved.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(await announced()).toBe(5);
  });
});
