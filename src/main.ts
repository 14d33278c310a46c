import { compose, type Running } from "./compose.ts";
import { readConfig, type Config } from "#config/config.ts";
import { StartRefused } from "#config/start-refused.ts";
import { WrongSecretKey } from "#persistence/keys.ts";
import { StatePortTaken } from "#http/state-listener.ts";
import { BrokenModule } from "#runner/broken-module.ts";
import { openLog, type Log } from "#telemetry/log.ts";
import { STARTED } from "#text/start.ts";
import { say } from "#text/wording.ts";

/** Runs until SIGTERM or SIGINT, then drains. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog(config.logLevel);
  await using running = await compose(config, log);
  const { url } = running;
  log.info({ url }, "listening");
  sayWhatStands(config, log, running);
  const signal = await stopSignal();
  log.info({ signal }, "draining");
}

function sayWhatStands(config: Config, log: Log, { url, shells, runs }: Running): void {
  const database = config.databaseUrl === null ? "PGlite" : "PostgreSQL";
  const cloud = config.cloud.is;
  const queue = config.queue.is;
  const mode = config.production ? STARTED.production : STARTED.standIns;
  const stands = { url, database, queue, cloud, shells, runs: runs.isolation };
  log.info({}, say(mode, "en", stands));
  if (runs.reason !== null) {
    log.warn({ reason: runs.reason }, say(STARTED.runsOpen, "en"));
  }
  if (config.ignoredCredentials.length > 0) {
    const names = config.ignoredCredentials.join(", ");
    log.warn({}, say(STARTED.credentialsIgnored, "en", { names }));
  }
  if (config.console) {
    log.info({}, say(STARTED.console, "en", stands));
  }
  if (config.apiTokensFile !== null) {
    log.info({}, say(STARTED.tokens, "en", { ...stands, file: config.apiTokensFile }));
  }
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
}

/** These say in one sentence what the operator must change; anything else is a failure of ours. */
function isForOperators(error: unknown): error is Error {
  return [StartRefused, WrongSecretKey, StatePortTaken, BrokenModule].some(
    (kind) => error instanceof kind,
  );
}

try {
  await main();
} catch (error) {
  console.error(isForOperators(error) ? error.message : error);
  process.exitCode = 1;
}
