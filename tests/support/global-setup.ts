import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTemplate } from "./embedded-template.ts";
import { found } from "./found.ts";
import { startCluster, type Cluster } from "./postgres.ts";

let cluster: Cluster | null = null;
let template = "";
let compiled = "";

/** Starts a throw-away PostgreSQL where its binaries are found; tests see its address. */
export async function setup(): Promise<void> {
  // Runs and shells must not see what the tester's shell happens to hold.
  process.env["CHECKPOINT_DISABLE"] = "1";
  delete process.env["TF_CLI_CONFIG_FILE"];
  template = await makeTemplate();
  // Programs that tests start compile the same files again and again: a fifth of what a start costs.
  compiled = mkdtempSync(join(tmpdir(), "mcp-compiled-"));
  process.env["TEST_COMPILED"] = compiled;
  if (process.env["TEST_DATABASE_URL"] === undefined && found.postgres !== null) {
    cluster = await startCluster(found.postgres);
    process.env["TEST_DATABASE_URL"] = cluster.url;
  }
}

export function teardown(): void {
  cluster?.stop();
  rmSync(template, { recursive: true, force: true });
  rmSync(compiled, { recursive: true, force: true });
}
