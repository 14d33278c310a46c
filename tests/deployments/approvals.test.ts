import { describe, expect, test } from "vitest";
import { lookAtApprovals } from "#deployments/due.ts";
import { personBehind } from "#deployments/policy.ts";
import { createDeploymentService } from "#deployments/service.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, ballot, claim, done, plan, refusedWith } from "#tests/support/deployments.ts";
import { HOUR_MS, paramsOf, ruled, votingHouse } from "./voting-house.ts";

describe.each(testDatabases())("the vote on $name", ({ open }) => {
  const { parts, asking, who, vote, now } = votingHouse(open);

  test("is kept with everything it was cast on", async () => {
    const on = await asking();
    const shown = { message: "msg-1", revision: 3, hash: "b".repeat(64) };
    const before = parts().house.world.now;

    done(await vote("lead", on, { shown, reason: "fine" }));

    const rows = await parts().db("votes").where({ deployment_id: on.id });
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
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("of people who are asked is possible although they are in another team", async () => {
    const on = await asking({ rules: [{ name: "sec", groups: ["security"] }] });
    const kai = who("kai");

    const before = await parts().house.deployments.seen(kai, on.id);
    const outsider = await parts().house.deployments.seen(who("student"), on.id);
    const lead = await vote("lead", on);
    done(await vote("kai", on));
    const twice = await vote("kai", on);

    expect([before?.id, outsider]).toEqual([on.id, null]);
    expect(refusedWith(lead)).toBe("cannot-vote");
    expect(paramsOf(lead)).toMatchObject({ rule: "sec", groups: "security", people: "Kai" });
    expect(refusedWith(twice)).toBe("already-approved");
    await parts().house.service.cancel(asked("dev"), on.id);
    expect(await parts().house.deployments.seen(kai, on.id)).toBeNull();
  });

  test("needs as many of a group as the rule says", async () => {
    const rule = { groups: ["approvers", "security"], votes: 2, votesOf: { security: 1 } };
    const on = await asking({ rules: [{ name: "both", ...rule }] });

    const one = done(await vote("lead", on));
    const two = done(await vote("ops", on));
    const three = done(await vote("kai", on));

    const states = [one, two, three].map(({ change }) => change?.state);
    expect(states).toEqual(["awaiting_approval", "awaiting_approval", "approved"]);
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("of an admin on their own change is refused, and says who may", async () => {
    const on = await asking();
    done(await parts().house.service.plan(asked("ops"), on.id, {}));
    const held = await claim(parts().house);
    const own = done(await parts().house.reports.planReady(held, on.id, plan(null)));
    await parts().house.runs.end(held, "done");

    const answer = await vote("ops", own);

    expect(refusedWith(answer)).toBe("requester-cannot-vote");
    expect(paramsOf(answer)).toMatchObject({ people: "Lead" });
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("of one person through two accounts is one vote", async () => {
    const on = await asking({
      rules: [{ name: "two", groups: ["approvers", "security"], votes: 2 }],
    });
    const accounts = [
      personBehind(parts().house.world.policy, "slack", "U-KAI"),
      personBehind(parts().house.world.policy, "teams", "T-KAI"),
    ].map((id) => who(id ?? ""));

    const answers = [];
    for (const [at, viewer] of accounts.entries()) {
      const platform = at === 0 ? "slack" : "teams";
      answers.push(await parts().house.service.vote(viewer, on.id, ballot(on, { platform })));
    }

    expect(answers.map(refusedWith)).toEqual([null, "already-voted"]);
    expect((await now(on)).change).toMatchObject({ votes: [{ voter: "kai", platform: "slack" }] });
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("that is the last one twice in the same moment queues one apply and tells who did", async () => {
    const on = await asking();
    const gate = barrier(2);
    const states = { newest: () => gate().then(() => null) };
    const services = [1, 2].map(() => createDeploymentService({ ...parts().house.parts, states }));

    const answers = await Promise.all(
      services.map((service, at) =>
        service.vote(who(at === 0 ? "lead" : "ops"), on.id, ballot(on)),
      ),
    );

    const codes = answers.map(refusedWith);
    expect(codes.toSorted()).toEqual(["already-approved", null].toSorted());
    const winner = codes[0] === null ? "lead" : "ops";
    expect(answers.map(paramsOf)).toContainEqual(expect.objectContaining({ voters: winner }));
    const runs = await parts().house.runs.ofDeployment(on.id);
    expect(runs.filter(({ kind }) => kind === "apply")).toHaveLength(1);
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("is void when its rule changes: the change is planned anew and people are told why", async () => {
    const on = await asking({ approval: { votes: 2 } });
    done(await vote("lead", on));
    parts().house.world.policy = ruled({ approval: { votes: 2, stepUp: "always" } });

    const answer = await vote("ops", on);

    expect(refusedWith(answer)).toBe("rules-changed");
    const after = await now(on);
    expect(after.change?.state).toBe("planning");
    expect(after.lastChange).toMatchObject({
      id: on.change?.id,
      outcome: "superseded",
      reason: { code: "rules-changed", params: { next: after.change?.id } },
    });
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("is not void when something else of the policy changes", async () => {
    const on = await asking({ approval: { votes: 2 } });
    done(await vote("lead", on));
    const other = { name: "other", when: { environment: ["prod"] }, votes: 2 };
    parts().house.world.policy = ruled({ approval: { votes: 2 }, rules: [other] });

    const answer = done(await vote("ops", on));

    expect(answer.change?.state).toBe("approved");
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("before anybody voted a changed rule only asks anew, for the same plan", async () => {
    const on = await asking();
    parts().house.world.policy = ruled({ approval: { votes: 2 } });

    await lookAtApprovals(parts().house.parts);

    const after = await now(on);
    expect(after.change).toMatchObject({ id: on.change?.id, asking: { demand: { votes: 2 } } });
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("does not count once its voter has lost the right, seen at the last vote", async () => {
    const on = await asking({ approval: { votes: 2 } });
    done(await vote("lead", on));
    parts().house.world.policy = ruled(
      { approval: { votes: 2 } },
      { approvers: { members: ["ops"], roles: ["approver"] } },
    );

    const answer = done(await vote("ops", on));

    expect(answer.change).toMatchObject({ state: "awaiting_approval", votes: [{}, {}] });
    await parts().house.service.cancel(asked("dev"), on.id);
  });

  test("that was lost before the start brings the change back, and another vote starts it", async () => {
    const on = await asking();
    done(await vote("lead", on));
    const first = await claim(parts().house);
    parts().house.world.policy = ruled(
      {},
      { approvers: { members: ["ops"], roles: ["approver"] } },
    );

    const refused = await parts().house.reports.applyStarting(first, on.id);
    const back = await now(on);
    done(await vote("ops", on));
    const second = await claim(parts().house);
    const started = done(await parts().house.reports.applyStarting(second, on.id));

    expect(refusedWith(refused)).toBe("votes-lost");
    expect(back.change).toMatchObject({
      state: "awaiting_approval",
      asking: { back: { code: "votes-lost" } },
    });
    expect(second.run).not.toBe(first.run);
    expect(started.change?.state).toBe("applying");
    await parts().house.runs.end(second, "failed");
  });

  test("is on the plan that is stored: another file's digest starts nothing", async () => {
    const on = await asking();
    done(await vote("lead", on));
    const held = await claim(parts().house);
    await parts()
      .db("plans")
      .where({ change_id: on.change?.id })
      .update({ digest: "b".repeat(64) });

    const refused = await parts().house.reports.applyStarting(held, on.id);

    const after = await now(on);
    const audit = await parts().house.deployments.auditOf(on.id);
    expect(refusedWith(refused)).toBe("plan-changed");
    expect(after.change).toMatchObject({ state: "planning" });
    expect(after.lastChange).toMatchObject({
      id: on.change?.id,
      outcome: "superseded",
      reason: { code: "plan-not-voted" },
    });
    expect(audit.filter(({ action }) => action === "apply-refused")).toMatchObject([
      { detail: { change: on.change?.id, reason: "plan-changed" } },
    ]);
    await parts().house.runs.end(held, "failed");
    await parts().house.service.cancel(asked("dev"), on.id);
  });
});

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
