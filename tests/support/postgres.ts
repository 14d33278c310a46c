import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";

/** A PostgreSQL cluster of its own in a temporary folder, without durability. */
export type Cluster = { readonly url: string; stop(): void };

const ROOT = 0;

/** `bin` is the folder with initdb and pg_ctl. Throws with the tool's output when it does not start. */
export async function startCluster(bin: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "mcp-postgres-"));
  giveToPostgres(folder);
  const data = join(folder, "data");
  const port = await freePort();
  runAsPostgres(join(bin, "initdb"), [
    "-D",
    data,
    "-A",
    "trust",
    "-U",
    "postgres",
    "-N",
    "-E",
    "UTF8",
  ]);
  const settings = [
    `-p ${port}`,
    `-k ${folder}`,
    "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c max_connections=200",
  ].join(" ");
  runAsPostgres(join(bin, "pg_ctl"), [
    "-D",
    data,
    "-w",
    "-l",
    join(folder, "log"),
    "-o",
    settings,
    "start",
  ]);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      runAsPostgres(join(bin, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; root hands it to the user its package made. */
function runAsPostgres(command: string, args: readonly string[]): void {
  const isRoot = process.getuid?.() === ROOT;
  const [program, argv] = isRoot
    ? ["runuser", ["-u", "postgres", "--", command, ...args]]
    : [command, [...args]];
  const done = spawnSync(program, argv, {
    encoding: "utf8",
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (done.status !== 0) {
    throw new Error(`${command} ended with ${done.status}: ${done.stdout}${done.stderr}`);
  }
}

function giveToPostgres(folder: string): void {
  if (process.getuid?.() === ROOT) {
    const id = Number(spawnSync("id", ["-u", "postgres"], { encoding: "utf8" }).stdout);
    chownSync(folder, id, id);
  }
}
