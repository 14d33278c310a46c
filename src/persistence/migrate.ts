import { readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import type { Knex } from "knex";
import { z } from "zod";
import type { Database } from "./database.ts";

type Migration = { up(db: Knex): Promise<void>; down(db: Knex): Promise<void> };

const FOLDER = fileURLToPath(new URL("../../migrations", import.meta.url));
const FILE = /^\d{3}-[a-z-]+\.ts$/;

/** Names of the migrations that ran in this call, oldest first. */
export async function migrateUp(db: Database): Promise<string[]> {
  return names(await db.migrate.latest({ migrationSource }));
}

/**
 * The same where several processes may start at once, which a PostgreSQL allows and the embedded
 * database does not: one migrates, the others wait for it. A lock of knex's own that a killed
 * process left is taken away: nobody else can be migrating.
 */
export async function migrateUpInTurn(db: Database): Promise<string[]> {
  return db.transaction(async (turn) => {
    await turn.raw("select pg_advisory_xact_lock(hashtext('migrations'))");
    await db.migrate.forceFreeMigrationsLock({ migrationSource });
    return migrateUp(db);
  });
}

/** Undoes every migration, newest first; the data goes with them. */
export async function migrateDown(db: Database): Promise<string[]> {
  return names(await db.migrate.rollback({ migrationSource }, true));
}

export async function migrationStatus(db: Database): Promise<{ done: string[]; open: string[] }> {
  const [done, open] = z
    .tuple([z.array(z.unknown()), z.array(z.unknown())])
    .parse(await db.migrate.list({ migrationSource }));
  return { done: done.map(nameOf), open: open.map(nameOf) };
}

const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () =>
    readdirSync(FOLDER)
      .filter((name) => FILE.test(name))
      .sort(),
  getMigrationName: (name) => name,
  async getMigration(name): Promise<Migration> {
    const migration: Migration = await import(pathToFileURL(join(FOLDER, name)).href);
    return migration;
  },
};

function names(result: unknown): string[] {
  return z.tuple([z.number(), z.array(z.string())]).parse(result)[1];
}

function nameOf(entry: unknown): string {
  return typeof entry === "string" ? entry : z.object({ name: z.string() }).parse(entry).name;
}
