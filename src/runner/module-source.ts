import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isBeside } from "./module-files.ts";

const MOST_FILES = 500;
const MOST_BYTES = 16 * 1024 * 1024;
// A plan needs none of it.
const LEFT_OUT = new Set([".git", "tests"]);

/**
 * Copies a module's regular files. Throws for a link or a device (a link may lead out of the
 * tree), and above 500 files or 16 MB.
 */
export async function copyModule(from: string, to: string): Promise<void> {
  const budget = { files: MOST_FILES, bytes: MOST_BYTES };
  await copyFolder({ from, to }, budget);
}

type Budget = { files: number; bytes: number };

async function copyFolder(paths: { from: string; to: string }, budget: Budget): Promise<void> {
  await mkdir(paths.to, { recursive: true, mode: 0o700 });
  for (const name of (await readdir(paths.from)).sort()) {
    if (!LEFT_OUT.has(name) && !isBeside(name)) {
      await copyEntry({ from: join(paths.from, name), to: join(paths.to, name) }, budget);
    }
  }
}

async function copyEntry(paths: { from: string; to: string }, budget: Budget): Promise<void> {
  const stat = await lstat(paths.from);
  if (stat.isDirectory()) {
    await copyFolder(paths, budget);
    return;
  }
  if (!stat.isFile()) {
    throw new Error(`${paths.from} is neither a file nor a folder; a module may hold no links.`);
  }
  budget.files -= 1;
  budget.bytes -= stat.size;
  if (budget.files < 0 || budget.bytes < 0) {
    throw new Error(
      `The module at ${paths.from} is over ${MOST_FILES} files or ${MOST_BYTES} bytes.`,
    );
  }
  const mode = (stat.mode & 0o100) === 0 ? 0o600 : 0o700;
  await writeFile(paths.to, await readFile(paths.from), { mode });
}
