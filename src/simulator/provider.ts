import { join } from "node:path";
import process, { argv, env, exit, stderr, stdout } from "node:process";
import { openCloud } from "./cloud.ts";
import { readEnvironment, StartRefused, type Environment } from "./environment.ts";
import { handlersOf } from "./handlers.ts";
import { openKnobs } from "./knobs.ts";
import { loadCatalogue } from "./schema/load.ts";
import type { Session } from "./session.ts";
import { serve } from "./wire.ts";

const SHUTDOWN_MS = 10;

/** A provider process: one handshake line on stdout, then calls until Terraform is done. */
async function main(): Promise<void> {
  // Ctrl-C reaches the whole group; Terraform itself decides what is finished and what is not.
  process.on("SIGINT", () => {
    log("SIGINT is left to Terraform");
  });
  const session = openSession(readEnvironment(argv[2], env));
  const port = await serve(handlersOf(session), () => {
    setTimeout(() => exit(0), SHUTDOWN_MS);
  });
  stdout.write(`1|5|tcp|127.0.0.1:${port}|grpc|\n`);
}

function openSession({ cloud, cloudDir, region, project }: Environment): Session {
  const folder = join(cloudDir, cloud);
  const now = (): Date => new Date();
  return {
    cloud,
    catalogue: loadCatalogue(cloud),
    objects: openCloud(folder),
    knobs: openKnobs(folder, now),
    now,
    log,
    settings: { region, project, zone: "", defaults: {}, marksOrigin: false },
    stopping: false,
  };
}

/** Stdout belongs to the handshake: one more word there and Terraform gives up. */
function log(line: string): void {
  stderr.write(`simulated cloud: ${line}\n`);
}

try {
  await main();
} catch (error) {
  log(
    error instanceof StartRefused
      ? error.message
      : String(error instanceof Error ? error.stack : error),
  );
  exit(1);
}
