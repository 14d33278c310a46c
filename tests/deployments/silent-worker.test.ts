import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statusOf } from "#deployments/deployment.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { RunId } from "#deployments/ids.ts";
import type { Claim } from "#deployments/run.ts";
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

const ENDED = {
  exitCode: 1,
  started: 1,
  uncertain: [],
  managed: 0,
  outputs: [],
  resources: [],
  cancelled: true,
  stale: false,
  error: "",
};

describe.each(testDatabases())("runs of a worker that is not heard from, on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;
  let count = 0;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  async function applying(): Promise<{ shop: Deployment; held: Claim }> {
    count += 1;
    const asking = await waiting(house, `held-${count}`);
    done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
    const held = await claim(house);
    return { shop: done(await house.reports.applyStarting(held, asking.id)), held };
  }

  async function silence({ run }: Claim) {
    await database.db("runs").where({ id: run }).update({ lease_until: "2026-01-01T00:00:00Z" });
  }

  describe("an apply on another machine that is not heard from", () => {
    test("reads interrupted with nothing taken from it, and its own worker still ends it", async () => {
      const { shop, held } = await applying();
      await silence(held);
      const [run] = await house.runs.abandoned("worker-2");

      const marked = run === undefined ? null : done(await house.reports.applyHeard(run, false));
      const refused = await house.service.plan(asked("dev"), shop.id, {});
      const over = done(
        await house.reports.applyEnded(held, shop.id, { ...ENDED, exitCode: 0, managed: 1 }),
      );

      expect(run?.id).toBe(held.run);
      expect(marked === null ? null : statusOf(marked)).toBe("interrupted");
      expect(refusedWith(refused)).toBe("busy-applying");
      expect(statusOf(over)).toBe("applied");
      await house.runs.end(held, "done");
    });

    test("is no longer marked once it is heard again", async () => {
      const { shop, held } = await applying();
      await silence(held);
      const run = await house.runs.load(RunId.parse(held.run));

      if (run !== null) {
        done(await house.reports.applyHeard(run, false));
        done(await house.reports.applyHeard(run, true));
      }

      expect(statusOf(done(await house.deployments.load(shop.id)))).toBe("applying");
      await house.reports.applyEnded(held, shop.id, ENDED);
      await house.runs.end(held, "failed");
    });

    test("a plan of a silent worker is adopted with a raised fence, once", async () => {
      count += 1;
      const made = done(
        await house.service.request(asked("dev"), {
          name: `held-${count}`,
          module: "fixture_env",
          vars: {},
        }),
      );
      done(await house.service.plan(asked("dev"), made.id, {}));
      const held = await claim(house);
      await silence(held);
      const [run] = await house.runs.abandoned("worker-2");

      const both =
        run === undefined
          ? []
          : await Promise.all([
              house.runs.adopt(run, "worker-2"),
              house.runs.adopt(run, "worker-3"),
            ]);

      expect(both.map((one) => one?.fence ?? null).toSorted()).toEqual([held.fence + 1, null]);
      expect(await house.runs.heartbeat(held)).toBe(false);
    });
  });
});
