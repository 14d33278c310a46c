import { auditHead } from "#persistence/audit-chain.ts";
import { prune } from "#persistence/prune.ts";
import type { Foundation } from "./foundation.ts";
import { tidyModules } from "./modules.ts";

const HOUR_MS = 3_600_000;

/**
 * Hourly, and once at the start: the head of the audit goes to the log, which the database's owner
 * cannot rewrite (`npm run audit -- verify --anchor` takes it), and what is old is taken away.
 */
export function startHousekeeping(base: Foundation): AsyncDisposable {
  let under = Promise.resolve();
  function keep(): void {
    under = work(base).catch((error: unknown) => {
      base.log.warn({ err: error }, "tidying the database failed; it is tried again in an hour");
    });
  }
  keep();
  const hourly = setInterval(keep, HOUR_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(hourly);
      // What asks a database that is closed waits a minute for it.
      await under;
    },
  };
}

async function work(base: Foundation): Promise<void> {
  const { db, log } = base;
  await tidyModules(base);
  const { seq, hash } = await auditHead(db);
  if (seq > 0) {
    log.info({ anchor: `${seq}:${hash}` }, "newest audit row");
  }
  const pruned = await prune(db);
  if (Object.values(pruned).some((count) => count > 0)) {
    log.info(pruned, "old rows were taken away");
  }
}
