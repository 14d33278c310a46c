import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, heart, person, waiting, type Heart } from "#tests/support/deployments.ts";

describe.each(testDatabases())("who sees what on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  test("people see their team's deployments, approvers what waits, outsiders nothing", async () => {
    const asking = await waiting(house, "shop");
    const outsider = { ...person("student"), roles: ["viewer" as const] };
    const otherApprover = { ...outsider, groups: ["approvers"] };

    const seen = await Promise.all(
      [person("dev"), person("lead"), outsider, otherApprover].map((viewer) =>
        house.deployments.seen(viewer, asking.id),
      ),
    );

    expect(seen.map((one) => one?.id ?? null)).toEqual([asking.id, asking.id, null, asking.id]);
    const { items } = await house.deployments.list(outsider, {}, { after: null, limit: 100 });
    expect(items).toEqual([]);
    await house.service.cancel(asked("dev"), asking.id);
  });
});
