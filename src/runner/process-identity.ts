import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ProcessIdentity } from "#deployments/run.ts";

/** The process with this pid as it is now; null when there is none (a zombie counts as none). */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const stat = await statOf(pid);
  return stat === null ? null : { pid, startTime: stat.startTime, bootId: await bootId() };
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
 * Sends one signal to the command that the wrapper started, not to the wrapper itself. False when
 * there is no such command yet, or any more.
 */
export async function signalChild(wrapper: ProcessIdentity, signal: "SIGINT"): Promise<boolean> {
  if (!(await isAlive(wrapper))) {
    return false;
  }
  const path = `/proc/${wrapper.pid}/task/${wrapper.pid}/children`;
  const children = await readFile(path, "utf8").catch(() => null);
  if (children === null) {
    // A kernel without that file: the wrapper traps the signal, so the group is as good.
    send(-wrapper.pid, signal);
    return true;
  }
  const child = Number.parseInt(children, 10);
  if (Number.isNaN(child)) {
    return false;
  }
  send(child, signal);
  return true;
}

/**
 * Kills the process, its group and everything else in its session, and waits until nothing of it
 * is left. Children of a killed Terraform go on creating things otherwise.
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

async function membersOf(leader: ProcessIdentity): Promise<number[]> {
  const first = await statOf(leader.pid);
  // The number has gone to a stranger; the kernel gives it away only once our session is empty.
  if (first !== null && first.startTime !== leader.startTime) {
    return [];
  }
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 1);
  const stats = await Promise.all(pids.map(async (pid) => ({ pid, stat: await statOf(pid) })));
  return stats
    .filter(({ stat }) => stat !== null && stat.session === leader.pid)
    .map(({ pid }) => pid);
}

type Stat = { readonly session: number; readonly startTime: string };

async function statOf(pid: number): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) {
    return null;
  }
  // The second field is a name that may hold blanks and brackets: count from its last bracket.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, , , session] = fields;
  const startTime = fields[19];
  if (state === "Z" || state === "X" || startTime === undefined) {
    return null;
  }
  return { session: Number(session), startTime };
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

/** The environment that a process was started with; empty once it is gone. */
export async function environmentOf(pid: number): Promise<Record<string, string>> {
  const text = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  const pairs = text.split("\0").filter((pair) => pair.includes("="));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}
