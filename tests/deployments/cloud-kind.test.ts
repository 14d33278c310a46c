import { afterAll, beforeAll, expect, test, describe } from "vitest";
import { isSimulated, refusedCloud } from "#deployments/cloud-kind.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  asked,
  ballot,
  claim,
  done,
  heart,
  person,
  refusedWith,
  waiting,
  type Heart,
} from "#tests/support/deployments.ts";

test("a deployment is worked on only in the cloud it was made in; a local one anywhere", () => {
  const made = (["aws", "gcp", "local"] as const).map((cloud) => ({
    name: "shop",
    cloud,
    simulated: isSimulated(cloud, { simulated: true }),
  }));

  const here = made.map((one) => refusedCloud(one, { simulated: true }));
  const there = made.map((one) => refusedCloud(one, { simulated: false })?.code);

  expect(here).toEqual([null, null, null]);
  expect(there).toEqual(["made-in-simulated-cloud", "made-in-simulated-cloud", undefined]);
  expect(
    refusedCloud({ name: "shop", cloud: "aws", simulated: false }, { simulated: true })?.code,
  ).toBe("made-in-real-cloud");
});

describe.each(testDatabases())("a deployment of the other cloud, on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  /** As if the server that made it had simulated its cloud. */
  async function moveToSimulation({ id }: Deployment): Promise<void> {
    await database.db("deployments").where({ id }).update({ cloud: "aws", simulated: true });
  }

  test("may be rejected and withdrawn, and nothing else", async () => {
    const asking = await waiting(house, "shop");
    await moveToSimulation(asking);

    const planned = await house.service.plan(asked("dev"), asking.id, {});
    const shown = await house.service.askApproval(asked("dev"), asking.id);
    const voted = await house.service.vote(person("lead"), asking.id, ballot(asking));
    const rejecting = ballot(asking, { decision: "reject", reason: "not here" });
    const rejected = done(await house.service.vote(person("lead"), asking.id, rejecting));

    const refused = [planned, shown, voted].map(refusedWith);
    expect(new Set(refused)).toEqual(new Set(["made-in-simulated-cloud"]));
    expect(rejected.lastChange?.outcome).toBe("rejected");
  });

  test("is neither destroyed nor looked at for drift", async () => {
    const asking = await waiting(house, "till");
    await house.service.cancel(asked("dev"), asking.id);
    const row = database.db("deployments").where({ id: asking.id });
    await row.update({ cloud: "aws", simulated: true, standing: JSON.stringify({ is: "live" }) });

    const destroyed = await house.service.destroy(asked("dev"), asking.id);
    const looked = await house.service.drift(asked("dev"), asking.id);

    expect([destroyed, looked].map(refusedWith)).toEqual([
      "made-in-simulated-cloud",
      "made-in-simulated-cloud",
    ]);
  });

  test("an apply that was queued before ends as failed and says why; its plan is not used", async () => {
    const asking = await waiting(house, "desk");
    done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
    const held = await claim(house);
    await moveToSimulation(asking);

    const started = await house.reports.applyStarting(held, asking.id);

    const now = await house.deployments.load(asking.id);
    const row = await house.plansTable().where({ change_id: asking.change?.id }).first();
    expect(refusedWith(started)).toBe("made-in-simulated-cloud");
    expect(now?.lastChange).toMatchObject({
      outcome: "failed",
      reason: { code: "made-in-simulated-cloud", params: { name: "desk" } },
    });
    expect(row).toMatchObject({ consumed_at: null });
  });
});
