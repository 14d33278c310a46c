import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment, OpenAddress } from "#deployments/deployment.ts";
import { createLeftovers } from "#deployments/leftovers.ts";
import type { Run } from "#deployments/run.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  APPLIED,
  asked,
  ballot,
  claim,
  done,
  heart,
  person,
  plan,
  savePlanRow,
  waiting,
  type Heart,
} from "#tests/support/deployments.ts";

const MADE: OpenAddress = { address: "x.made", found: "created", id: "m-1" };
const BEGUN: OpenAddress = { address: "x.begun", found: "started", id: null };

describe.each(testDatabases())("what a taken-over apply made unheard, on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  const leftovers = () => createLeftovers(house.parts);
  const load = async ({ id }: Deployment) => done(await house.deployments.load(id));

  async function applying(name: string): Promise<{ shop: Deployment; run: Run }> {
    const asking = await waiting(house, name);
    done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
    const held = await claim(house);
    const shop = done(await house.reports.applyStarting(held, asking.id));
    const run = await house.runs.load(held.run);
    if (run === null) {
      throw new Error("the run is gone");
    }
    return { shop, run };
  }

  async function takenOver(name: string): Promise<{ shop: Deployment; run: Run }> {
    const { shop, run } = await applying(name);
    const silent = { lease_until: "2026-01-01T00:00:00Z" };
    await database.db("runs").where({ id: run.id }).update(silent);
    done(await house.service.takeOver(asked("ops"), { id: shop.id, confirmName: name }));
    return { shop, run };
  }

  /** The recovery that follows, as far as its apply, which nobody has ended. */
  async function recovering(shop: Deployment) {
    done(await house.service.plan(asked("dev"), shop.id, {}));
    const planner = await claim(house);
    await savePlanRow(house, shop.id);
    const ready = done(await house.reports.planReady(planner, shop.id, plan(null)));
    await house.runs.end(planner, "done");
    done(await house.service.vote(person("lead"), shop.id, ballot(ready)));
    const held = await claim(house);
    done(await house.reports.applyStarting(held, shop.id));
    return held;
  }

  test("is uncertain, once however often it is told", async () => {
    const { shop, run } = await takenOver("once");

    const told = [
      await leftovers().unheard(run, [MADE, BEGUN]),
      await leftovers().unheard(run, [MADE, BEGUN]),
    ];

    const now = await load(shop);
    expect(told).toEqual([true, true]);
    expect(now.standing).toEqual({ is: "uncertain", intent: "apply", addresses: [MADE, BEGUN] });
    const audit = await house.deployments.auditOf(shop.id);
    expect(audit.filter(({ action }) => action === "found-later")).toMatchObject([
      { actor: "system", detail: { addresses: "x.made, x.begun" } },
    ]);
  });

  test("waits while a successor applies, and counts after it, but for what that took in", async () => {
    const { shop, run } = await takenOver("successor");
    const held = await recovering(shop);
    const taken = { address: "x.taken", found: "created", id: "t-1" } as const;

    const early = await leftovers().unheard(run, [MADE, taken]);
    const during = await load(shop);
    const resources = [{ address: "x.taken", type: "x", id: "t-1" }];
    done(await house.reports.applyEnded(held, shop.id, { ...APPLIED, resources }));
    await house.runs.end(held, "done");
    const later = await leftovers().unheard(run, [MADE, taken]);

    expect([early, during.change?.state, later]).toEqual([false, "applying", true]);
    const after = await load(shop);
    expect(after.lastChange?.outcome).toBe("applied");
    expect(after.standing).toEqual({ is: "uncertain", intent: "apply", addresses: [MADE] });
  });

  test("is nothing of an apply that its own worker settled", async () => {
    const { shop, run } = await applying("settled");
    const held = { run: run.id, fence: run.fence, worker: "worker-1" };
    done(await house.reports.applyEnded(held, shop.id, { ...APPLIED, exitCode: null }));
    await house.runs.end(held, "lost");
    const before = await load(shop);

    const told = await leftovers().unheard(run, [MADE]);

    expect(told).toBe(true);
    expect(await load(shop)).toEqual(before);
  });
});
