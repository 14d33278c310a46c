import { appendFile, mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { RunId } from "#deployments/ids.ts";
import { ProcessIdentity, type Run } from "#deployments/run.ts";

/** Terraform's commands of a run; each has a status file of its own. */
export type CommandName = "init" | "plan" | "show" | "show-text" | "apply";

/** The files of one attempt of a run; outside the work tree, which they are no part of. */
export type RunFiles = {
  readonly folder: string;
  /** Output of the commands and our steps, one line each: the only source of the run's events. */
  readonly output: string;
  readonly planJson: string;
  readonly planText: string;
  status(command: CommandName): string;
  /** Is there once the command was asked to end. */
  interrupted(command: CommandName): string;
};

/**
 * Opens the folder of a run's attempt. By attempt, not by fence: an apply is attempted once, and
 * whoever holds its fence must find what it wrote.
 */
export async function openRunFiles(
  dataDir: string,
  run: Pick<Run, "id" | "attempts">,
): Promise<RunFiles> {
  const folder = attemptFolder(dataDir, run);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const output = join(folder, "out.jsonl");
  await appendFile(output, "", { mode: 0o600 });
  return {
    folder,
    output,
    planJson: join(folder, PLAN_JSON),
    planText: join(folder, PLAN_TEXT),
    status: (command) => join(folder, `${command}.status`),
    interrupted: (command) => join(folder, `${command}.interrupted`),
  };
}

const PLAN_JSON = "plan.json";
const PLAN_TEXT = "plan.txt";

function attemptFolder(dataDir: string, { id, attempts }: Pick<Run, "id" | "attempts">): string {
  return join(dataDir, "runs", `${id}-${attempts}`);
}

/**
 * Removes what Terraform showed of the plan, of this attempt and of those that died before it: both
 * files have secrets in clear.
 */
export async function forgetShownPlan(
  dataDir: string,
  { id, attempts }: Pick<Run, "id" | "attempts">,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const folder = attemptFolder(dataDir, { id, attempts: attempt });
    await rm(join(folder, PLAN_JSON), { force: true });
    await rm(join(folder, PLAN_TEXT), { force: true });
  }
}

/** The exit code that a command left; null while there is none. */
export async function readStatus(files: RunFiles, command: CommandName): Promise<number | null> {
  const text = await readFile(files.status(command), "utf8").catch(() => "");
  return /^\d{1,3}\n$/.test(text) ? Number(text) : null;
}

/** Written before a command may start. That of an apply is synced: without it, it never ran. */
export async function writeStarted(
  files: RunFiles,
  command: CommandName,
  identity: ProcessIdentity,
): Promise<void> {
  const file = await open(startedFile(files, command), "w", 0o600);
  try {
    await file.writeFile(JSON.stringify(identity));
    if (command === "apply") {
      await file.sync();
    }
  } finally {
    await file.close();
  }
}

/** The process that a command got; null when it never started. */
export async function readStarted(
  files: RunFiles,
  command: CommandName,
): Promise<ProcessIdentity | null> {
  return readIdentity(startedFile(files, command));
}

/** What runs left in `dataDir`: an attempt's folder, and the processes that its commands got. */
export type LeftFolder = {
  readonly name: string;
  readonly run: RunId;
  readonly processes: readonly ProcessIdentity[];
};

/** Folders of attempts, without those that `skips`. */
export async function leftFolders(
  dataDir: string,
  skips: (folder: Pick<LeftFolder, "name" | "run">) => boolean,
): Promise<LeftFolder[]> {
  const names = await readdir(join(dataDir, "runs")).catch(() => []);
  const all = names.flatMap((name) => {
    const run = RunId.safeParse(name.replace(/-\d+$/, ""));
    return run.success && !skips({ name, run: run.data }) ? [{ name, run: run.data }] : [];
  });
  const found: LeftFolder[] = [];
  for (const folder of all) {
    found.push({ ...folder, processes: await processesIn(join(dataDir, "runs", folder.name)) });
  }
  return found;
}

async function processesIn(folder: string): Promise<ProcessIdentity[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(STARTED));
  const found = await Promise.all(files.map((name) => readIdentity(join(folder, name))));
  return found.filter((identity) => identity !== null);
}

async function readIdentity(file: string): Promise<ProcessIdentity | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  // Cut by a crash: the command was still waiting for its start then.
  const identity = ProcessIdentity.safeParse(text === null ? null : parseJson(text));
  return identity.success ? identity.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const STARTED = ".process";

function startedFile(files: RunFiles, command: CommandName): string {
  return join(files.folder, command + STARTED);
}
