import { describe, expect, test } from "vitest";
import { DeploymentId, RunId } from "#deployments/ids.ts";
import {
  decideRescue,
  decideState,
  type GrantFacts,
  type StateAsk,
  type StateFacts,
} from "#deployments/state-rules.ts";

const here = DeploymentId.parse("dep-aaaaaaaaaa");
const elsewhere = DeploymentId.parse("dep-bbbbbbbbbb");
const run = RunId.parse("run-aaaaaaaaaa");
const otherRun = RunId.parse("run-bbbbbbbbbb");

const apply: GrantFacts = { run, deployment: here, fence: 2, mode: "write", ended: false };
const plan: GrantFacts = { ...apply, mode: "read" };
const mine = { id: "lock-1", run, fence: 2 };
const newest = { serial: 5, lineage: "L", md5: "m5", lockId: "lock-1" };
const facts: StateFacts = { deployment: here, grant: apply, fence: 2, lock: mine, newest };

const get: StateAsk = { verb: "GET" };
const lock: StateAsk = { verb: "LOCK", lockId: "lock-1" };
const unlock: StateAsk = { verb: "UNLOCK", lockId: "lock-1" };
const post = { verb: "POST", serial: 6, lineage: "L", md5: "m6", lockId: "lock-1" } as const;

const all = [get, lock, unlock, post];
const refused = (status: 403 | 409, why: string) => ({ do: "refuse", status, why });

describe("credentials come first", () => {
  test.each(all)("$verb with wrong credentials is refused", (ask) => {
    expect(decideState(ask, { ...facts, grant: null })).toEqual(refused(403, "wrong-credentials"));
  });

  test.each(all)("$verb on another deployment is refused", (ask) => {
    const asked = { ...facts, deployment: elsewhere };
    expect(decideState(ask, asked)).toEqual(refused(403, "other-deployment"));
  });

  test.each(all)("$verb by an ended run is refused", (ask) => {
    const asked = { ...facts, grant: { ...apply, ended: true } };
    expect(decideState(ask, asked)).toEqual(refused(403, "ended-run"));
  });

  test.each([get, lock, post])("$verb with an old fence is refused", (ask) => {
    expect(decideState(ask, { ...facts, fence: 3 })).toEqual(refused(409, "old-fence"));
    expect(decideState(ask, { ...facts, fence: null })).toEqual(refused(409, "old-fence"));
  });
});

const cases: [string, StateAsk, Partial<StateFacts>, object][] = [
  ["GET reads, with and without a lock", get, { lock: null, grant: plan }, { do: "read" }],
  [
    "LOCK of a free state is taken, by a plan too",
    lock,
    { lock: null, grant: plan },
    { do: "lock" },
  ],
  ["LOCK again with the same id is answered as the first time", lock, {}, { do: "nothing" }],
  [
    "LOCK under another id of the same fence is held",
    { verb: "LOCK", lockId: "lock-2" },
    {},
    { do: "held" },
  ],
  [
    "LOCK under another run's lock is held, even with its id",
    lock,
    { lock: { ...mine, run: otherRun } },
    { do: "held" },
  ],
  [
    "LOCK takes over what an earlier fence of the same run left",
    { verb: "LOCK", lockId: "lock-2" },
    { lock: { ...mine, fence: 1 } },
    { do: "lock" },
  ],
  ["UNLOCK of nothing is answered well", unlock, { lock: null }, { do: "nothing" }],
  ["UNLOCK of one's own lock frees it", unlock, {}, { do: "unlock" }],
  [
    "UNLOCK of one's own lock frees it with an old fence too",
    unlock,
    { fence: 3 },
    { do: "unlock" },
  ],
  [
    "UNLOCK of another id is refused",
    { verb: "UNLOCK", lockId: "lock-2" },
    {},
    refused(409, "other-lock"),
  ],
  [
    "UNLOCK without an id is refused while something is locked",
    { verb: "UNLOCK", lockId: null },
    {},
    refused(409, "other-lock"),
  ],
  [
    "UNLOCK of another run's lock is refused, even with its id",
    unlock,
    { lock: { ...mine, run: otherRun } },
    refused(409, "other-lock"),
  ],
  ["POST by the lock's holder is written", post, {}, { do: "write" }],
  ["POST of the first version is written", post, { newest: null }, { do: "write" }],
  ["POST by a plan is refused", post, { grant: plan }, refused(403, "read-only")],
  ["POST without a lock is refused", post, { lock: null }, refused(409, "not-locked")],
  [
    "POST under another lock id is refused",
    { ...post, lockId: "x" },
    {},
    refused(409, "other-lock"),
  ],
  [
    "POST under another run's lock is refused, even with its id",
    post,
    { lock: { ...mine, run: otherRun } },
    refused(409, "other-lock"),
  ],
  ["POST of an old serial is refused", { ...post, serial: 5 }, {}, refused(409, "old-serial")],
  [
    "POST of another lineage is refused",
    { ...post, lineage: "M" },
    {},
    refused(409, "other-lineage"),
  ],
  [
    "POST repeated after a lost answer makes no version",
    { verb: "POST", ...newest },
    {},
    { do: "nothing" },
  ],
  [
    "POST repeated after the lock was given back makes no version",
    { verb: "POST", ...newest },
    { lock: null },
    { do: "nothing" },
  ],
  [
    "POST of the same serial with another body is refused",
    { verb: "POST", ...newest, md5: "other" },
    {},
    refused(409, "old-serial"),
  ],
];

test.each(cases)("%s", (...[, ask, change, decision]) => {
  expect(decideState(ask, { ...facts, ...change })).toEqual(decision);
});

describe("a state found after its run died", () => {
  const by = { run, newLineage: "N" };

  test.each([
    ["is stored when it is newer", { serial: 6, lineage: "L" }, { serial: 6, lineage: "L" }],
    ["is left when the newest is the same", { serial: 5, lineage: "L" }, null],
    ["is left when it is older", { serial: 4, lineage: "L" }, null],
    ["is left when it is of another state", { serial: 9, lineage: "M" }, null],
    [
      "takes over the lineage of its own run's version when it has none",
      { serial: 0, lineage: "" },
      { serial: 6, lineage: "L" },
    ],
  ])("%s", (_name, found, kept) => {
    expect(decideRescue(found, { serial: 5, lineage: "L", run }, by)).toEqual(kept);
  });

  test("without a lineage it never covers another run's version", () => {
    const newest = { serial: 5, lineage: "L", run: otherRun };
    expect(decideRescue({ serial: 0, lineage: "" }, newest, by)).toBeNull();
  });

  test("becomes the first version when there is none", () => {
    const named = decideRescue({ serial: 3, lineage: "L" }, null, by);
    const unnamed = decideRescue({ serial: 0, lineage: "" }, null, by);

    expect(named).toEqual({ serial: 3, lineage: "L" });
    expect(unnamed).toEqual({ serial: 0, lineage: "N" });
  });
});
