import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lookAtApprovals } from "#deployments/due.ts";
import { PersonId } from "#deployments/ids.ts";
import { LOCAL_POLICY, personBehind, Policy, viewerOf } from "#deployments/policy.ts";
import { createDeploymentService } from "#deployments/service.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Viewer } from "#deployments/viewer.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  asked,
  ballot,
  claim,
  done,
  heart,
  plan,
  refusedWith,
  waiting,
  type Heart,
} from "#tests/support/deployments.ts";

const HOUR_MS = 3_600_000;

/** The built-in people and a security group outside their team, with other rules. */
function ruled(more: object, groups: object = {}): Policy {
  const { people, groups: known } = LOCAL_POLICY;
  return Policy.parse({
    people: { ...people, kai: { name: "Kai", console: "kai", slack: "U-KAI", teams: "T-KAI" } },
    groups: { ...known, security: { members: ["kai"] }, ...groups },
    ...more,
  });
}

describe.each(testDatabases())("the vote on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;
  let count = 0;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  async function asking(more: object = {}, groups: object = {}): Promise<Deployment> {
    count += 1;
    house.world.policy = ruled(more, groups);
    house.world.now = new Date("2026-11-23T08:00:00Z");
    return waiting(house, `vote-${count}`);
  }

  function who(name: string): Viewer {
    const viewer = viewerOf(house.world.policy, PersonId.parse(name));
    if (viewer === null) {
      throw new Error(`${name} is not in the policy`);
    }
    return viewer;
  }

  function vote(name: string, on: Deployment, more: object = {}) {
    return house.service.vote(who(name), on.id, ballot(on, more));
  }

  async function now(on: Deployment): Promise<Deployment> {
    return done(await house.deployments.load(on.id));
  }

  function hoursLater(hours: number): void {
    house.world.now = new Date(Date.parse("2026-11-23T08:00:00Z") + hours * HOUR_MS);
  }

  test("is kept with everything it was cast on", async () => {
    const on = await asking();
    const shown = { message: "msg-1", revision: 3, hash: "b".repeat(64) };
    const before = house.world.now;

    done(await vote("lead", on, { shown, reason: "fine" }));

    const rows = await database.db("votes").where({ deployment_id: on.id });
    expect(rows).toMatchObject([
      {
        change_id: on.change?.id,
        voter: "lead",
        decision: "approve",
        digest: "a".repeat(64),
        vars_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        module_commit: "tree-0",
        policy_version: expect.stringMatching(/^[0-9a-f]{64}$/),
        rule_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        reason: "fine",
        platform: "console",
        shown,
        at: before,
        expires_at: new Date(before.getTime() + 24 * HOUR_MS),
      },
    ]);
    await house.service.cancel(asked("dev"), on.id);
  });

  test("of people who are asked is possible although they are in another team", async () => {
    const on = await asking({ rules: [{ name: "sec", groups: ["security"] }] });
    const kai = who("kai");

    const before = await house.deployments.seen(kai, on.id);
    const outsider = await house.deployments.seen(who("student"), on.id);
    const lead = await vote("lead", on);
    done(await vote("kai", on));
    const twice = await vote("kai", on);

    expect([before?.id, outsider]).toEqual([on.id, null]);
    expect(refusedWith(lead)).toBe("cannot-vote");
    expect(paramsOf(lead)).toMatchObject({ rule: "sec", groups: "security", people: "Kai" });
    expect(refusedWith(twice)).toBe("already-approved");
    await house.service.cancel(asked("dev"), on.id);
    expect(await house.deployments.seen(kai, on.id)).toBeNull();
  });

  test("needs as many of a group as the rule says", async () => {
    const rule = { groups: ["approvers", "security"], votes: 2, votesOf: { security: 1 } };
    const on = await asking({ rules: [{ name: "both", ...rule }] });

    const one = done(await vote("lead", on));
    const two = done(await vote("ops", on));
    const three = done(await vote("kai", on));

    const states = [one, two, three].map(({ change }) => change?.state);
    expect(states).toEqual(["awaiting_approval", "awaiting_approval", "approved"]);
    await house.service.cancel(asked("dev"), on.id);
  });

  test("of an admin on their own change is refused, and says who may", async () => {
    const on = await asking();
    done(await house.service.plan(asked("ops"), on.id, {}));
    const held = await claim(house);
    const own = done(await house.reports.planReady(held, on.id, plan(null)));
    await house.runs.end(held, "done");

    const answer = await vote("ops", own);

    expect(refusedWith(answer)).toBe("requester-cannot-vote");
    expect(paramsOf(answer)).toMatchObject({ people: "Lead" });
    await house.service.cancel(asked("dev"), on.id);
  });

  test("of one person through two accounts is one vote", async () => {
    const on = await asking({
      rules: [{ name: "two", groups: ["approvers", "security"], votes: 2 }],
    });
    const accounts = [
      personBehind(house.world.policy, "slack", "U-KAI"),
      personBehind(house.world.policy, "teams", "T-KAI"),
    ].map((id) => who(id ?? ""));

    const answers = [];
    for (const [at, viewer] of accounts.entries()) {
      const platform = at === 0 ? "slack" : "teams";
      answers.push(await house.service.vote(viewer, on.id, ballot(on, { platform })));
    }

    expect(answers.map(refusedWith)).toEqual([null, "already-voted"]);
    expect((await now(on)).change).toMatchObject({ votes: [{ voter: "kai", platform: "slack" }] });
    await house.service.cancel(asked("dev"), on.id);
  });

  test("that is the last one twice in the same moment queues one apply and tells who did", async () => {
    const on = await asking();
    const gate = barrier(2);
    const states = { newest: () => gate().then(() => null) };
    const services = [1, 2].map(() => createDeploymentService({ ...house.parts, states }));

    const answers = await Promise.all(
      services.map((service, at) =>
        service.vote(who(at === 0 ? "lead" : "ops"), on.id, ballot(on)),
      ),
    );

    const codes = answers.map(refusedWith);
    expect(codes.toSorted()).toEqual(["already-approved", null].toSorted());
    const winner = codes[0] === null ? "lead" : "ops";
    expect(answers.map(paramsOf)).toContainEqual(expect.objectContaining({ voters: winner }));
    const runs = await house.runs.ofDeployment(on.id);
    expect(runs.filter(({ kind }) => kind === "apply")).toHaveLength(1);
    await house.service.cancel(asked("dev"), on.id);
  });

  test("is void when its rule changes: the change is planned anew and people are told why", async () => {
    const on = await asking({ approval: { votes: 2 } });
    done(await vote("lead", on));
    house.world.policy = ruled({ approval: { votes: 2, stepUp: "always" } });

    const answer = await vote("ops", on);

    expect(refusedWith(answer)).toBe("rules-changed");
    const after = await now(on);
    expect(after.change?.state).toBe("planning");
    expect(after.lastChange).toMatchObject({
      id: on.change?.id,
      outcome: "superseded",
      reason: { code: "rules-changed" },
    });
    await house.service.cancel(asked("dev"), on.id);
  });

  test("is not void when something else of the policy changes", async () => {
    const on = await asking({ approval: { votes: 2 } });
    done(await vote("lead", on));
    const other = { name: "other", when: { environment: ["prod"] }, votes: 2 };
    house.world.policy = ruled({ approval: { votes: 2 }, rules: [other] });

    const answer = done(await vote("ops", on));

    expect(answer.change?.state).toBe("approved");
    await house.service.cancel(asked("dev"), on.id);
  });

  test("before anybody voted a changed rule only asks anew, for the same plan", async () => {
    const on = await asking();
    house.world.policy = ruled({ approval: { votes: 2 } });

    await lookAtApprovals(house.parts);

    const after = await now(on);
    expect(after.change).toMatchObject({ id: on.change?.id, asking: { demand: { votes: 2 } } });
    await house.service.cancel(asked("dev"), on.id);
  });

  test("does not count once its voter has lost the right, seen at the last vote", async () => {
    const on = await asking({ approval: { votes: 2 } });
    done(await vote("lead", on));
    house.world.policy = ruled(
      { approval: { votes: 2 } },
      { approvers: { members: ["ops"], roles: ["approver"] } },
    );

    const answer = done(await vote("ops", on));

    expect(answer.change).toMatchObject({ state: "awaiting_approval", votes: [{}, {}] });
    await house.service.cancel(asked("dev"), on.id);
  });

  test("that was lost before the start brings the change back, and another vote starts it", async () => {
    const on = await asking();
    done(await vote("lead", on));
    const first = await claim(house);
    house.world.policy = ruled({}, { approvers: { members: ["ops"], roles: ["approver"] } });

    const refused = await house.reports.applyStarting(first, on.id);
    const back = await now(on);
    done(await vote("ops", on));
    const second = await claim(house);
    const started = done(await house.reports.applyStarting(second, on.id));

    expect(refusedWith(refused)).toBe("votes-lost");
    expect(back.change).toMatchObject({
      state: "awaiting_approval",
      asking: { back: { code: "votes-lost" } },
    });
    expect(second.run).not.toBe(first.run);
    expect(started.change?.state).toBe("applying");
    await house.runs.end(second, "failed");
  });

  test("is refused in a freeze until its end, while a rejection counts", async () => {
    const freeze = { reason: "closing", until: "2026-12-01T09:00:00+09:00", zone: "Asia/Seoul" };
    const on = await asking({ freezes: [freeze] });

    const answer = await vote("lead", on);
    const rejected = done(await vote("lead", on, { decision: "reject" }));

    expect(refusedWith(answer)).toBe("vote-frozen");
    expect(paramsOf(answer)).toMatchObject({
      reason: "closing",
      opens: "2026-12-01 09:00 Asia/Seoul",
    });
    expect(rejected.lastChange?.outcome).toBe("rejected");
  });

  test("that fell before a freeze holds the apply back, and starts it by itself after", async () => {
    const on = await asking();
    done(await vote("lead", on));
    const held = await claim(house);
    house.world.policy = ruled({
      freezes: [{ reason: "closing", until: "2026-11-23T10:00:00Z" }],
    });

    const refused = await house.reports.applyStarting(held, on.id);
    await lookAtApprovals(house.parts);
    const frozen = await now(on);
    hoursLater(3);
    await lookAtApprovals(house.parts);
    const again = await claim(house);
    const started = done(await house.reports.applyStarting(again, on.id));

    expect([refusedWith(refused), frozen.change?.state]).toEqual([
      "vote-frozen",
      "awaiting_approval",
    ]);
    expect(started.change).toMatchObject({ state: "applying", votes: [{ voter: "lead" }] });
    await house.runs.end(again, "failed");
  });

  test("that ran out before the start ends the change as expired", async () => {
    const on = await asking();
    done(await vote("lead", on));
    const held = await claim(house);
    hoursLater(25);

    const refused = await house.reports.applyStarting(held, on.id);

    expect(refusedWith(refused)).toBe("expired");
    expect((await now(on)).lastChange?.outcome).toBe("expired");
    await house.runs.end(held, "failed");
  });

  test("is on the plan that is stored: another file's digest starts nothing", async () => {
    const on = await asking();
    done(await vote("lead", on));
    const held = await claim(house);
    await database
      .db("plans")
      .where({ change_id: on.change?.id })
      .update({ digest: "b".repeat(64) });

    const refused = await house.reports.applyStarting(held, on.id);

    expect(refusedWith(refused)).toBe("plan-used");
    await house.runs.end(held, "failed");
    await house.service.cancel(asked("dev"), on.id);
  });

  test("is asked for again at half of the time, of a second group at 80 %, and ends at 100 %", async () => {
    const on = await asking({ approval: { escalate: "security", expiresAfterHours: 10 } });
    const twice = () => Promise.all([lookAtApprovals(house.parts), lookAtApprovals(house.parts)]);
    async function cards(): Promise<string[]> {
      const rows = await database
        .db("announcements")
        .where({ change_id: on.change?.id })
        .orderBy("id");
      return rows.map(({ card }) => String(card)).filter((card) => card !== "approval");
    }

    hoursLater(4.9);
    await twice();
    const early = await cards();
    hoursLater(5);
    await twice();
    const reminded = await cards();
    const tooEarly = await vote("kai", on);
    hoursLater(8);
    await twice();
    const escalated = await cards();
    const seen = await house.deployments.seen(who("kai"), on.id);
    const kai = done(await vote("kai", on, { decision: "reject" }));

    expect(reminded.slice(early.length)).toEqual(["reminder"]);
    expect(escalated.slice(reminded.length)).toEqual(["escalation"]);
    expect([refusedWith(tooEarly), seen?.id]).toEqual(["not-found", on.id]);
    expect(kai.lastChange?.outcome).toBe("rejected");
  });

  test("nobody gave ends the change once, in two processes too", async () => {
    const on = await asking({ approval: { expiresAfterHours: 10 } });
    hoursLater(10);

    await Promise.all([lookAtApprovals(house.parts), lookAtApprovals(house.parts)]);

    expect((await now(on)).lastChange?.outcome).toBe("expired");
    const ends = (await house.deployments.auditOf(on.id)).filter(
      ({ action }) => action === "change-ended",
    );
    expect(ends).toHaveLength(1);
  });
});

function paramsOf(answer: Deployment | Refusal | null): Refusal["params"] {
  return isRefusal(answer) ? answer.params : {};
}

/** Everybody who asks waits until so many have asked. */
function barrier(of: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting === of) {
      resolve();
    }
    return promise;
  };
}
