import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { openDatabase, type OpenDatabase } from "#persistence/database.ts";
import { migrateUp } from "#persistence/migrate.ts";
import { dataDirFromTemplate } from "./embedded-template.ts";

export type TestDatabase = {
  readonly name: "PGlite" | "PostgreSQL";
  open(): Promise<OpenDatabase>;
};

/**
 * The databases a store test runs on: always the embedded one, and a real PostgreSQL where
 * `TEST_DATABASE_URL` names one (global-setup looks for one). Each `open` is an empty, migrated database.
 */
export function testDatabases(): TestDatabase[] {
  const url = process.env["TEST_DATABASE_URL"];
  const embedded: TestDatabase = { name: "PGlite", open: openEmbedded };
  return url === undefined
    ? [embedded]
    : [embedded, { name: "PostgreSQL", open: () => openSchema(url) }];
}

async function openEmbedded(): Promise<OpenDatabase> {
  const dataDir = dataDirFromTemplate("mcp-db-");
  const open = await openDatabase({ kind: "embedded", dataDir });
  await migrateUp(open.db);
  return {
    db: open.db,
    async [Symbol.asyncDispose]() {
      await open[Symbol.asyncDispose]();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function openSchema(url: string): Promise<OpenDatabase> {
  const schema = `test_${randomBytes(6).toString("hex")}`;
  const open = await openDatabase({ kind: "postgres", url, schema });
  await open.db.raw(`create schema "${schema}"`);
  await migrateUp(open.db);
  return {
    db: open.db,
    async [Symbol.asyncDispose]() {
      await open.db.raw(`drop schema "${schema}" cascade`);
      await open[Symbol.asyncDispose]();
    },
  };
}
