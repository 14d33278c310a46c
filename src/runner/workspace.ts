import { chmod, lstat, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ChangeId, Digest, RunId } from "#deployments/ids.ts";
import type { PlanBundle } from "#deployments/ports.ts";
import { cliConfig } from "./cli-config.ts";
import { sha256 } from "./hashes.ts";
import { copyModule } from "./module-source.ts";
import { readTar, writeTar, type Entry } from "./tar.ts";

/**
 * The folder that Terraform works in: one path for the plan and the apply of a change, because a
 * plan that used `path.cwd` fails when it is applied from another folder.
 */
export type Workspace = {
  readonly folder: string;
  readonly home: string;
  readonly cliConfig: string;
  /** The root module. */
  readonly root: string;
  /** Where Terraform leaves a state that it could not send. */
  readonly erroredState: string;
};

export const PLAN_FILE = "plan.bin";
/** In the work tree: the home folder of its commands, and Terraform's own configuration. */
export const HOME = ".home";
export const CLI_CONFIG = `${HOME}/terraform.rc`;
const INPUTS = "terraform.tfvars.json";
const LOCK = ".terraform.lock.hcl";
const ROOT = "main.tf.json";
// Terraform's working data and our own; everything else is part of the plan.
const NOT_PACKED = new Set([".terraform", HOME, "errored.tfstate", ".terraform.tfstate.lock.info"]);

export function workspaceOf(dataDir: string, owner: ChangeId | RunId): Workspace {
  const folder = join(dataDir, "changes", owner);
  return {
    folder,
    home: join(folder, HOME),
    cliConfig: join(folder, CLI_CONFIG),
    root: join(folder, ROOT),
    erroredState: join(folder, "errored.tfstate"),
  };
}

export type Sources = {
  readonly moduleFolder: string;
  readonly root: string;
  readonly inputs: string;
};

/** Makes the folder anew with the module's copy, the root module and the values. */
export async function writeSources(
  workspace: Workspace,
  sources: Sources,
  providersDir: string | null,
): Promise<void> {
  await makeFolder(workspace, providersDir);
  await copyModule(sources.moduleFolder, join(workspace.folder, "module"));
  await writeFile(workspace.root, sources.root, { mode: 0o600 });
  await writeFile(join(workspace.folder, INPUTS), sources.inputs, { mode: 0o600 });
}

export type Packed = {
  readonly archive: Uint8Array;
  readonly hashes: PlanBundle["hashes"];
};

/** Everything Terraform saw when it planned, and the plan, as one archive with its hashes. */
export async function pack(workspace: Workspace): Promise<Packed> {
  const entries = await entriesOf(workspace.folder, "");
  const archive = writeTar(entries);
  return { archive, hashes: { archive: sha256(archive), ...hashesOf(entries) } };
}

/**
 * Makes the folder anew from an archive, after every hash was compared. False, with nothing
 * written, when one differs.
 */
export async function restore(
  workspace: Workspace,
  packed: Packed,
  providersDir: string | null,
): Promise<boolean> {
  const archive = sha256(packed.archive);
  if (archive !== packed.hashes.archive) {
    return false;
  }
  const entries = readTar(packed.archive);
  if (!sameHashes({ archive, ...hashesOf(entries) }, packed.hashes)) {
    return false;
  }
  await makeFolder(workspace, providersDir);
  for (const { name, executable, content } of entries) {
    const path = join(workspace.folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { mode: executable ? 0o500 : 0o400 });
  }
  return true;
}

/** True when the folder on disk is still what was packed; asked right before the apply. */
export async function isUntouched(
  workspace: Workspace,
  hashes: PlanBundle["hashes"],
): Promise<boolean> {
  return sameHashes((await pack(workspace)).hashes, hashes);
}

/** Removes what holds values in clear; the archive in the database has them, sealed. */
export async function forgetValues({ folder }: Pick<Workspace, "folder">): Promise<void> {
  for (const name of [INPUTS, PLAN_FILE]) {
    await rm(join(folder, name), { force: true });
  }
}

async function makeFolder(workspace: Workspace, providersDir: string | null): Promise<void> {
  await rm(workspace.folder, { recursive: true, force: true });
  await mkdir(workspace.home, { recursive: true, mode: 0o700 });
  await chmod(workspace.folder, 0o700);
  await writeFile(workspace.cliConfig, cliConfig(providersDir), { mode: 0o600 });
}

async function entriesOf(folder: string, prefix: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (prefix !== "" || !NOT_PACKED.has(name)) {
      entries.push(...(await entriesAt(join(folder, name), `${prefix}${name}`)));
    }
  }
  return entries;
}

async function entriesAt(path: string, name: string): Promise<Entry[]> {
  const stat = await lstat(path);
  if (stat.isDirectory()) {
    return entriesOf(path, `${name}/`);
  }
  if (!stat.isFile()) {
    throw new Error(`${name} in the work tree is neither a file nor a folder.`);
  }
  return [{ name, executable: (stat.mode & 0o100) !== 0, content: await readFile(path) }];
}

function hashesOf(entries: readonly Entry[]): { plan: Digest; lock: string; inputs: Digest } {
  const content = new Map(entries.map((entry) => [entry.name, entry.content]));
  const lock = content.get(LOCK);
  return {
    plan: sha256(content.get(PLAN_FILE) ?? ""),
    lock: lock === undefined ? "" : sha256(lock),
    inputs: sha256(content.get(INPUTS) ?? ""),
  };
}

function sameHashes(a: PlanBundle["hashes"], b: PlanBundle["hashes"]): boolean {
  return a.archive === b.archive && a.plan === b.plan && a.lock === b.lock && a.inputs === b.inputs;
}
