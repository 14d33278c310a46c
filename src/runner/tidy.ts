import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "#telemetry/log.ts";

const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Removes work trees and files of runs that nobody has touched for seven days. Everything that
 * counts is in the database; these are kept for looking into what went wrong.
 */
export async function removeOldFiles(dataDir: string, now: Date, log: Log): Promise<void> {
  for (const kind of ["changes", "runs"]) {
    const folder = join(dataDir, kind);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path);
      if (now.getTime() - mtimeMs > KEPT_MS) {
        await rm(path, { recursive: true, force: true });
        log.info({ path }, "old files of a run were removed");
      }
    }
  }
}
