import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunId } from "#deployments/ids.ts";
import type { Log } from "#telemetry/log.ts";
import type { Vault } from "./vault.ts";

/** Which leases of Vault run for which runs; on disk, so that a restarted server ends them too. */
export type Leases = {
  /** Kept before the run may use it. */
  keep(run: RunId, lease: string): Promise<void>;
  /** Ends the run's leases, and what could not be ended before; Vault being away is only logged. */
  release(run: RunId): Promise<void>;
};

const OVER = ".over";

export function openLeases(dataDir: string, vault: Pick<Vault, "revoke">, log: Log): Leases {
  const folder = join(dataDir, "leases");

  async function end(name: string): Promise<void> {
    const file = join(folder, name);
    try {
      await vault.revoke(await readFile(file, "utf8"));
      await rm(file, { force: true });
    } catch (error) {
      log.warn({ err: error }, "a lease of Vault could not be ended; it is tried again later");
    }
  }

  return {
    async keep(run, lease) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, fileOf(run, lease)), lease, { mode: 0o600 });
    },
    async release(run) {
      const names = await readdir(folder).catch(() => []);
      const own = names.filter((name) => name.startsWith(`${run}.`) && !name.endsWith(OVER));
      for (const name of own) {
        await rename(join(folder, name), join(folder, `${name}${OVER}`));
      }
      const over = names.filter((name) => name.endsWith(OVER));
      for (const name of [...own.map((each) => `${each}${OVER}`), ...over]) {
        await end(name);
      }
    },
  };
}

/** One run may have several: each attempt has its own. */
function fileOf(run: RunId, lease: string): string {
  return `${run}.${Buffer.from(lease).toString("base64url").slice(-40)}`;
}
