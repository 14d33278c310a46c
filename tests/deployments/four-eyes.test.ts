import { describe, expect, test } from "vitest";
import { PersonId } from "#deployments/ids.ts";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  asked,
  ballot,
  claim,
  done,
  machine,
  person,
  plan,
  refusedWith,
  waiting,
} from "#tests/support/deployments.ts";
import { paramsOf, votingHouse } from "./voting-house.ts";

describe.each(testDatabases().slice(-1))(
  "four eyes on what a token asked for, on $name",
  ({ open }) => {
    const { parts, asking, vote, now } = votingHouse(open);

    test("keep its owner from the vote, admin or not, and say whose token it was", async () => {
      await asking();
      const on = await waiting(parts().house, "owned", machine("ops"));

      const [approved, rejected] = [await vote("ops", on), await vote("ops", on, REJECT)];
      const other = await vote("lead", on);

      expect([approved, rejected].map(refusedWith)).toEqual(
        Array(2).fill("token-owner-cannot-vote"),
      );
      expect(paramsOf(approved)).toMatchObject({ token: "token.ci-aaaaaaaaaa", people: "Lead" });
      expect(done(other).change).toMatchObject({ state: "approved", tokenOwner: "ops" });
      await parts().house.service.cancel(asked("dev"), on.id);
    });

    test("still hold after the change was planned anew because its state moved", async () => {
      await asking();
      const on = await waiting(parts().house, "stale", machine("lead"));
      parts().house.world.serial = 7;

      const stale = await vote("ops", on);
      const again = await now(on);

      parts().house.world.serial = null;
      expect(refusedWith(stale)).toBe("plan-stale");
      expect(again.change).toMatchObject({ state: "planning", tokenOwner: "lead" });
      await parts().house.service.cancel(asked("dev"), on.id);
    });

    test("are asked again at the start: a vote that became the owner's does not count", async () => {
      await asking();
      const on = await waiting(parts().house, "later", machine("lead"));
      done(await vote("ops", on));
      const held = await claim(parts().house);
      await parts().db("votes").where({ change_id: on.change?.id }).update({ voter: "lead" });

      const started = await parts().house.reports.applyStarting(held, on.id);

      expect(refusedWith(started)).toBe("votes-lost");
      await parts().house.runs.end(held, "failed");
      await parts().house.service.cancel(asked("dev"), on.id);
    });

    test("need no owner where the rule lets the requester's own vote count", async () => {
      await asking({ approval: { requester: "counts", modules: "ignored" } });
      const on = await waiting(parts().house, "own", machine("lead"));

      const answer = await vote("lead", on);

      expect(done(answer).change?.state).toBe("approved");
      await parts().house.service.cancel(asked("dev"), on.id);
    });

    test("of a person who plans it anew are that person's own: the token's owner may vote then", async () => {
      await asking();
      const on = await waiting(parts().house, "taken-up", machine("lead"));
      done(await parts().house.service.plan(asked("dev"), on.id, {}));
      const held = await claim(parts().house);
      const own = done(await parts().house.reports.planReady(held, on.id, plan(null)));
      await parts().house.runs.end(held, "done");

      const answer = await parts().house.service.vote(person("lead"), on.id, ballot(own));

      expect(done(answer).change).toMatchObject({ requester: "dev", tokenOwner: null });
      await parts().house.service.cancel(asked("dev"), on.id);
    });
  },
);

const REJECT = { decision: "reject" };

test("nobody in the policy file is called like a token", () => {
  const { people, groups } = LOCAL_POLICY;
  const named = { ...people, [PersonId.parse("token.ci-aaaaaaaaaa")]: { name: "Ci" } };

  const read = Policy.safeParse({ people: named, groups });

  expect(read.error?.issues[0]?.message).toContain("how tokens are named");
});
