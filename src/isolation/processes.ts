import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** A process of this host; the start time (clock ticks since boot) tells it from a later one. */
export type HostProcess = { readonly pid: number; readonly startedAt: string };

/**
 * The process and everything below it, as the host numbers them. Nothing leaves a sandbox's tree:
 * an orphan goes to the init of its own namespace.
 */
export function processTree(pid: number): HostProcess[] {
  const parents = new Map<number, { parent: number; startedAt: string }>();
  for (const name of readdirSync("/proc")) {
    const found = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (found !== null) {
      parents.set(Number(name), found);
    }
  }
  const tree = new Set([pid]);
  // A child may have a lower number than its parent, so go on until nothing is added.
  for (let before = 0; before !== tree.size;) {
    before = tree.size;
    for (const [child, { parent }] of parents) {
      if (tree.has(parent)) {
        tree.add(child);
      }
    }
  }
  return [...tree].flatMap((pid) => {
    const found = parents.get(pid);
    return found === undefined ? [] : [{ pid, startedAt: found.startedAt }];
  });
}

/** False also when the pid belongs to another process by now, or is only waiting to be reaped. */
export function isAlive({ pid, startedAt }: HostProcess): boolean {
  const found = statOf(pid);
  return found !== null && found.startedAt === startedAt && found.state !== "Z";
}

/**
 * Kills the process group of `pid` and waits until nothing of its tree is left; the namespaces of
 * a sandbox go down with their first process. False when something still runs after `withinMs`.
 */
export async function endTree(pid: number, withinMs = 2_000): Promise<boolean> {
  const tree = processTree(pid);
  kill(-pid);
  for (let waited = 0; waited < withinMs; waited += POLL_MS) {
    if (!tree.some(isAlive)) {
      return true;
    }
    await setTimeout(POLL_MS);
  }
  for (const left of tree.filter(isAlive)) {
    kill(left.pid);
  }
  await setTimeout(POLL_MS);
  return !tree.some(isAlive);
}

const POLL_MS = 10;

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function statOf(pid: number): { parent: number; startedAt: string; state: string } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name in parentheses may hold spaces and parentheses itself (proc(5)).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", parent = ""] = fields;
  return { state, parent: Number(parent), startedAt: fields[19] ?? "" };
}
