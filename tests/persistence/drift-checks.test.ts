import { describe, expect, test } from "vitest";
import { failedLook } from "#deployments/drift.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  asked,
  ballot,
  claim,
  done,
  heart,
  person,
  waiting,
  type Heart,
} from "#tests/support/deployments.ts";

describe.each(testDatabases())("drift checks and neighbours, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  async function live(house: Heart) {
    const { id } = await waiting(house);
    const now = await house.deployments.load(id);
    done(await house.service.vote(person("lead"), id, ballot(done(now))));
    const held = await claim(house);
    done(await house.reports.applyStarting(held, id));
    const end = { exitCode: 0, started: 1, uncertain: [], managed: 1, outputs: [], resources: [] };
    done(
      await house.reports.applyEnded(held, id, {
        ...end,
        cancelled: false,
        stale: false,
        error: "",
      }),
    );
    await house.runs.end(held, "done");
    return id;
  }

  test("a check is asked for, found out by the worker that holds it, and no other", async () => {
    const house = heart(opened.db);
    const id = await live(house);

    done(await house.service.drift(asked("dev", { requestKey: "k" }), id));
    const open = await house.parts.driftChecks.newest(id);
    const held = await claim(house);
    const fenced = await house.reports.driftEnded(
      { ...held, fence: 0 },
      id,
      failedLook("error", null),
    );
    done(await house.reports.driftEnded(held, id, failedLook("skipped", null)));

    const ended = await house.parts.driftChecks.newest(id);
    expect(open).toMatchObject({ requester: "dev", result: null, requestKey: "k" });
    expect(fenced).toBeNull();
    expect(ended).toMatchObject({ run: held.run, result: { outcome: "skipped" } });
    expect(await house.parts.driftChecks.load(held.run)).toEqual(ended);
    await house.runs.end(held, "done");
  });

  test("what exists is beside everybody, but only some may see whose it is", async () => {
    const house = heart(opened.db);
    const id = await live(house);

    const [mine] = await house.deployments.neighbours(person("lead"));
    const [theirs] = await house.deployments.neighbours(person("student"));

    expect(mine).toMatchObject({ id, visible: true, stands: true });
    expect(theirs).toMatchObject({ id, visible: false, stands: true });
  });

  test("so is what was asked for and not planned yet, and not what came to nothing", async () => {
    const house = heart(opened.db);
    const { id } = await waiting(house);
    done(await house.service.cancel(asked("dev"), id));
    const request = { name: "next", module: "fixture_env", vars: {} };
    const next = done(await house.service.request(asked("dev"), request));

    const beside = await house.deployments.neighbours(person("lead"));

    expect(beside.map((each) => [each.id, each.stands])).toEqual([[next.id, false]]);
  });
});
