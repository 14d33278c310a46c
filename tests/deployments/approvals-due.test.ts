import { describe, expect, test } from "vitest";
import { lookAtApprovals } from "#deployments/due.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked as askedBy, claim, done, refusedWith } from "#tests/support/deployments.ts";
import { paramsOf, ruled, votingHouse } from "./voting-house.ts";

describe.each(testDatabases())("the vote in time, on $name", ({ open }) => {
  const { parts, asking, who, vote, now, hoursLater } = votingHouse(open);

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
    const held = await claim(parts().house);
    parts().house.world.policy = ruled({
      freezes: [{ reason: "closing", until: "2026-11-23T10:00:00Z" }],
    });

    const refused = await parts().house.reports.applyStarting(held, on.id);
    await lookAtApprovals(parts().house.parts);
    const frozen = await now(on);
    hoursLater(3);
    await lookAtApprovals(parts().house.parts);
    const again = await claim(parts().house);
    const started = done(await parts().house.reports.applyStarting(again, on.id));

    expect([refusedWith(refused), frozen.change?.state]).toEqual([
      "vote-frozen",
      "awaiting_approval",
    ]);
    expect(started.change).toMatchObject({ state: "applying", votes: [{ voter: "lead" }] });
    await parts().house.runs.end(again, "failed");
  });

  test("that ran out before the start ends the change as expired", async () => {
    const on = await asking();
    done(await vote("lead", on));
    const held = await claim(parts().house);
    hoursLater(25);

    const refused = await parts().house.reports.applyStarting(held, on.id);

    expect(refusedWith(refused)).toBe("expired");
    expect((await now(on)).lastChange?.outcome).toBe("expired");
    await parts().house.runs.end(held, "failed");
  });

  test("is asked for again at half of the time, of a second group at 80 %, and ends at 100 %", async () => {
    const on = await asking({ approval: { escalate: "security", expiresAfterHours: 10 } });
    const twice = () =>
      Promise.all([lookAtApprovals(parts().house.parts), lookAtApprovals(parts().house.parts)]);
    async function cards(): Promise<string[]> {
      const rows = await parts()
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
    const seen = await parts().house.deployments.seen(who("kai"), on.id);
    const kai = done(await vote("kai", on, { decision: "reject" }));

    expect(reminded.slice(early.length)).toEqual(["reminder"]);
    expect(escalated.slice(reminded.length)).toEqual(["escalation"]);
    expect([refusedWith(tooEarly), seen?.id]).toEqual(["not-found", on.id]);
    expect(kai.lastChange?.outcome).toBe("rejected");
  });

  test("gives the second group no rights before 80 % of a time that was made longer", async () => {
    const on = await asking({ approval: { escalate: "security", expiresAfterHours: 1 } });
    hoursLater(0.9);
    await lookAtApprovals(parts().house.parts);
    const asked = await parts().house.deployments.seen(who("kai"), on.id);
    parts().house.world.policy = ruled({
      approval: { escalate: "security", expiresAfterHours: 24 },
    });

    const early = await vote("kai", on);
    await lookAtApprovals(parts().house.parts);
    const hidden = await vote("kai", on);
    hoursLater(20);
    await lookAtApprovals(parts().house.parts);
    const late = done(await vote("kai", on));

    expect(asked?.id).toBe(on.id);
    expect([early, hidden].map(refusedWith)).toEqual(["cannot-vote", "not-found"]);
    expect(late.change?.state).toBe("approved");
    await parts().house.service.cancel(askedBy("dev"), on.id);
  });

  test("comes too late where the time was made shorter", async () => {
    const on = await asking({ approval: { expiresAfterHours: 24 } });
    hoursLater(3);
    parts().house.world.policy = ruled({ approval: { expiresAfterHours: 2 } });

    const answer = await vote("lead", on);

    expect(refusedWith(answer)).toBe("expired");
    expect((await now(on)).lastChange).toMatchObject({ outcome: "expired", votes: [] });
  });

  test("nobody gave ends the change once, in two processes too", async () => {
    const on = await asking({ approval: { expiresAfterHours: 10 } });
    hoursLater(10);

    await Promise.all([lookAtApprovals(parts().house.parts), lookAtApprovals(parts().house.parts)]);

    expect((await now(on)).lastChange?.outcome).toBe("expired");
    const ends = (await parts().house.deployments.auditOf(on.id)).filter(
      ({ action }) => action === "change-ended",
    );
    expect(ends).toHaveLength(1);
  });
});
