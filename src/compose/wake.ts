import type { Config } from "#config/config.ts";
import type { Wake } from "#deployments/ports.ts";
import type { Database } from "#persistence/database.ts";
import { productId } from "#persistence/product-id.ts";
import { openPostgresWake } from "#persistence/wake.ts";
import { openLocalWake } from "#runner/local-queue.ts";
import { openBullWake } from "#runner/queue.ts";
import type { Log } from "#telemetry/log.ts";

export type WakeParts = {
  readonly config: Pick<Config, "queue" | "databaseUrl">;
  readonly db: Database;
  readonly log: Log;
};

/** The bell that the configuration names. */
export async function openWake(
  { config, db, log }: WakeParts,
  closing: AsyncDisposableStack,
): Promise<Wake> {
  const { queue, databaseUrl } = config;
  if (queue.is === "bull") {
    const product = await productId(db);
    return closing.use(openBullWake({ redisUrl: queue.redisUrl, product, log }));
  }
  return queue.is === "postgres" && databaseUrl !== null
    ? closing.use(openPostgresWake({ db, url: databaseUrl, log }))
    : openLocalWake();
}

const LOCAL_POLL_MS = 1_000;
const SHARED_POLL_MS = 5_000;

/** What a lost bell costs at most. In one process a bell is lost only with the process. */
export function pollMsOf({ queue }: Pick<Config, "queue">): number {
  return queue.is === "inprocess" ? LOCAL_POLL_MS : SHARED_POLL_MS;
}
