import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#config/config.ts";
import { StartRefused } from "#config/start-refused.ts";
import { DataDirHeld, holdDataDir } from "#persistence/data-dir.ts";
import { openDatabase, type Database, type OpenDatabase } from "#persistence/database.ts";
import { checkCanary, openKeys, type Keys } from "#persistence/keys.ts";
import { takeUpLeftInHand } from "#persistence/left-in-hand.ts";
import { migrateUp, migrateUpInTurn, migrationStatus } from "#persistence/migrate.ts";
import { Secret } from "#telemetry/secret.ts";

/** DATA_DIR held, the database up to date, and keys that open what it holds. */
export type Store = AsyncDisposable & { readonly db: Database; readonly keys: Keys };

/** Throws `StartRefused` when DATA_DIR is held by another process or the keys are not the right ones. */
export async function openStore(config: Config): Promise<Store> {
  await using closing = new AsyncDisposableStack();
  closing.use(held(config.dataDir));
  const { db } = closing.use(await openDatabaseOf(config));
  await bringUpToDate(db, config);
  if (config.databaseUrl === null) {
    await takeUpLeftInHand(db);
  }
  const keys = openKeys({
    secret: config.secretKey ?? keptSecret(config.dataDir),
    previous: config.previousSecretKey,
  });
  await checkCanary(db, keys);
  const opened = closing.move();
  return { db, keys, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** Throws `StartRefused` when another process has the folder. */
export function held(folder: string): Disposable {
  try {
    return holdDataDir(folder);
  } catch (error) {
    if (error instanceof DataDirHeld) {
      throw new StartRefused("data-dir-held", { folder: error.folder, pid: error.pid });
    }
    throw error;
  }
}

/** Throws `StartRefused` when the PostgreSQL of DATABASE_URL does not answer. */
export async function openDatabaseOf({
  databaseUrl,
  dataDir,
}: Pick<Config, "databaseUrl" | "dataDir">): Promise<OpenDatabase> {
  if (databaseUrl === null) {
    return openDatabase({ kind: "embedded", dataDir });
  }
  await using closing = new AsyncDisposableStack();
  const open = closing.use(await openDatabase({ kind: "postgres", url: databaseUrl.reveal() }));
  try {
    await open.db.raw("select 1");
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StartRefused("database-away", { problem });
  }
  closing.move();
  return open;
}

/** In production an operator does it, when it suits and once for all processes. */
async function bringUpToDate(db: Database, { production, databaseUrl }: Config): Promise<void> {
  if (!production) {
    await (databaseUrl === null ? migrateUp(db) : migrateUpInTurn(db));
    return;
  }
  const { open } = await migrationStatus(db);
  if (open.length > 0) {
    throw new StartRefused("migrations-open", { names: open.join(", ") });
  }
}

/** Outside production the root key is made once; with another one the canary refuses the start. */
function keptSecret(dataDir: string): Secret {
  return new Secret(kept(dataDir, "secret-key", () => randomBytes(32).toString("base64url")));
}

/** A value of this DATA_DIR that is made once. */
export function kept(dataDir: string, name: string, make: () => string): string {
  const file = join(dataDir, name);
  if (!existsSync(file)) {
    writeFileSync(file, make(), { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}
