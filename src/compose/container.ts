import { readFileSync, readlinkSync } from "node:fs";

// PROC_PID_INIT_INO of the kernel's include/linux/proc_ns.h: the same on every machine.
const PIDS_OF_THE_MACHINE = "pid:[4026531836]";
// npm, its shell, and an init such as tini.
const BETWEEN = 3;

/**
 * True in a container that ends with this process: it has pids of its own, and we are its first
 * process or were started by it, npm and a shell between. What we start dies there when we do.
 */
export function diesWithUs(): boolean {
  try {
    return readlinkSync("/proc/self/ns/pid") !== PIDS_OF_THE_MACHINE && isNearInit(process.pid);
  } catch {
    // No Linux, so nothing that we know of.
    return false;
  }
}

function isNearInit(start: number): boolean {
  let pid = start;
  for (let above = 0; above < BETWEEN && pid > 1; above += 1) {
    pid = parentOf(pid);
  }
  return pid === 1;
}

function parentOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name before may hold blanks and brackets (proc(5)).
  const [, parent = ""] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return Number(parent);
}
