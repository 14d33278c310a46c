import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Vars } from "#deployments/change.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, done, heart, MODULE, type Heart } from "#tests/support/deployments.ts";

const CANARY = "hunter2-of-the-database";

describe.each(testDatabases())("values of variables on $name", (kind) => {
  let open: OpenDatabase;

  beforeAll(async () => {
    open = await kind.open();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  test("stand in no table in clear, and come back as they were given", async () => {
    const house = heart(open.db);
    const vars = { password: CANARY, tags: { note: CANARY } };
    const made = await planned(house, "shop", vars);
    const planning = done(await house.service.plan(asked("dev"), made.id, { more: CANARY }));

    const stored = await open.db.raw(
      "select (select string_agg(d::text, '') from deployments d) || (select string_agg(c::text, '') from changes c) as everything",
    );

    expect(stored.rows[0].everything).toContain(made.id);
    expect(stored.rows[0].everything).not.toContain(CANARY);
    expect(planning.change?.vars).toEqual({ ...vars, more: CANARY });
    expect((await house.deployments.load(made.id))?.vars).toEqual(vars);
  });

  test("of rows that are older than the seal are read as they are", async () => {
    const house = heart(open.db);
    const waits = await planned(house, "older", {});
    const inClear = JSON.stringify({ region: "ap-northeast-2" });
    await open.db.raw("update deployments set vars = ?::jsonb where id = ?", [inClear, waits.id]);
    await open.db.raw(
      "update changes set body = jsonb_set(body, '{vars}', ?::jsonb) where id = ?",
      [inClear, waits.change?.id ?? ""],
    );

    const read = await house.deployments.load(waits.id);

    expect(read?.vars).toEqual({ region: "ap-northeast-2" });
    expect(read?.change?.vars).toEqual({ region: "ap-northeast-2" });
  });

  test("moved to another deployment do not open", async () => {
    const house = heart(open.db);
    const one = await planned(house, "one", {});
    const other = await planned(house, "other", {});
    await open.db.raw(
      "update deployments set vars = (select vars from deployments where id = ?) where id = ?",
      [one.id, other.id],
    );

    await expect(house.deployments.load(other.id)).rejects.toThrow("belongs to another row");
  });
});

async function planned(house: Heart, name: string, vars: Vars) {
  const made = await house.service.request(asked("dev"), { name, module: MODULE.name, vars });
  return done(await house.service.plan(asked("dev"), done(made).id, {}));
}
