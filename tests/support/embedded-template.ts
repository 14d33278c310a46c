import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#persistence/database.ts";
import { migrateUp } from "#persistence/migrate.ts";

const VARIABLE = "TEST_EMBEDDED_TEMPLATE";

/** Makes one empty, migrated PGlite folder; making a cluster anew costs seconds each time. */
export async function makeTemplate(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-template-"));
  const open = await openDatabase({ kind: "embedded", dataDir });
  await migrateUp(open.db);
  await open[Symbol.asyncDispose]();
  process.env[VARIABLE] = dataDir;
  return dataDir;
}

/** A new DATA_DIR whose database is a copy of the template. */
export function dataDirFromTemplate(prefix: string): string {
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  const template = process.env[VARIABLE];
  if (template !== undefined) {
    cpSync(join(template, "database"), join(dataDir, "database"), { recursive: true });
  }
  return dataDir;
}
