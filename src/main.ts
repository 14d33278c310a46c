import { compose, type Running } from "./compose.ts";
import { runProgram } from "./compose/program.ts";
import type { Config } from "#config/config.ts";
import type { Log } from "#telemetry/log.ts";
import { STARTED } from "#text/start.ts";
import { say } from "#text/wording.ts";

await runProgram("all", async (config, log) => {
  const running = await compose(config, log);
  const { url } = running;
  log.info({ url }, "listening");
  sayWhatStands(config, log, running);
  return running;
});

function sayWhatStands(config: Config, log: Log, { url, shells, runs }: Running): void {
  const database = config.databaseUrl === null ? "PGlite" : "PostgreSQL";
  const cloud = config.cloud.is;
  const queue = config.queue.is;
  const mode = config.production ? STARTED.production : STARTED.standIns;
  const isolation = runs?.isolation ?? "elsewhere";
  const network = runs?.network ?? "elsewhere";
  const stands = { url, database, queue, cloud, shells, runs: isolation, network };
  log.info({}, say(mode, "en", stands));
  sayWhoRuns(config, log, runs);
  if (config.ignoredCredentials.length > 0) {
    const names = config.ignoredCredentials.join(", ");
    log.warn({}, say(STARTED.credentialsIgnored, "en", { names }));
  }
  sayWhoComesIn(config, log, url);
}

function sayWhoComesIn({ console, apiTokensFile: file }: Config, log: Log, url: string): void {
  if (console) {
    log.info({}, say(STARTED.console, "en", { url }));
  }
  if (file !== null) {
    log.info({}, say(STARTED.tokens, "en", { url, file }));
  } else if (!console) {
    log.warn({}, say(STARTED.noDoor, "en"));
  }
}

function sayWhoRuns({ databaseUrl }: Config, log: Log, runs: Running["runs"]): void {
  if (runs === null) {
    log.warn({}, say(databaseUrl === null ? STARTED.nobodyRuns : STARTED.doorsOnly, "en"));
  } else if (runs.reason !== null) {
    log.warn({ reason: runs.reason }, say(STARTED.runsOpen, "en"));
  } else if (runs.sharing !== null) {
    log.warn({ reason: runs.sharing }, say(STARTED.runsShare, "en"));
  }
}
