import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { BrokenModule } from "./broken-module.ts";
import { CHILD_PATH } from "./terraform.ts";

// What lies beside a module while people work on it is no part of it.
const LEFT_OUT = /^\.terraform|\.tfstate/;

/**
 * The module's commit: the last git commit that touched its folder, if nothing in it differs from
 * that commit; else `tree-` and the hash of its files.
 */
export async function moduleCommit(folder: string, tree: string): Promise<string> {
  return (await gitCommit(folder)) ?? `tree-${tree}`;
}

async function gitCommit(folder: string): Promise<string | null> {
  const changes = await git(folder, ["status", "--porcelain", "--ignored=no", "--", "."]);
  if (changes !== "") {
    return null;
  }
  const commit = await git(folder, ["log", "-1", "--format=%H", "--", "."]);
  return commit !== null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
}

/** Null where git is missing, or the folder is in no work tree of ours. */
async function git(folder: string, argv: readonly string[]): Promise<string | null> {
  // GIT_OPTIONAL_LOCKS: reading must not touch an index that somebody else is writing.
  const env = { PATH: CHILD_PATH, GIT_OPTIONAL_LOCKS: "0" };
  try {
    const { stdout } = await promisify(execFile)("git", ["-C", folder, ...argv], { env });
    return stdout.trim();
  } catch {
    return null;
  }
}

/** Of all paths and contents, hex; throws BrokenModule for a link or a device. */
export async function treeHash(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await moduleFiles(folder)) {
    const content = createHash("sha256").update(await readFile(join(folder, path)));
    hash.update(`${path}\0${content.digest("hex")}\n`);
  }
  return hash.digest("hex");
}

/** Paths of a module's files, sorted; throws BrokenModule for a link or a device. */
export function moduleFiles(folder: string): Promise<readonly string[]> {
  return filesIn(folder, "");
}

async function filesIn(folder: string, prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of (await readdir(join(folder, prefix))).sort()) {
    if (!LEFT_OUT.test(name)) {
      found.push(...(await filesAt(folder, join(prefix, name))));
    }
  }
  return found;
}

async function filesAt(folder: string, path: string): Promise<readonly string[]> {
  const stat = await lstat(join(folder, path));
  if (stat.isDirectory()) {
    return filesIn(folder, path);
  }
  if (!stat.isFile()) {
    throw new BrokenModule({ file: join(folder, path), line: 0 }, { code: "link" });
  }
  return [path];
}
