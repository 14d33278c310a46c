import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { RunId } from "#deployments/ids.ts";
import type { Wake } from "#deployments/ports.ts";
import type { Log } from "#telemetry/log.ts";
import { openReach } from "#telemetry/reach.ts";
import type { Secret } from "#telemetry/secret.ts";
import type { Database } from "./database.ts";

export type PostgresWakeOptions = {
  readonly db: Database;
  readonly url: Secret;
  readonly log: Log;
};

const CHANNEL = "mcp_runs";
const PATIENCE_MS = 2_000;
const RECONNECT_MS = 1_000;

/**
 * The bell by LISTEN and NOTIFY. It listens on a connection of its own, because one of the pool
 * is given to others; while that is away, the workers' poll finds what it would have rung for.
 */
export function openPostgresWake({ db, url, log }: PostgresWakeOptions): Wake & AsyncDisposable {
  const reach = openReach(log, "the connection that listens for runs");
  const closing = new AbortController();
  const rings: Parameters<Wake["onWake"]>[0][] = [];
  let listening: Promise<void> = Promise.resolve();

  async function listen(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await hear({ url, signal: closing.signal, onHeard: ring, onListening: () => reach.back() });
      } catch (error) {
        reach.lost(error);
      }
      await delay(RECONNECT_MS, null, { signal: closing.signal }).catch(() => null);
    }
  }

  function ring(payload: string | undefined): void {
    const run = RunId.safeParse(payload);
    if (run.success) {
      rings.forEach((one) => one(run.data));
    }
  }

  return {
    async wake(run) {
      const notified = db.raw("select pg_notify(?, ?)", [CHANNEL, run]).timeout(PATIENCE_MS);
      await notified.catch((error: unknown) => {
        log.warn({ err: error, run }, "nobody was rung for a run; a poll finds it");
      });
    },
    onWake(one) {
      rings.push(one);
      if (rings.length === 1) {
        listening = listen();
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await listening;
    },
  };
}

type Ear = {
  readonly url: Secret;
  readonly signal: AbortSignal;
  readonly onHeard: (payload: string | undefined) => void;
  readonly onListening: () => void;
};

/** Listens on one connection until it breaks, which throws, or until it is told to stop. */
async function hear({ url, signal, onHeard, onListening }: Ear): Promise<void> {
  const client = new pg.Client({
    connectionString: url.reveal(),
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  // Before the connect, which may fail by this very event as well.
  client.on("error", reject);
  client.on("end", () => reject(new Error("The connection has ended.")));
  client.on("notification", ({ payload }) => onHeard(payload));
  signal.addEventListener("abort", () => resolve(), { once: true });
  over.catch(() => {});
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    onListening();
    await over;
  } finally {
    await client.end().catch(() => {});
  }
}
