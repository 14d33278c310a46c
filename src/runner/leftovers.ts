import { basename, join } from "node:path";
import type { RunId } from "#deployments/ids.ts";
import type { ProcessIdentity, Run } from "#deployments/run.ts";
import type { RunnerParts } from "./job.ts";
import { killSession, sessionsLeft } from "./process-identity.ts";
import { leftFolders, openRunFiles, readStarted, type LeftFolder } from "./run-files.ts";
import { perhapsOrphans, scanOutput } from "./write-ahead.ts";

type Parts = Pick<RunnerParts, "dataDir" | "worker" | "runs" | "states" | "leftovers" | "log">;

/**
 * Ends what runs left on this machine that nobody attends to: processes that should not live any
 * more (an admin took the run away while we were down, say), and locks that only a dead one holds;
 * tells what such a run made unheard.
 * What an earlier process of this DATA_DIR started is known by its files and its identity only.
 */
export function openLeftovers(parts: Parts) {
  // Looked at once and found without a process: none can start there again.
  const over = new Set<string>();
  return {
    /** `attended`: runs that this worker is at, or goes on with. */
    async end(attended: ReadonlySet<RunId>): Promise<void> {
      const folders = await leftFolders(
        parts.dataDir,
        ({ name, run }) => over.has(name) || attended.has(run),
      );
      const living = await stillThere(parts, folders);
      const busy = new Set<RunId>();
      for (const { run, leaders } of living) {
        if (!(await endProcesses(parts, run, leaders))) {
          busy.add(run);
        }
      }
      for (const { name, run } of folders.filter((each) => !busy.has(each.run))) {
        if (await isAllTold(parts, { name, run })) {
          over.add(name);
        }
      }
      await freeStrayLocks(parts, attended);
    },
  };
}

type Living = { readonly run: RunId; readonly leaders: readonly ProcessIdentity[] };

/** By run, the sessions of its attempts that have processes. */
async function stillThere(
  { dataDir }: Pick<Parts, "dataDir">,
  folders: readonly LeftFolder[],
): Promise<Living[]> {
  const sessions = folders.flatMap(({ run, processes }) =>
    processes.map((leader) => ({ run, leader })),
  );
  const left = await sessionsLeft(sessions, join(dataDir, "changes"));
  return [...new Set(left.map(({ run }) => run))].map((run) => ({
    run,
    leaders: left.filter((each) => each.run === run).map(({ leader }) => leader),
  }));
}

/** False: it may go on. */
async function endProcesses(
  parts: Parts,
  id: RunId,
  leaders: readonly ProcessIdentity[],
): Promise<boolean> {
  const run = await parts.runs.load(id);
  // Without its record nobody can say that it has ended.
  if (run === null || isOurs(run, parts.worker)) {
    return false;
  }
  for (const leader of leaders) {
    await killSession(leader);
  }
  const pids = leaders.map(({ pid }) => pid);
  parts.log.warn({ run: id, status: run.status, pids }, "processes of an ended run were killed");
  await parts.leftovers.killed(run, pids);
  return true;
}

/**
 * What an apply made after it was last heard stands in its output only, once an admin took it over:
 * the state takes nothing more from it. False: the deployment is to be told, and not now.
 */
async function isAllTold(parts: Parts, folder: Pick<LeftFolder, "name" | "run">): Promise<boolean> {
  const run = await parts.runs.load(folder.run);
  if (run?.kind !== "apply" || run.status !== "lost") {
    return true;
  }
  const files = await openRunFiles(parts.dataDir, run);
  if (basename(files.folder) !== folder.name || (await readStarted(files, "apply")) === null) {
    return true;
  }
  const found = perhapsOrphans(await scanOutput(files.output, run.outputOffset));
  return found.length === 0 || parts.leftovers.unheard(run, found);
}

function isOurs(run: Run, worker: string): boolean {
  return run.worker === worker && run.endedAt === null;
}

/**
 * The process that took the lock was of this DATA_DIR, its identity is known, and nothing of it is
 * left: that proves its death. Any other lock waits for an admin.
 */
async function freeStrayLocks(parts: Parts, attended: ReadonlySet<RunId>): Promise<void> {
  for (const lock of await parts.states.strays(parts.worker)) {
    const { run, deployment } = lock;
    const folders = await leftFolders(parts.dataDir, (folder) => folder.run !== run);
    const known = folders.some(({ processes }) => processes.length > 0);
    if (known && !attended.has(run) && (await stillThere(parts, folders)).length === 0) {
      await parts.states.release(run);
      parts.log.warn({ run, deployment }, "the lock of a dead run was freed");
      await parts.leftovers.lockFreed(lock, parts.worker);
    }
  }
}
