import type { Config } from "#config/config.ts";
import type { Log } from "#telemetry/log.ts";
import { openFoundation } from "./foundation.ts";
import { tidyModules } from "./modules.ts";
import { checkProduction } from "./production.ts";
import { startRunning } from "./running.ts";

/** A worker without doors; disposing it drains. */
export type Working = AsyncDisposable & { readonly worker: string };

/** Joins what executes runs, and no door: cards come from the processes that have some. */
export async function composeWorker(config: Config, log: Log): Promise<Working> {
  await checkProduction(config);
  await using closing = new AsyncDisposableStack();
  const base = await openFoundation(config, log, closing);
  await startRunning(base, closing);
  await tidyModules(base);
  const opened = closing.move();
  return { worker: base.worker, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
