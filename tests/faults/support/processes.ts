import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { eventually } from "./eventually.ts";
import type { Stage } from "./stage.ts";

const Started = z.object({ pid: z.number(), startTime: z.string() });

export type Victim = "session" | "terraform" | "provider";

/** The output of every apply so far. */
export function applyOutput({ dataDir }: Stage): string {
  return applyFolders(dataDir)
    .map((folder) => readFileSync(join(folder, "out.jsonl"), "utf8"))
    .join("");
}

/** Waits until the applies have written so many lines of this type. */
export async function lines(stage: Stage, type: string, least: number): Promise<void> {
  await eventually(
    () => applyOutput(stage).split(`"type":"${type}"`).length - 1,
    (count) => count >= least,
  );
}

/** Folders of the attempts that got an apply process. */
export function applyFolders(dataDir: string): string[] {
  const runs = join(dataDir, "runs");
  const folders = existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
  return folders.filter((folder) => existsSync(join(folder, "apply.process")));
}

/**
 * kill -9 of the newest apply: of Terraform alone, of its provider alone, or of everything that the
 * apply has started, all at once. Answers how many processes got it.
 */
export function killApply(stage: Stage, victim: Victim): number {
  const tree = applyTree(stage);
  const chosen = tree.filter((process) => isVictim(process, victim));
  chosen.forEach(({ pid }) => kill(pid));
  return chosen.length;
}

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly startTime: string;
  readonly command: readonly string[];
};

function isVictim({ command }: Process, victim: Victim): boolean {
  switch (victim) {
    case "session":
      return true;
    case "terraform":
      return /\/(?:terraform|tofu)$/.test(command[0] ?? "");
    case "provider":
      return command.some((word) => word.endsWith("/simulator/provider.ts"));
  }
}

/** The process that the newest apply was given, its session, and all that came of them. */
function applyTree({ dataDir }: Stage): Process[] {
  const started = applyFolders(dataDir).flatMap((folder) => {
    const read = Started.safeParse(asJson(readFileSync(join(folder, "apply.process"), "utf8")));
    return read.success ? [read.data] : [];
  });
  const all = processes();
  const roots = all.filter((one) =>
    started.some(({ pid, startTime }) => one.pid === pid && one.startTime === startTime),
  );
  const tree = new Set(roots.map(({ pid }) => pid));
  const sessions = new Set(roots.map(({ session }) => session));
  for (let before = -1; before !== tree.size;) {
    before = tree.size;
    all
      .filter(({ parent, session }) => tree.has(parent) || sessions.has(session))
      .forEach(({ pid }) => tree.add(pid));
  }
  return all.filter(({ pid }) => tree.has(pid));
}

function processes(): Process[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    // The second field is a name that may hold blanks and brackets: count from its last bracket.
    const [state, parent, , session, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startTime = rest[15];
    return stat === "" || state === "Z" || startTime === undefined
      ? []
      : [
          {
            pid: Number(pid),
            parent: Number(parent),
            session: Number(session),
            startTime,
            command: read(`/proc/${pid}/cmdline`).split("\0"),
          },
        ];
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended in the meantime.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
