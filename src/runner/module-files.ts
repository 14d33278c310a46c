import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { BrokenModule } from "./broken-module.ts";
import { CHILD_PATH } from "./terraform.ts";

const BESIDE = new Set([".terraform", ".terraform.lock.hcl", ".git"]);

/** What lies beside a module while people work on it is no part of it, and of no copy of it. */
export function isBeside(name: string): boolean {
  return BESIDE.has(name) || name.includes(".tfstate");
}

/**
 * The module's commit: the last git commit that touched its folder, if nothing in it differs from
 * that commit; else `tree-` and the hash of its files.
 */
export async function moduleCommit(folder: string, tree: string): Promise<string> {
  return (await gitCommit(folder)) ?? `tree-${tree}`;
}

async function gitCommit(folder: string): Promise<string | null> {
  // A file that git ignores, such as an override.tf, is part of the module all the same.
  const status = await git(folder, ["status", "--porcelain", "-z", "--ignored", "--", "."]);
  if (status === null || status.split("\0").some(isChange)) {
    return null;
  }
  const commit = await git(folder, ["log", "-1", "--format=%H", "--", "."]);
  return commit !== null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
}

function isChange(entry: string): boolean {
  return entry !== "" && !(/^(?:!!|\?\?) /.test(entry) && entry.slice(3).split("/").some(isBeside));
}

/** Null where git is missing, or the folder is in no work tree of ours. */
async function git(folder: string, argv: readonly string[]): Promise<string | null> {
  // GIT_OPTIONAL_LOCKS: reading must not touch an index that somebody else is writing.
  const env = { PATH: CHILD_PATH, GIT_OPTIONAL_LOCKS: "0" };
  try {
    // The folder's own configuration may name a program here, which git would run.
    const own = ["-c", "core.fsmonitor=false", "-C", folder];
    const { stdout } = await promisify(execFile)("git", [...own, ...argv], { env });
    return stdout.trim();
  } catch {
    return null;
  }
}

/** Of all paths and contents, hex; throws BrokenModule as `moduleFiles` does. */
export async function treeHash(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await moduleFiles(folder)) {
    const content = createHash("sha256").update(await readFile(join(folder, path)));
    hash.update(`${path}\0${content.digest("hex")}\n`);
  }
  return hash.digest("hex");
}

// Every plan has a copy of them, sealed in the database.
const MOST_FILES = 500;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Paths of a module's files, sorted; throws BrokenModule for a link or a device, and above 500 files
 * or 16 MB.
 */
export async function moduleFiles(folder: string): Promise<readonly string[]> {
  const files = await filesIn(folder, "");
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length > MOST_FILES || bytes > MOST_BYTES) {
    const params = { files: MOST_FILES, megabytes: MOST_BYTES / 1024 / 1024 };
    throw new BrokenModule({ file: folder, line: 0 }, { code: "too-big", params });
  }
  return files.map(({ path }) => path);
}

type ModuleFile = { readonly path: string; readonly bytes: number };

async function filesIn(folder: string, prefix: string): Promise<readonly ModuleFile[]> {
  const found: ModuleFile[] = [];
  for (const name of (await readdir(join(folder, prefix))).sort()) {
    if (!isBeside(name)) {
      found.push(...(await filesAt(folder, join(prefix, name))));
    }
  }
  return found;
}

async function filesAt(folder: string, path: string): Promise<readonly ModuleFile[]> {
  const stat = await lstat(join(folder, path));
  if (stat.isDirectory()) {
    return filesIn(folder, path);
  }
  if (!stat.isFile()) {
    throw new BrokenModule({ file: join(folder, path), line: 0 }, { code: "link" });
  }
  return [{ path, bytes: stat.size }];
}
