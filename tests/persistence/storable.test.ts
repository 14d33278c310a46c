import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "#persistence/audit-chain.ts";
import { openKeys } from "#persistence/keys.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { json } from "#persistence/transaction.ts";
import { Secret } from "#telemetry/secret.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { ballot, done, heart, person, waiting } from "#tests/support/deployments.ts";

const HALF = "\ud83d";

describe.each(testDatabases())("text that PostgreSQL does not take, on $name", ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("is kept without what it does not take, in values and in names", async () => {
    const wrong = { [`a\0${HALF}`]: [`b\0`, { c: `d${HALF}` }], fine: "🙂" };

    const { rows } = await database.db.raw("select ?::jsonb as kept", [json(wrong)]);

    expect(rows[0].kept).toEqual({ "a\uFFFD\uFFFD": ["b\uFFFD", { c: "d\uFFFD" }], fine: "🙂" });
  });

  test("does not keep a vote from counting, and its audit row is as it was written", async () => {
    const keys = openKeys({ secret: new Secret("a-secret-key"), previous: null });
    const house = heart(database.db, keys);
    const asked = await waiting(house, "worded");
    const vote = ballot(asked, { decision: "reject", reason: `no\0 ${HALF}` });

    const voted = done(await house.service.vote(person("lead"), asked.id, vote));
    const kept = await house.deployments.load(asked.id);
    const verified = await verifyAudit(database.db, keys, null);

    expect(voted.lastChange).toMatchObject({ outcome: "rejected" });
    expect(kept?.lastChange?.votes).toMatchObject([{ reason: "no\uFFFD \uFFFD" }]);
    expect(verified.broken).toBe(null);
  });
});
