import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database, OpenDatabase } from "#persistence/database.ts";
import { openKeys } from "#persistence/keys.ts";
import { createStateAccess } from "#persistence/state-access.ts";
import { createStateStore } from "#persistence/state.ts";
import type { StateCredentials } from "#deployments/state-route.ts";
import { Secret } from "#telemetry/secret.ts";
import { anotherRun, claimedRun } from "#tests/http/state-fixture.ts";
import { testDatabases } from "#tests/support/databases.ts";

const keys = openKeys({ secret: new Secret("a-secret-key"), previous: null });

function stateOf(serial: number, lineage = "L", extra = ""): string {
  return `{"version": 4, "serial": ${serial}, "lineage": "${lineage}", "outputs": {"n": 9007199254740993}, "x": "${extra}"}`;
}

describe.each(testDatabases())("the state store on $name", ({ open }) => {
  let database: OpenDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const access = () => createStateAccess({ db, keys, baseUrl: "http://127.0.0.1:1" });
  const store = () => createStateStore(db, keys);

  async function granted(): Promise<
    Awaited<ReturnType<typeof claimedRun>> & {
      credentials: StateCredentials;
    }
  > {
    const made = await claimedRun(db);
    const grant = await access().grant(made.claim, made.deployment, "write");
    const credentials = { username: grant.username, password: grant.password.reveal() };
    return { ...made, credentials };
  }

  function ask(
    verb: "LOCK" | "UNLOCK" | "POST",
    by: { deployment: string; credentials: StateCredentials },
    what: { id?: string; serial?: number; body?: string } = {},
  ) {
    const { deployment, credentials } = by;
    const lockId = what.id ?? "lock-1";
    if (verb !== "POST") {
      const info = `{"ID": "${lockId}"}`;
      return store().answer({ credentials, deployment, ask: { verb, lockId, info } });
    }
    const serial = what.serial ?? 1;
    const body = Buffer.from(what.body ?? stateOf(serial));
    const md5 = createHash("md5").update(body).digest("base64");
    const version = { lockId, md5, serial, lineage: "L", body };
    return store().answer({ credentials, deployment, ask: { verb, ...version } });
  }

  test("what the lock's holder wrote is read back, and is sealed in the table", async () => {
    const by = await granted();
    await ask("LOCK", by);

    await ask("POST", by, { body: stateOf(1, "L", "hunter2") });

    const newest = await store().newest(by.deployment);
    const [row] = await db("state_versions").where({ deployment: by.deployment });
    expect(newest).toEqual({ serial: 1, lineage: "L", body: stateOf(1, "L", "hunter2") });
    expect(row.body.toString("latin1")).not.toContain("hunter2");
  });

  test("a deployment without a state has no newest version", async () => {
    const { deployment } = await granted();

    expect(await store().newest(deployment)).toBeNull();
  });

  test("the last hundred versions are kept", async () => {
    const by = await granted();
    await ask("LOCK", by);

    for (let serial = 1; serial <= 103; serial += 1) {
      await ask("POST", by, { serial });
    }

    const kept: number[] = await db("state_versions")
      .where({ deployment: by.deployment })
      .orderBy("version")
      .pluck("serial");
    expect(kept).toHaveLength(100);
    expect([kept[0], kept.at(-1)]).toEqual([4, 103]);
  });

  test("of two writers of the same serial at once exactly one wins", async () => {
    const by = await granted();
    await ask("LOCK", by);

    const answers = await Promise.all(
      ["a", "b", "c", "d"].map((x) => ask("POST", by, { body: stateOf(1, "L", x) })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  test("of two lockers at once exactly one wins, and the other is told who did", async () => {
    const first = await granted();
    const claim = await anotherRun(db, first.deployment, "queued");
    const grant = await access().grant(claim, first.deployment, "write");
    const credentials = { username: grant.username, password: grant.password.reveal() };

    const answers = await Promise.all([
      ask("LOCK", first, { id: "one" }),
      ask("LOCK", { deployment: first.deployment, credentials }, { id: "two" }),
    ]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 423]);
    const held = answers.find(({ status }) => status === 423);
    expect(String(held?.body)).toBe(answers[0].status === 200 ? '{"ID":"one"}' : '{"ID":"two"}');
  });

  test("a raised fence stops the old holder", async () => {
    const by = await granted();
    await ask("LOCK", by);

    await db("runs").where({ id: by.claim.run }).update({ fence: 2 });

    expect(await ask("POST", by)).toMatchObject({ status: 409, why: "old-fence" });
    expect(await store().newest(by.deployment)).toBeNull();
  });

  test("a second grant of a run replaces the first", async () => {
    const by = await granted();

    const second = await access().grant(by.claim, by.deployment, "write");

    const renewed = { username: second.username, password: second.password.reveal() };
    expect(await store().admits(by.credentials, by.deployment)).toBe(false);
    expect(await store().admits(renewed, by.deployment)).toBe(true);
  });

  test("a release ends the grant and frees the lock of that run only", async () => {
    const [by, other] = [await granted(), await granted()];
    await ask("LOCK", by);
    await ask("LOCK", other);

    await access().release(by.claim.run);

    expect(await store().admits(by.credentials, by.deployment)).toBe(false);
    expect(await ask("UNLOCK", by)).toMatchObject({ status: 403, why: "ended-run" });
    expect(await db("state_locks").pluck("deployment")).not.toContain(by.deployment);
    expect(await db("state_locks").pluck("deployment")).toContain(other.deployment);
  });

  test("the state of a dead run becomes the newest version, digits kept", async () => {
    const by = await granted();
    await ask("LOCK", by);
    await ask("POST", by);

    const stored = await access().rescue(by.claim.run, by.deployment, stateOf(0, ""));

    const newest = await store().newest(by.deployment);
    expect(stored).toBe(true);
    expect(newest?.body).toBe(stateOf(2, "L"));
    expect(newest?.serial).toBe(2);
  });

  test.each([
    ["older", stateOf(1)],
    ["of another lineage", stateOf(9, "M")],
    ["cut off", stateOf(9).slice(0, 40)],
  ])("a dead run's state that is %s is left alone", async (_what, body) => {
    const by = await granted();
    await ask("LOCK", by);
    await ask("POST", by);

    const stored = await access().rescue(by.claim.run, by.deployment, body);

    expect(stored).toBe(false);
    expect((await store().newest(by.deployment))?.serial).toBe(1);
  });

  test("a run that somebody has taken over from keeps no state that it finds, however new", async () => {
    const by = await granted();
    await ask("LOCK", by);
    await ask("POST", by);
    await db("runs").where({ id: by.claim.run }).increment("fence", 1);

    const stored = await access().rescue(by.claim.run, by.deployment, stateOf(9));

    expect(stored).toBe(false);
    expect((await store().newest(by.deployment))?.serial).toBe(1);
  });
});
