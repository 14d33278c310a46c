import { readConfig, type Config, type Role } from "#config/config.ts";
import { openLog, type Log } from "#telemetry/log.ts";
import { isForOperators } from "./for-operators.ts";

/** Longer than what is closed may take, shorter than the 30 s an orchestrator waits. */
const DRAIN_MS = 28_000;

/**
 * Opens the program, runs it until SIGTERM or SIGINT and drains it then; a second signal ends it at
 * once, and so does a drain that takes too long. Nothing is lost by that: the database has it all.
 */
export async function runProgram(
  role: Role,
  open: (config: Config, log: Log) => Promise<AsyncDisposable>,
): Promise<void> {
  try {
    const config = readConfig(process.env, role);
    const log = openLog(config.logLevel);
    await using _running = await open(config, log);
    const signal = await stopSignal();
    log.info({ signal }, "draining");
    endInTime(log);
  } catch (error) {
    console.error(isForOperators(error) ? error.message : error);
    process.exitCode = 1;
  }
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
}

function endInTime(log: Log): void {
  function end(why: string): void {
    log.warn({ why }, "ending before everything was closed");
    process.exit(1);
  }
  process.on("SIGTERM", () => end("a second signal"));
  process.on("SIGINT", () => end("a second signal"));
  setTimeout(() => end(`not drained after ${DRAIN_MS / 1000} s`), DRAIN_MS).unref();
}
