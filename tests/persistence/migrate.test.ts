import { describe, expect, test } from "vitest";
import { migrateDown, migrateUp, migrationStatus } from "#persistence/migrate.ts";
import { testDatabases } from "#tests/support/databases.ts";

describe.each(testDatabases())("migrations on $name", ({ open }) => {
  test("go down to nothing and up again", async () => {
    await using database = await open();
    const before = await migrationStatus(database.db);

    const undone = await migrateDown(database.db);
    const empty = await migrationStatus(database.db);
    const redone = await migrateUp(database.db);

    expect(before.open).toEqual([]);
    expect(undone.toReversed()).toEqual(before.done);
    expect(empty).toEqual({ done: [], open: before.done });
    expect(redone).toEqual(before.done);
  });
});
