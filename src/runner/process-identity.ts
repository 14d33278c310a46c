import { readdir, readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { ProcessIdentity } from "#deployments/run.ts";
import { LISTEN } from "#isolation/run-network.ts";

/** The process with this pid as it is now; null when there is none (a zombie counts as none). */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const stat = await statOf(pid);
  return stat === null
    ? null
    : { pid, startTime: stat.startTime, bootId: await bootId(), host: hostname() };
}

/** True while exactly this process runs; a later process with the same pid is another one. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identify(identity.pid);
  return now !== null && now.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** False after a reboot: what the files say may be cut short then. */
export async function isThisBoot(identity: ProcessIdentity): Promise<boolean> {
  return identity.bootId === (await bootId());
}

/**
 * Sends one signal to the command that the wrapper started, not to the wrapper itself nor to what
 * shuts it in. False when there is no such command yet, or any more.
 */
export async function signalChild(wrapper: ProcessIdentity, signal: "SIGINT"): Promise<boolean> {
  const command = await commandOf(wrapper);
  if (command !== null) {
    send(command, signal);
  }
  return command !== null;
}

/** The environment that the wrapper's command was started with; empty once it is gone. */
export async function environmentOf(wrapper: ProcessIdentity): Promise<Record<string, string>> {
  const command = await commandOf(wrapper);
  const path = `/proc/${command ?? "none"}/environ`;
  const text = await readFile(path, "utf8").catch(() => "");
  const pairs = text.split("\0").filter((pair) => pair.includes("="));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

// bwrap stands twice above its command: as what waits for it, and as the first of its namespace.
const SHUTS_IN = "bwrap";
// They become bwrap and the command in a moment, and a signal would end them.
const BECOMING = new Set(["bash", "prlimit", LISTEN]);

/** Terraform itself, as the host numbers it; null where there is no such process. */
async function commandOf(wrapper: ProcessIdentity): Promise<number | null> {
  if (!(await isAlive(wrapper))) {
    return null;
  }
  const stats = await allStats();
  let found = firstChild(stats, wrapper.pid);
  while (found?.name === SHUTS_IN) {
    found = firstChild(stats, found.pid);
  }
  return found === null || BECOMING.has(found.name) ? null : found.pid;
}

/** Orphans go to the first process of their namespace, but were started after its own child. */
function firstChild(stats: readonly Stat[], parent: number): Stat | null {
  const children = stats.filter((stat) => stat.parent === parent);
  children.sort((a, b) => Number(a.startTime) - Number(b.startTime) || a.pid - b.pid);
  return children[0] ?? null;
}

/**
 * Kills the process, its group and everything else in its session, and waits until nothing of it
 * is left. Children of a killed Terraform go on creating things otherwise. Where bwrap shuts it in,
 * the first process of the namespace is among them, and takes with it what left the session.
 */
export async function killSession(leader: ProcessIdentity): Promise<void> {
  if (!(await isThisBoot(leader))) {
    return;
  }
  for (let round = 0; round < 250; round += 1) {
    const members = await membersOf(leader);
    if (members.length === 0) {
      return;
    }
    members.forEach((pid) => send(pid, "SIGKILL"));
    await delay(20);
  }
  throw new Error(`Processes of session ${leader.pid} are still there 5 s after SIGKILL.`);
}

/**
 * Which of these wrappers' sessions are still there, by one look at all processes. Sure even long
 * after: the wrapper as it was started, or, where that is gone, members that work below `folder`.
 */
export async function sessionsLeft<Of extends { readonly leader: ProcessIdentity }>(
  sessions: readonly Of[],
  folder: string,
): Promise<Of[]> {
  const boot = await bootId();
  const ofThisBoot = sessions.filter(({ leader }) => leader.bootId === boot);
  const stats = ofThisBoot.length === 0 ? [] : await allStats();
  const left: Of[] = [];
  for (const each of ofThisBoot) {
    if (await isLeft(each.leader, stats, folder)) {
      left.push(each);
    }
  }
  return left;
}

async function isLeft(
  leader: ProcessIdentity,
  stats: readonly Stat[],
  folder: string,
): Promise<boolean> {
  const first = stats.find(({ pid }) => pid === leader.pid);
  if (first !== undefined) {
    return first.startTime === leader.startTime;
  }
  const members = stats.filter(({ session }) => session === leader.pid);
  const places = await Promise.all(
    members.map(({ pid }) => readlink(`/proc/${pid}/cwd`).catch(() => "")),
  );
  return places.some((place) => place.startsWith(`${folder}/`));
}

async function membersOf(leader: ProcessIdentity): Promise<number[]> {
  const first = await statOf(leader.pid);
  // The number has gone to a stranger; the kernel gives it away only once our session is empty.
  if (first !== null && first.startTime !== leader.startTime) {
    return [];
  }
  const stats = await allStats();
  return stats.filter(({ session }) => session === leader.pid).map(({ pid }) => pid);
}

type Stat = {
  readonly pid: number;
  readonly name: string;
  readonly parent: number;
  readonly session: number;
  /** Clock ticks since boot. */
  readonly startTime: string;
};

async function allStats(): Promise<Stat[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 1);
  const stats = await Promise.all(pids.map(statOf));
  return stats.filter((stat) => stat !== null);
}

async function statOf(pid: number): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) {
    return null;
  }
  // The second field is a name that may hold blanks and brackets: count from its last bracket.
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ");
  const [state, parent, , session] = fields;
  const startTime = fields[19];
  if (state === "Z" || state === "X" || startTime === undefined) {
    return null;
  }
  const name = text.slice(text.indexOf("(") + 1, end);
  return { pid, name, parent: Number(parent), session: Number(session), startTime };
}

async function bootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime, which is what a signal wants.
  }
}
