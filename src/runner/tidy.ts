import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "#deployments/run.ts";
import type { RunnerParts } from "./job.ts";

const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Removes work trees and files of runs that nobody has touched for seven days. Everything that
 * counts is in the database; these are kept for looking into what went wrong. What `held` runs left
 * stays, however old: a server may have been down so long, and only its files say what an apply made.
 */
export async function removeOldFiles(
  { dataDir, now, log }: Pick<RunnerParts, "dataDir" | "now" | "log">,
  held: readonly Run[],
): Promise<void> {
  for (const kind of ["changes", "runs"]) {
    const folder = join(dataDir, kind);
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((each) => !held.some((run) => isOf(run, each)))) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path);
      if (now().getTime() - mtimeMs > KEPT_MS) {
        await rm(path, { recursive: true, force: true });
        log.info({ path }, "old files of a run were removed");
      }
    }
  }
}

function isOf({ id, change }: Run, name: string): boolean {
  return name === change || name === id || name.startsWith(`${id}-`);
}
