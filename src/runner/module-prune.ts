import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Log } from "#telemetry/log.ts";

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
// Another command may be fetching into a younger one.
const DRAFT_MS = 24 * 3_600_000;

export type ModulePruning = {
  readonly dataDir: string;
  /** Folders of the modules that this process offers. */
  readonly inUse: readonly string[];
  /** Commits that something which exists was last applied with. */
  readonly pinned: ReadonlySet<string>;
  readonly now: Date;
  readonly log: Log;
};

/**
 * Removes fetched commits of module repositories that nothing needs any more. What a run needs of a
 * module is in its plan and its work tree, so these are kept of a repository: the commit that this
 * process offers, the newest that was fetched, for a start without the host, and those that
 * deployments are pinned to, for a look at drift.
 */
export async function pruneModules(pruning: ModulePruning): Promise<void> {
  const modules = join(pruning.dataDir, "modules");
  for (const room of await namesIn(modules)) {
    await pruneRoom(join(modules, room), pruning);
  }
}

async function pruneRoom(room: string, { inUse, pinned, now, log }: ModulePruning): Promise<void> {
  const newest = await readFile(join(room, "newest"), "utf8").catch(() => null);
  for (const name of await namesIn(room)) {
    const path = join(room, name);
    const isUsed = inUse.some((folder) => folder === path || folder.startsWith(path + sep));
    const isOld = COMMIT.test(name)
      ? name !== newest && !isUsed && !pinned.has(name)
      : name.startsWith(".draft-") && now.getTime() - (await stat(path)).mtimeMs > DRAFT_MS;
    if (isOld) {
      await rm(path, { recursive: true, force: true });
      log.info({ path }, "an old commit of a module repository was removed");
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
