import { randomBytes } from "node:crypto";
import { openDatabase, type Database } from "#persistence/database.ts";
import { migrateUp } from "#persistence/migrate.ts";

/** The database of one stage; a PostgreSQL of its own, or the product's embedded one. */
export type StageDatabase = AsyncDisposable & {
  /** Null: the product opens the one in its DATA_DIR, and nobody may read it meanwhile. */
  readonly url: string | null;
  /** Reads the facts. The embedded database must not be open anywhere then. */
  read<T>(ask: (db: Database) => Promise<T>): Promise<T>;
};

// Every change of a run's status or fence, by whoever made it: what the history check reads.
const HISTORY = `
  create table fault_history (
    seq bigserial primary key,
    at timestamptz not null default clock_timestamp(),
    run text not null,
    deployment text not null,
    kind text not null,
    status text not null,
    fence integer not null,
    worker text
  );
  create function fault_note() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' or new.status <> old.status or new.fence <> old.fence then
      insert into fault_history (run, deployment, kind, status, fence, worker)
      values (new.id, new.deployment_id, new.kind, new.status, new.fence, new.worker);
    end if;
    return new;
  end $$;
  create trigger fault_note after insert or update on runs
    for each row execute function fault_note();
`;

/** A database with our tables and the history of runs; `migrated: false` leaves it empty. */
export async function openStageDatabase(
  dataDir: string,
  { migrated }: { readonly migrated: boolean },
): Promise<StageDatabase> {
  const server = serverUrl();
  if (server === null) {
    return openEmbedded(dataDir, migrated);
  }
  const name = `faults_${randomBytes(6).toString("hex")}`;
  await onServer(server, (db) => db.raw(`create database "${name}"`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const { href } = url;
  const read: StageDatabase["read"] = async (ask) => onServer(href, ask);
  if (migrated) {
    await read(prepare);
  }
  return {
    url: href,
    read,
    async [Symbol.asyncDispose]() {
      await onServer(server, (db) => db.raw(`drop database "${name}" with (force)`));
    },
  };
}

/** True where there is no PostgreSQL, or `FAULTS_DATABASE=embedded` asks for ours. */
export function isEmbedded(): boolean {
  return serverUrl() === null;
}

function serverUrl(): string | null {
  return process.env["FAULTS_DATABASE"] === "embedded"
    ? null
    : (process.env["TEST_DATABASE_URL"] ?? null);
}

async function openEmbedded(dataDir: string, migrated: boolean): Promise<StageDatabase> {
  const read: StageDatabase["read"] = async (ask) => {
    await using open = await openDatabase({ kind: "embedded", dataDir });
    return await ask(open.db);
  };
  if (migrated) {
    await read(prepare);
  }
  return {
    url: null,
    read,
    async [Symbol.asyncDispose]() {
      // Its files go with the folder.
    },
  };
}

async function prepare(db: Database): Promise<void> {
  await migrateUp(db);
  await db.raw(HISTORY);
}

async function onServer<T>(url: string, ask: (db: Database) => Promise<T>): Promise<T> {
  await using open = await openDatabase({ kind: "postgres", url });
  return await ask(open.db);
}
