import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statusOf } from "#deployments/deployment.ts";
import type { ApplyEnd } from "#deployments/ports.ts";
import { lookAtApprovals } from "#deployments/due.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  APPLIED,
  asked,
  ballot,
  claim,
  done,
  heart,
  MODULE,
  person,
  plan,
  refusedWith,
  waiting,
  type Heart,
} from "#tests/support/deployments.ts";

describe.each(testDatabases())("deployments on $name", ({ open }) => {
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

  function name(): string {
    count += 1;
    return `shop-${count}`;
  }

  async function request(wanted = name()) {
    return house.service.request(asked("dev"), { name: wanted, module: MODULE.name, vars: {} });
  }

  async function applied() {
    const asking = await waiting(house, name());
    done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
    const held = await claim(house);
    done(await house.reports.applyStarting(held, asking.id));
    const live = done(await house.reports.applyEnded(held, asking.id, APPLIED));
    await house.runs.end(held, "done");
    return live;
  }

  test("a request makes one deployment that is created and belongs to the requester's team", async () => {
    const made = done(await request());

    expect(statusOf(made)).toBe("created");
    expect(made.team).toBe("dev-team");
    expect(await house.deployments.auditOf(made.id)).toMatchObject([
      { action: "deployment-created" },
    ]);
  });

  test("the same request key makes nothing new", async () => {
    const by = asked("dev", { requestKey: `key-${name()}` });
    const first = done(
      await house.service.request(by, { name: name(), module: MODULE.name, vars: {} }),
    );

    const second = done(
      await house.service.request(by, { name: name(), module: MODULE.name, vars: {} }),
    );

    expect(second.id).toBe(first.id);
  });

  test("a taken name, a bad name, an unknown module and wrong values are refused", async () => {
    const taken = done(await request());

    const codes = await Promise.all([
      request(taken.name),
      request("--config=x"),
      house.service.request(asked("dev"), { name: name(), module: "aws_vpc", vars: {} }),
      house.service.request(asked("dev"), { name: name(), module: MODULE.name, vars: { bad: 1 } }),
      house.service.request(asked("student"), { name: name(), module: MODULE.name, vars: {} }),
    ]);

    expect(codes.map(refusedWith)).toEqual([
      "name-taken",
      "bad-name",
      "unknown-module",
      "wrong-variables",
      "not-allowed",
    ]);
  });

  test("the last vote needed queues exactly one apply, and its end makes the deployment live", async () => {
    const live = await applied();

    expect(statusOf(live)).toBe("applied");
    expect(live.lastChange).toMatchObject({ outcome: "applied", votes: [{ voter: "lead" }] });
    const runs = await house.runs.ofDeployment(live.id);
    expect(runs.map((run) => run.kind).sort()).toEqual(["apply", "plan"]);
  });

  test("the requester, a learner, a machine and a second vote are turned away", async () => {
    const asking = await waiting(house, name());
    const vote = ballot(asking);

    const machine = { ...person("lead"), kind: "machine" as const };
    const requester = await house.service.vote(person("dev"), asking.id, vote);
    const learner = await house.service.vote(person("student"), asking.id, vote);
    const robot = await house.service.vote(machine, asking.id, vote);
    const wrongDigest = await house.service.vote(person("lead"), asking.id, {
      ...vote,
      digest: "b".repeat(64),
    });
    done(await house.service.vote(person("lead"), asking.id, vote));
    const again = await house.service.vote(person("ops"), asking.id, vote);

    expect([requester, learner, robot, wrongDigest, again].map(refusedWith)).toEqual([
      "requester-cannot-vote",
      "not-found",
      "machine-cannot-vote",
      "plan-changed",
      "already-approved",
    ]);
    await house.service.cancel(asked("dev"), asking.id);
  });

  test("two votes in the same moment queue one apply", async () => {
    const asking = await waiting(house, name());
    const vote = ballot(asking);

    await Promise.all([
      house.service.vote(person("lead"), asking.id, vote),
      house.service.vote(person("ops"), asking.id, vote),
    ]);

    const runs = await house.runs.ofDeployment(asking.id);
    expect(runs.filter((run) => run.kind === "apply")).toHaveLength(1);
    await house.service.cancel(asked("dev"), asking.id);
  });

  test("a vote after a plan was made again is for a plan that is gone", async () => {
    const asking = await waiting(house, name());
    const vote = ballot(asking);

    done(await house.service.plan(asked("dev"), asking.id, { replicas: 2 }));
    const late = await house.service.vote(person("lead"), asking.id, vote);

    expect(refusedWith(late)).toBe("plan-not-ready");
    const now = await house.deployments.load(asking.id);
    const reason = { code: "superseded", params: { next: now?.change?.id } };
    expect(now?.lastChange).toMatchObject({ outcome: "superseded", reason });
    await house.service.cancel(asked("dev"), asking.id);
  });

  test("a vote on a plan whose state moved on plans anew instead of approving", async () => {
    const asking = await waiting(house, name());
    house.world.serial = 7;

    const answer = await house.service.vote(person("lead"), asking.id, ballot(asking));
    house.world.serial = null;

    expect(refusedWith(answer)).toBe("plan-stale");
    const now = await house.deployments.load(asking.id);
    expect(now?.change).toMatchObject({ state: "planning", kind: "create" });
    expect(now?.lastChange).toMatchObject({ outcome: "superseded", votes: [] });
    await house.service.cancel(asked("dev"), asking.id);
  });

  test("a rejected change to a live deployment leaves it applied and says so", async () => {
    const live = await applied();
    done(await house.service.plan(asked("dev"), live.id, { replicas: 3 }));
    const held = await claim(house);
    const asking = done(await house.reports.planReady(held, live.id, plan(null)));
    await house.runs.end(held, "done");

    const no = ballot(asking, { decision: "reject", reason: "too many" });
    const rejected = done(await house.service.vote(person("lead"), live.id, no));

    expect(statusOf(rejected)).toBe("applied");
    expect(rejected.lastChange).toMatchObject({
      kind: "update",
      outcome: "rejected",
      reason: { params: { voter: "lead", reason: "too many" } },
    });
    expect(rejected.vars).toEqual(live.vars);
  });

  test("an approval that waited too long ends as expired", async () => {
    const asking = await waiting(house, name());
    const before = house.world.now;
    house.world.now = new Date(before.getTime() + 25 * 3_600_000);

    await lookAtApprovals(house.parts);
    house.world.now = before;

    const now = done(await house.deployments.load(asking.id));
    expect(statusOf(now)).toBe("expired");
  });

  test("a destroy needs its own plan and vote, and leaves a destroyed deployment", async () => {
    const live = await applied();

    done(await house.service.destroy(asked("dev"), live.id));
    const planning = await claim(house);
    const asking = done(await house.reports.planReady(planning, live.id, plan(null)));
    await house.runs.end(planning, "done");
    await database.db("plans").insert({
      change_id: asking.change?.id,
      digest: "a".repeat(64),
      facts: "{}",
      text_sealed: Buffer.alloc(0),
      json_sealed: Buffer.alloc(0),
    });
    done(await house.service.vote(person("lead"), live.id, ballot(asking)));
    const held = await claim(house);
    const going = done(await house.reports.applyStarting(held, live.id));
    const gone = done(await house.reports.applyEnded(held, live.id, { ...APPLIED, managed: 0 }));
    await house.runs.end(held, "done");

    expect([statusOf(going), statusOf(gone)]).toEqual(["destroying", "destroyed"]);
    expect(refusedWith(await house.service.destroy(asked("dev"), live.id))).toBe(
      "already-destroyed",
    );
  });

  test("what an apply leaves follows exit code, stream and state", async () => {
    const ends: [Partial<ApplyEnd>, string, string][] = [
      [{ exitCode: null, started: 0 }, "interrupted", "uncertain"],
      [{ exitCode: 1, started: 0, managed: 0 }, "failed", "nothing"],
      [{ exitCode: 1, started: 2, managed: 0 }, "failed", "nothing"],
      [{ exitCode: 1, started: 2, managed: 1 }, "failed", "partial"],
      [{ exitCode: 1, started: 2, managed: 1, cancelled: true }, "cancelled", "partial"],
    ];
    for (const [end, status, standing] of ends) {
      const asking = await waiting(house, name());
      done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
      const held = await claim(house);
      done(await house.reports.applyStarting(held, asking.id));

      const left = done(await house.reports.applyEnded(held, asking.id, { ...APPLIED, ...end }));
      await house.runs.end(held, "failed");

      expect([statusOf(left), left.standing.is]).toEqual([status, standing]);
    }
  });

  test("an approved plan starts once, and a fenced worker writes nothing", async () => {
    const asking = await waiting(house, name());
    done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
    const held = await claim(house);

    const fenced = await house.reports.applyStarting({ ...held, fence: held.fence - 1 }, asking.id);
    const started = done(await house.reports.applyStarting(held, asking.id));
    const again = await house.reports.applyStarting(held, asking.id);
    const late = await house.reports.applyEnded({ ...held, fence: 0 }, asking.id, APPLIED);

    expect(fenced).toBeNull();
    expect(statusOf(started)).toBe("applying");
    expect(refusedWith(again)).toBe("plan-used");
    expect(late).toBeNull();
    done(await house.reports.applyEnded(held, asking.id, APPLIED));
    await house.runs.end(held, "done");
  });

  test("a deployment of which nothing exists is closed at once, and its name is free again", async () => {
    const made = done(await request());

    const closed = done(await house.service.destroy(asked("dev"), made.id));
    const next = done(await request(made.name));

    const back = await house.service.plan(asked("dev"), made.id, {});

    expect(statusOf(closed)).toBe("destroyed");
    expect(next.id).not.toBe(made.id);
    expect(back).toMatchObject({ code: "name-taken", params: { name: made.name } });
  });
});
