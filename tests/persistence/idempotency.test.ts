import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database, OpenDatabase } from "#persistence/database.ts";
import { createIdempotency } from "#persistence/idempotency.ts";
import { testDatabases } from "#tests/support/databases.ts";

describe.each(testDatabases())("the record of answered requests on $name", ({ open }) => {
  let database: OpenDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const asked = (key: string, requestHash = "h") => ({ person: "dev", key, requestHash });
  const record = () => createIdempotency(db);
  const agedBy = (key: string, age: string) =>
    db("idempotency_keys")
      .where({ key })
      .update({ at: db.raw("now() - ?::interval", [age]) });

  test("of many first requests at once exactly one is new", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => record().begin(asked("race"))),
    );

    expect(answers.map(({ is }) => is).sort()).toEqual(["new", ...Array(7).fill("running")].sort());
  });

  test("a finished request is answered as it was, for the same request only", async () => {
    await record().begin(asked("done"));
    const answer = { status: 201, body: { name: "shop", list: [1, null] } };

    await record().finish(asked("done"), answer);

    expect(await record().begin(asked("done"))).toEqual({ is: "answered", answer });
    expect(await record().begin(asked("done", "other"))).toEqual({ is: "other" });
    expect(await record().begin({ ...asked("done"), person: "lead" })).toEqual({ is: "new" });
  });

  test("a forgotten request is new again, a finished one is not forgotten", async () => {
    await record().begin(asked("again"));
    await record().forget(asked("again"));
    const second = await record().begin(asked("again"));

    await record().finish(asked("again"), { status: 200, body: {} });
    await record().forget(asked("again"));

    expect(second).toEqual({ is: "new" });
    expect(await record().begin(asked("again"))).toMatchObject({ is: "answered" });
  });

  test("a request whose process died may be tried again after two minutes", async () => {
    await record().begin(asked("died"));
    await agedBy("died", "1 minute");
    const early = await record().begin(asked("died"));

    await agedBy("died", "3 minutes");

    expect(early).toEqual({ is: "running" });
    expect(await record().begin(asked("died", "other"))).toEqual({ is: "other" });
    expect(await record().begin(asked("died"))).toEqual({ is: "new" });
    expect(await record().begin(asked("died"))).toEqual({ is: "running" });
  });

  test("a request that broke off may be tried again at once, as the same request, by one", async () => {
    await record().begin(asked("broke"));
    await record().release(asked("broke"));

    const other = await record().begin(asked("broke", "other"));
    const again = await Promise.all([1, 2, 3].map(() => record().begin(asked("broke"))));

    expect(other).toEqual({ is: "other" });
    expect(again.map(({ is }) => is).sort()).toEqual(["new", "running", "running"]);
  });

  test("an answer is kept for a day", async () => {
    await record().begin(asked("old"));
    await record().finish(asked("old"), { status: 200, body: {} });

    await agedBy("old", "25 hours");

    expect(await record().begin(asked("old"))).toEqual({ is: "new" });
  });
});
