import { Socket } from "node:net";
import knex, { type Knex } from "knex";
import pg from "pg";
import { z } from "zod";
import { openEmbedded } from "./embedded.ts";

export type Database = Knex;

/** An open database; disposing it closes the pool and, if embedded, the server behind it. */
export type OpenDatabase = AsyncDisposable & { readonly db: Database };

export type DatabaseConfig =
  | {
      readonly kind: "postgres";
      readonly url: string;
      readonly schema?: string;
      /** A connection without a byte for so long is given up, whatever it waits for. */
      readonly silentMs?: number;
    }
  | { readonly kind: "embedded"; readonly dataDir: string };

// bigint columns here are counters that stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

// A process that is frozen in the middle of a transaction would hold up all others with its locks
// for as long: PostgreSQL ends it, well before the lease of its runs is over.
const LONGEST_PAUSE_MS = 15_000;

// A network that drops packets answers nothing, not even that it is gone: a query would wait for ever.
// No query of ours is silent for so long, be it a migration or one that waits for others' locks.
const SILENT_MS = 600_000;
const CONNECT_MS = 10_000;
const PROBE_AFTER_MS = 30_000;

/** Opens the pool. Throws when a PostgreSQL does not answer at the first query, not here. */
export async function openDatabase(config: DatabaseConfig): Promise<OpenDatabase> {
  switch (config.kind) {
    case "postgres":
      return openPool({
        connection: {
          connectionString: config.url,
          idle_in_transaction_session_timeout: LONGEST_PAUSE_MS,
          connectionTimeoutMillis: CONNECT_MS,
          keepAlive: true,
          keepAliveInitialDelayMillis: PROBE_AFTER_MS,
        },
        pool: { ...POOL, afterCreate: givingUp(config.silentMs ?? SILENT_MS) },
        ...(config.schema === undefined ? {} : { searchPath: [config.schema] }),
      });
    case "embedded": {
      const embedded = await openEmbedded(config.dataDir);
      const pool = await openPool({
        connection: { host: embedded.socketFolder, user: "postgres", database: "postgres" },
        // The socket server passes on message by message: with two connections one's Bind can
        // land on the other's unnamed statement (seen: "bind message supplies 10 parameters").
        pool: { min: 1, max: 1 },
      });
      return {
        db: pool.db,
        async [Symbol.asyncDispose]() {
          await pool[Symbol.asyncDispose]();
          await embedded[Symbol.asyncDispose]();
        },
      };
    }
  }
}

const POOL = { min: 0, max: 8 };

const Opened = z.object({ connection: z.object({ stream: z.instanceof(Socket) }) });
type Created = (error: Error | null, connection: unknown) => void;

/** For the pool: the driver's own time limit would leave the dead connection in there. */
function givingUp(silentMs: number): (opened: unknown, done: Created) => void {
  return (opened, done) => {
    const { stream } = Opened.parse(opened).connection;
    stream.setTimeout(silentMs, () => {
      stream.destroy(new Error(`PostgreSQL was silent for ${silentMs / 1000} s.`));
    });
    done(null, opened);
  };
}

/** knex prints each failed connection to stdout, with its stack; the query that wanted it tells. */
const QUIET: Knex.Logger = { warn() {} };

async function openPool(options: Knex.Config): Promise<OpenDatabase> {
  const db = knex({ client: "pg", pool: POOL, log: QUIET, ...options });
  return {
    db,
    async [Symbol.asyncDispose]() {
      await db.destroy();
    },
  };
}
