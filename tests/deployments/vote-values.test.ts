import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fingerprint } from "#deployments/fingerprint.ts";
import { varsHashOf } from "#deployments/hashing.ts";
import { ChangeId } from "#deployments/ids.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { createHasher } from "#persistence/hasher.ts";
import { openKeys } from "#persistence/keys.ts";
import { Secret } from "#telemetry/secret.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, ballot, claim, done, heart, person, waiting } from "#tests/support/deployments.ts";
import { ruled } from "./voting-house.ts";

const OLD = new Secret("the-key-of-before");
const BEFORE = openKeys({ secret: OLD, previous: null });
const ROTATED = openKeys({ secret: new Secret("the-key-of-now"), previous: OLD });

const CHANGE = { id: ChangeId.parse("chg-aaaaaaaaaa"), vars: { pin: "1234" } };

describe("the hash of the values that a vote is bound to", () => {
  test("is not to be found out by trying values", () => {
    const hash = varsHashOf(CHANGE, createHasher(BEFORE));

    const tried = fingerprint({ change: CHANGE.id, vars: CHANGE.vars });
    const others = [ROTATED.mac("vote-values", ""), BEFORE.mac("audit", "")];
    expect([tried, ...others.map((mac) => mac.toString("hex"))]).not.toContain(hash);
    expect(varsHashOf(CHANGE, createHasher(ROTATED))).not.toBe(hash);
  });

  test("fits under the key before, not under another one, and not with another value", () => {
    const hash = createHasher(BEFORE).hash("text");

    const strange = openKeys({ secret: new Secret("another"), previous: null });
    expect(createHasher(ROTATED).fits("text", hash)).toBe(true);
    expect(createHasher(ROTATED).fits("texts", hash)).toBe(false);
    expect(createHasher(strange).fits("text", hash)).toBe(false);
  });
});

describe.each(testDatabases().slice(-1))("a rotated SECRET_KEY, on $name", ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("keeps the votes that were cast before it", async () => {
    const policy = ruled({ approval: { votes: 2, modules: "ignored" } });
    const before = heart(database.db, BEFORE);
    before.world.policy = policy;
    const on = await waiting(before, "rotated");
    done(await before.service.vote(person("lead"), on.id, ballot(on)));
    const after = heart(database.db, ROTATED);
    after.world.policy = policy;

    const voted = done(await after.service.vote(person("ops"), on.id, ballot(on)));
    const started = done(await after.reports.applyStarting(await claim(after), on.id));

    expect([voted.change?.state, started.change?.state]).toEqual(["approved", "applying"]);
    await after.service.cancel(asked("dev"), on.id);
  });
});
