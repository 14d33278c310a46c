import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { auditRows } from "#persistence/audit.ts";
import { auditHead, exportAudit, verifyAudit } from "#persistence/audit-chain.ts";
import { PersonId } from "#deployments/ids.ts";
import { openKeys } from "#persistence/keys.ts";
import { Secret } from "#telemetry/secret.ts";
import { testDatabases } from "#tests/support/databases.ts";

const secret = new Secret("the-first-secret-key");
const keys = openKeys({ secret, previous: null });

describe.each(testDatabases())("the audit on $name", (kind) => {
  let open: OpenDatabase;

  beforeAll(async () => {
    open = await kind.open();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  /** A fresh chain of these rows, written in transactions of two. */
  async function chainOf(count: number) {
    await byTheOwner("truncate audit; update audit_head set seq = 0, hash = ''");
    for (let at = 0; at < count; at += 2) {
      await open.db.transaction((tx) => auditRows(tx, keys, [event(at), event(at + 1)]));
    }
  }

  /** What somebody with all rights in the database can do. */
  async function byTheOwner(sql: string) {
    await open.db.raw(`
      alter table audit disable trigger all; ${sql}; alter table audit enable trigger all`);
  }

  test("a chain as it was written is whole, and its head can be noted", async () => {
    await chainOf(6);

    const found = await verifyAudit(open.db, keys, null);

    expect(found).toMatchObject({ rows: 6, before: 0, broken: null });
    expect(found.head).toEqual(await auditHead(open.db));
    expect(await verifyAudit(open.db, keys, found.head)).toMatchObject({ broken: null });
  });

  test("a row cannot be changed or removed by the product's own rights", async () => {
    await chainOf(2);

    const attempts = ["update audit set actor = 'ops'", "delete from audit", "truncate audit"];

    for (const sql of attempts) {
      await expect(open.db.raw(sql)).rejects.toThrow("neither changed nor removed");
    }
    expect(await verifyAudit(open.db, keys, null)).toMatchObject({ rows: 2, broken: null });
  });

  test.each([
    [
      "its actor is changed",
      "update audit set actor = 'ops' where seq = 3",
      { seq: 3, why: "changed" },
    ],
    [
      "a detail is changed",
      `update audit set detail = '{"n":99}' where seq = 4`,
      { seq: 4, why: "changed" },
    ],
    [
      "its time is changed",
      "update audit set at = at - interval '1 s' where seq = 2",
      { seq: 2, why: "changed" },
    ],
    [
      "its time is changed by less than a millisecond",
      "update audit set at = at + interval '400 microseconds' where seq = 2",
      { seq: 2, why: "changed" },
    ],
    [
      "its time is none any more",
      "update audit set at = 'infinity' where seq = 4",
      { seq: 4, why: "changed" },
    ],
    [
      "its action is changed",
      "update audit set action = 'planned' where seq = 1",
      { seq: 1, why: "changed" },
    ],
    [
      "it is given to a deployment",
      "update audit set deployment_id = 'dep-aaaaaaaaaa' where seq = 6",
      { seq: 6, why: "changed" },
    ],
    [
      "a detail is none of the kind that we write",
      `update audit set detail = '{"n":{"deep":[1]}}' where seq = 3`,
      { seq: 3, why: "changed" },
    ],
    [
      "it names another key",
      "update audit set key_id = '0011223344556677' where seq = 2",
      { seq: 2, why: "unknown-key" },
    ],
    [
      "it hangs on another row",
      "update audit set prev = (select prev from audit where seq = 2) where seq = 4",
      { seq: 4, why: "changed" },
    ],
    [
      "two change places",
      "update audit set seq = -seq where seq in (2, 3); update audit set seq = 5 + seq where seq < 0",
      { seq: 2, why: "changed" },
    ],
    ["it is removed", "delete from audit where seq = 3", { seq: 3, why: "missing" }],
    ["the first ones are removed", "delete from audit where seq < 3", { seq: 1, why: "missing" }],
    [
      "its hash is taken away",
      "update audit set hash = null where seq = 5",
      { seq: 5, why: "changed" },
    ],
    ["the last ones are removed", "delete from audit where seq > 4", { seq: 5, why: "cut-off" }],
    [
      "rows are renumbered over a gap",
      "delete from audit where seq = 2; update audit set seq = seq - 1 where seq > 2",
      { seq: 2, why: "changed" },
    ],
    [
      "a row is put in at the end",
      "insert into audit (seq, actor, action, detail, key_id, prev, hash) select 7, 'ops', 'voted', '{}', key_id, hash, repeat('0', 64) from audit where seq = 6",
      { seq: 7, why: "changed" },
    ],
  ])("names the first bad row when %s", async (_what, sql, expected) => {
    await chainOf(6);
    await byTheOwner(sql);

    const { broken } = await verifyAudit(open.db, keys, null);

    expect(broken).toEqual(expected);
  });

  test("an end that was cut off with its head is seen by whoever noted the head", async () => {
    await chainOf(6);
    const noted = await auditHead(open.db);
    await byTheOwner(
      "delete from audit where seq > 4; update audit_head set seq = 4, hash = (select hash from audit where seq = 4)",
    );

    const alone = await verifyAudit(open.db, keys, null);
    const anchored = await verifyAudit(open.db, keys, noted);

    expect(alone.broken).toBeNull();
    expect(anchored.broken).toEqual({ seq: 5, why: "cut-off" });
  });

  test("a chain that was taken off the rows is seen by whoever noted the head, rows after it too", async () => {
    await chainOf(6);
    const noted = await auditHead(open.db);
    await byTheOwner(
      "update audit set actor = 'ops', key_id = null, prev = null, hash = null; update audit_head set hash = ''",
    );

    const alone = await verifyAudit(open.db, keys, null);
    const anchored = await verifyAudit(open.db, keys, noted);
    await open.db.transaction((tx) => auditRows(tx, keys, [event(6)]));
    const goneOn = await verifyAudit(open.db, keys, noted);

    expect(alone).toMatchObject({ rows: 0, before: 6, broken: null });
    const expected = { seq: noted.seq, why: "not-anchored" };
    expect([anchored.broken, goneOn.broken]).toEqual([expected, expected]);
  });

  test("rows of an earlier key need that key", async () => {
    await chainOf(2);
    const next = new Secret("the-second-secret-key");
    const rotated = openKeys({ secret: next, previous: secret });
    await open.db.transaction((tx) => auditRows(tx, rotated, [event(2)]));

    const withBoth = await verifyAudit(open.db, rotated, null);
    const withOne = await verifyAudit(open.db, openKeys({ secret: next, previous: null }), null);

    expect(withBoth).toMatchObject({ rows: 3, broken: null });
    expect(withOne.broken).toEqual({ seq: 1, why: "unknown-key" });
  });

  test("many at once make one chain without a gap", async () => {
    await chainOf(0);

    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        open.db.transaction((tx) => auditRows(tx, keys, [event(at)])),
      ),
    );

    expect(await verifyAudit(open.db, keys, null)).toMatchObject({ rows: 20, broken: null });
  });

  test("what fails with its transaction leaves no gap", async () => {
    await chainOf(2);

    const failing = open.db.transaction(async (tx) => {
      await auditRows(tx, keys, [event(2)]);
      throw new Error("the step came to nothing");
    });

    await expect(failing).rejects.toThrow("came to nothing");
    await open.db.transaction((tx) => auditRows(tx, keys, [event(3)]));
    expect(await verifyAudit(open.db, keys, null)).toMatchObject({ rows: 3, broken: null });
  });

  test("the export is one JSON line a row, from the number asked for", async () => {
    await chainOf(4);
    const lines: unknown[] = [];

    for await (const line of exportAudit(open.db, 3)) {
      lines.push(JSON.parse(line));
    }

    expect(lines).toMatchObject([
      { seq: 3, actor: "lead", action: "voted", detail: { n: 2 }, keyId: keys.currentId },
      { seq: 4, actor: "lead", action: "voted", detail: { n: 3 } },
    ]);
  });
});

function event(at: number) {
  const detail = { n: at, reason: at % 2 === 0 ? null : "은\0하수", last: true };
  return { deployment: null, actor: PersonId.parse("lead"), action: "voted", detail };
}
