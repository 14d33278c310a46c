import { describe, expect, test } from "vitest";
import { closedFor, type Subject } from "#deployments/demand.ts";
import { momentIn } from "#deployments/opening-hours.ts";
import { Policy } from "#deployments/policy.ts";

const SUBJECT: Subject = {
  environment: "dev",
  cloud: "aws",
  module: "aws_vpc",
  team: null,
  kind: "create",
  removes: false,
  risk: "medium",
  deletes: false,
  floor: 1,
};

function policy(more: object): Policy {
  return Policy.parse({ people: {}, groups: {}, ...more });
}

function ruled(rule: object): Policy {
  return policy({ rules: [{ name: "first", ...rule }] });
}

describe("when votes count", () => {
  const office = {
    days: ["mon", "tue", "wed", "thu", "fri"],
    from: "09:00",
    to: "18:00",
    zone: "Asia/Seoul",
  };
  const night = { days: ["fri"], from: "22:00", to: "06:00", zone: "Europe/Berlin" };
  const freeze = { reason: "closing", until: "2026-12-02T09:00:00+09:00", zone: "Asia/Seoul" };

  test.each<[string, object, string, string | null]>([
    ["inside the hours", { windows: [office] }, "2026-11-23T00:00:00Z", null],
    [
      "a minute before them",
      { windows: [office] },
      "2026-11-22T23:59:00Z",
      "2026-11-23 09:00 Asia/Seoul",
    ],
    [
      "at their very end",
      { windows: [office] },
      "2026-11-23T09:00:00Z",
      "2026-11-24 09:00 Asia/Seoul",
    ],
    [
      "on Friday evening",
      { windows: [office] },
      "2026-11-27T12:00:00Z",
      "2026-11-30 09:00 Asia/Seoul",
    ],
    ["after midnight of a night", { windows: [night] }, "2026-11-28T04:30:00Z", null],
    [
      "after that night",
      { windows: [night] },
      "2026-11-28T05:30:00Z",
      "2026-12-04 22:00 Europe/Berlin",
    ],
    ["in one of two windows", { windows: [night, office] }, "2026-11-23T00:00:00Z", null],
    [
      "across a change of the clock",
      { windows: [{ ...night, days: ["sun"], from: "09:00", to: "10:00" }] },
      "2026-10-24T12:00:00Z",
      "2026-10-25 09:00 Europe/Berlin",
    ],
    [
      "the day after a short day",
      { windows: [{ ...night, days: ["sun"], from: "09:00", to: "10:00" }] },
      "2026-03-28T22:30:00Z",
      "2026-03-29 09:00 Europe/Berlin",
    ],
    [
      "in the small hours of a zone far away",
      { windows: [{ ...office, zone: "Pacific/Kiritimati" }] },
      "2026-11-22T18:00:00Z",
      "2026-11-23 09:00 Pacific/Kiritimati",
    ],
    ["without any window", {}, "2026-11-23T03:00:00Z", null],
  ])("%s", (...[, rule, now, opens]) => {
    const closed = closedFor(ruled(rule), SUBJECT, new Date(now));

    expect(closed === null ? null : momentIn(closed.zone, closed.opens)).toBe(opens);
  });

  test.each<[string, object, string, boolean]>([
    ["a freeze stops everything that it is about", {}, "2026-12-01T00:00:00Z", true],
    ["it ends by itself", {}, "2026-12-02T00:00:00Z", false],
    ["it has not begun", { from: "2026-12-01T12:00:00Z" }, "2026-12-01T00:00:00Z", false],
    ["it is about prod only", { when: { environment: ["prod"] } }, "2026-12-01T00:00:00Z", false],
  ])("%s", (...[, more, now, frozen]) => {
    const closed = closedFor(policy({ freezes: [{ ...freeze, ...more }] }), SUBJECT, new Date(now));

    expect(closed?.why === "freeze").toBe(frozen);
  });
});
