import { expect, test } from "vitest";
import { brokenInvariants } from "./invariants.ts";
import type { Facts } from "./support/facts.ts";
import { openSecretFinder } from "./support/secret-forms.ts";

const SECRET = 'pa55/of <the> "house" & more';
const APPROVED = { change_id: "c1", decision: "approve", digest: "d1" };

/** One apply of one change that `dev` asked for and `lead` approved. */
function applied(forged: Partial<Facts> = {}): Facts {
  const body = { requester: "dev", asking: { demand: { votes: 1 } } };
  return {
    deployments: [],
    changes: [{ id: "c1", deployment_id: "p1", state: "ended", body }],
    plans: [{ change_id: "c1", digest: "d1", consumed_by: "r1" }],
    votes: [{ ...APPROVED, voter: "lead" }],
    runs: [
      {
        id: "r1",
        kind: "apply",
        status: "done",
        fence: 1,
        attempts: 1,
        deployment_id: "p1",
        change_id: "c1",
      },
    ],
    locks: [],
    grants: [],
    cards: [
      {
        card: "report:c1",
        place: { thread: "t1" },
        place_key: "p",
        only_for: "",
        revision: 1,
        status: "sent",
        posted_as: "message",
      },
    ],
    history: [],
    state: [],
    cloud: [],
    unsent: 0,
    applyStarts: new Map([["r1", 1]]),
    leaks: [],
    audit: { rows: 1, before: 0, broken: null, head: { seq: 1, hash: "" } },
    ...forged,
  };
}

test("what was approved and applied breaks nothing", () => {
  expect(brokenInvariants(applied())).toEqual([]);
});

test.each([
  ["nobody's vote", []],
  ["a vote for another plan", [{ ...APPROVED, voter: "lead", digest: "d2" }]],
  ["a vote on another change", [{ ...APPROVED, voter: "lead", change_id: "c2" }]],
  ["the requester's own vote", [{ ...APPROVED, voter: "dev" }]],
  ["the vote of somebody without the right", [{ ...APPROVED, voter: "student" }]],
])("I8 is broken by an apply with %s", (_what, votes) => {
  const broken = brokenInvariants(applied({ votes }));

  expect(broken).toEqual(["I8: run r1 applied with 0 of 1 votes for its plan"]);
});

test("I8 is broken by an apply with one vote of two, with a no, and with a plan of another run", () => {
  const [change] = applied().changes.map((each) => ({
    ...each,
    body: { requester: "dev", asking: { demand: { votes: 2 } } },
  }));
  const lead = { ...APPROVED, voter: "lead" };
  const plans = [{ change_id: "c1", digest: "d1", consumed_by: "r0" }];

  const twice = brokenInvariants(applied({ changes: change ? [change] : [], votes: [lead, lead] }));
  const no = brokenInvariants(
    applied({ votes: [lead, { ...lead, voter: "ops", decision: "reject" }] }),
  );
  const other = brokenInvariants(applied({ plans }));

  expect(twice).toEqual(["I8: run r1 applied with 1 of 2 votes for its plan"]);
  expect(no).toEqual(["I8: run r1 applied what somebody rejected"]);
  expect(other).toEqual(["I8: run r1 applied a plan that is not its own"]);
});

test.each([
  ["plain", SECRET],
  ["JSON", JSON.stringify({ text: SECRET })],
  ["JSON in JSON in JSON", JSON.stringify(JSON.stringify([JSON.stringify(SECRET)]))],
  ["JSON as Go writes it", JSON.stringify(SECRET).replace(/[<>&]/g, goEscape)],
  ["a URL", `?q=${encodeURIComponent(SECRET)}`],
  ["a form", new URLSearchParams({ q: SECRET }).toString()],
  ["base64", Buffer.from(SECRET).toString("base64")],
  ["base64 behind one byte", Buffer.from(`:${SECRET}:`).toString("base64")],
  ["base64url behind two bytes", Buffer.from(`u:${SECRET}.`).toString("base64url")],
])("a secret is found in %s", (_form, text) => {
  const find = openSecretFinder(new Map([["it", SECRET]]));

  expect(find(`before ${text} after`)).toEqual(["it"]);
  expect(find(`before ${text.slice(text.length / 2)} after`)).toEqual([]);
});

function goEscape(mark: string): string {
  return `\\u00${mark.charCodeAt(0).toString(16)}`;
}
