import { describe, expect, test } from "vitest";
import { unmeetableRules } from "#deployments/approvable.ts";
import { LOCAL_POLICY } from "#deployments/policy.ts";
import { tallyOf } from "#deployments/tally.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, claim, done, MODULE, plan, refusedWith } from "#tests/support/deployments.ts";
import { paramsOf, ruled, votingHouse } from "./voting-house.ts";

/** Two approvers, and every change needs two of them. */
const TWO_OF_TWO = { rules: [{ name: "two", groups: ["approvers"], votes: 2 }] };

describe("rules that ask for more votes than people may give", () => {
  test("are none in the built-in policy", () => {
    expect(unmeetableRules(LOCAL_POLICY)).toEqual([]);
  });

  test("are named with those whose own vote would be missing", () => {
    const found = unmeetableRules(ruled(TWO_OF_TWO));

    const short = { rule: "two", groups: "approvers", needed: 2, people: 1 };
    expect(found).toEqual([{ ...short, requesters: ["lead", "ops"] }]);
  });

  test("are not those whose second group has people enough, or where the requester counts", () => {
    const [rule] = TWO_OF_TWO.rules;
    const helped = ruled({ rules: [{ ...rule, escalate: "security" }] });
    const counted = ruled({ rules: [{ ...rule, requester: "counts" }] });

    expect([helped, counted].flatMap(unmeetableRules)).toEqual([]);
  });

  test("are named by the group that has too few, and for everybody where nobody is asked at all", () => {
    const share = ruled({
      rules: [{ name: "sec", groups: ["approvers", "admins"], votes: 1, votesOf: { admins: 1 } }],
    });
    const none = ruled({}, { approvers: { members: [] }, admins: { members: [] } });

    expect(unmeetableRules(share)).toMatchObject([
      { rule: "sec", groups: "admins", needed: 1, people: 0, requesters: ["ops"] },
    ]);
    expect(unmeetableRules(none)).toMatchObject([{ rule: "default", people: 0, requesters: [] }]);
  });
});

describe.each(testDatabases().slice(-1))(
  "a change that nobody can approve, on $name",
  ({ open }) => {
    const { parts, asking, now } = votingHouse(open);

    test("is refused when approval is asked for, until there are people enough", async () => {
      await asking();
      const { house } = parts();
      house.world.policy = ruled(TWO_OF_TWO);
      const byApi = asked("lead", { in: "api" });
      const made = await house.service.request(byApi, {
        name: "stuck",
        module: MODULE.name,
        vars: {},
      });
      const { id } = done(await house.service.plan(byApi, done(made).id, {}));
      const held = await claim(house);
      done(await house.reports.planReady(held, id, plan(null)));
      await house.runs.end(held, "done");

      const refused = await house.service.askApproval(byApi, id);
      const state = (await now(done(made))).change?.state;
      house.world.policy = ruled(TWO_OF_TWO, {
        approvers: { members: ["lead", "ops", "kai"], roles: ["approver"] },
      });
      const later = await house.service.askApproval(byApi, id);

      expect(refusedWith(refused)).toBe("nobody-can-approve");
      expect(paramsOf(refused)).toMatchObject({ rule: "two", needed: 2, people: 1 });
      expect([state, done(later).change?.state]).toEqual(["planned", "awaiting_approval"]);
      await house.service.cancel(byApi, id);
    });

    test("says so while it waits, and no longer once somebody can", async () => {
      const on = await asking(TWO_OF_TWO);
      const { change } = on;
      if (change === null) {
        throw new Error("no change is open");
      }
      const tally = (policy: typeof LOCAL_POLICY) =>
        tallyOf(on, change, {
          policy,
          now: parts().house.world.now,
          hasher: parts().house.parts.hasher,
        });

      const few = tally(ruled({}, { approvers: { members: ["lead"] } }));
      const enough = tally(ruled(TWO_OF_TWO));

      expect(few?.short).toEqual({ rule: "two", groups: "approvers", needed: 2, people: 1 });
      expect(enough?.short).toBeNull();
      await parts().house.service.cancel(asked("dev"), on.id);
    });
  },
);
