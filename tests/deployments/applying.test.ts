import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenAddress } from "#deployments/deployment.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import type { ApplyEnd } from "#deployments/ports.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  asked,
  ballot,
  claim,
  done,
  heart,
  person,
  plan,
  waiting,
  type Heart,
} from "#tests/support/deployments.ts";

const FAILED: ApplyEnd = {
  exitCode: 1,
  started: 1,
  uncertain: [],
  managed: 1,
  outputs: [],
  resources: [],
  cancelled: false,
  stale: false,
  error: "Quota exceeded",
};

describe.each(testDatabases())("the end of an apply on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  /** Ends the apply of what waits for votes. */
  async function ends(id: DeploymentId, end: ApplyEnd) {
    const now = done(await house.deployments.load(id));
    done(await house.service.vote(person("lead"), id, ballot(now)));
    const held = await claim(house);
    done(await house.reports.applyStarting(held, id));
    const over = done(await house.reports.applyEnded(held, id, end));
    await house.runs.end(held, "lost");
    return over;
  }

  /** A deployment whose recovery waits for votes; its first apply left these open. */
  async function recovering(name: string, uncertain: readonly OpenAddress[]) {
    const { id } = await waiting(house, name);
    await ends(id, { ...FAILED, exitCode: null, uncertain });
    done(await house.service.plan(asked("dev"), id, {}));
    const held = await claim(house);
    const { change } = done(await house.deployments.load(id));
    await house.plansTable().insert({
      change_id: change?.id,
      digest: "a".repeat(64),
      facts: "{}",
      text_sealed: Buffer.alloc(0),
      json_sealed: Buffer.alloc(0),
    });
    done(await house.reports.planReady(held, id, plan(house.world.serial)));
    await house.runs.end(held, "done");
    return id;
  }

  test("a recovery that failed half-way forgets nothing that the state does not know", async () => {
    const id = await recovering("fails-again", [
      { address: "x.taken", found: "created", id: "t-1" },
      { address: "x.left", found: "created", id: "l-1" },
      { address: "x.begun", found: "started", id: null },
      { address: "x.half", found: "half", id: "h-1" },
      { address: "x.remade", found: "half", id: "r-1" },
    ]);

    const over = await ends(id, {
      ...FAILED,
      resources: [
        { address: "x.taken", type: "x", id: "t-1" },
        { address: "x.half", type: "x", id: "h-1" },
        { address: "x.remade", type: "x", id: "r-2" },
      ],
    });

    expect(over.lastChange).toMatchObject({ kind: "recover", outcome: "failed" });
    expect(over.standing).toEqual({
      is: "uncertain",
      intent: "apply",
      addresses: [
        { address: "x.left", found: "created", id: "l-1" },
        { address: "x.begun", found: "started", id: null },
        { address: "x.half", found: "half", id: "h-1" },
      ],
    });
  });

  test("a recovery that was interrupted adds to what was open before", async () => {
    const id = await recovering("dies-again", [
      { address: "x.left", found: "created", id: "l-1" },
      { address: "x.again", found: "started", id: null },
    ]);

    const over = await ends(id, {
      ...FAILED,
      exitCode: null,
      uncertain: [{ address: "x.again", found: "created", id: "a-1" }],
    });

    expect(over.standing).toMatchObject({
      addresses: [
        { address: "x.again", found: "created", id: "a-1" },
        { address: "x.left", found: "created", id: "l-1" },
      ],
    });
  });

  test("a recovery that came to its end settles everything", async () => {
    const id = await recovering("settles", [{ address: "x.y", found: "started", id: null }]);

    const over = await ends(id, { ...FAILED, exitCode: 0, error: "" });

    expect(over.standing).toEqual({ is: "live" });
  });

  test("a plan that Terraform finds stale is planned and voted on anew, never applied again", async () => {
    const { id } = await waiting(house, "stale-late");

    const over = await ends(id, { ...FAILED, started: 0, stale: true });

    expect(over.lastChange).toMatchObject({ outcome: "superseded", reason: { code: "stale" } });
    expect(over.standing).toEqual({ is: "nothing" });
    expect(over.change).toMatchObject({ state: "planning", kind: "create", requester: "dev" });
  });
});
