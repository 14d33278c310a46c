import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, existsSync } from "node:fs";
import {
  copyFile,
  cp,
  mkdir,
  open,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "./host-tools.ts";

export type Rootfs = {
  readonly folder: string;
  /** Names of the tools of the list that this host does not have. */
  readonly missing: readonly string[];
};

/** Read by an interactive bash inside; a bash between drops a PS1 from the environment. */
export const BASHRC = "/etc/learner.bashrc";

// Part of the hash: raise it when something else than the tools changes.
const FORMAT = "3";

/** Everything a learner can run. What is not here does not exist inside. */
const TOOLS = [
  ["bash", "prlimit", "grep", "sed", "awk", "find", "xargs", "diff", "less", "clear", "tput"],
  ["jq", "git", "terraform"],
  ["ls", "cat", "cp", "mv", "rm", "mkdir", "rmdir", "ln", "touch", "chmod", "stat", "du", "df"],
  ["head", "tail", "wc", "sort", "uniq", "cut", "tr", "tee", "tac", "nl", "paste", "comm"],
  ["join", "split", "fold", "expr", "seq", "date", "sleep", "env", "printenv", "id", "whoami"],
  ["uname", "basename", "dirname", "readlink", "realpath", "mktemp", "od", "base64", "dd"],
  ["md5sum", "sha256sum", "yes", "timeout", "true", "false", "test", "stty", "tty", "nproc"],
].flat();

/** Without these there is no shell to give. */
const NEEDED = ["bash", "prlimit", "ls", "cat", "base64", "od"];

const TERMINALS = ["xterm", "xterm-256color", "screen", "linux", "dumb"];
const LOCALES = ["/usr/lib/locale/C.utf8", "/usr/lib/locale/C.UTF-8"];
const TERMINFO = ["/usr/share/terminfo", "/lib/terminfo", "/etc/terminfo"];

/**
 * The read-only root of a sandbox: the allowed tools of this host with their libraries, copied
 * once into `<dataDir>/rootfs/<hash>`. Throws when a needed tool is missing or a copy fails.
 */
export async function buildRootfs(dataDir: string, path: string): Promise<Rootfs> {
  const tools = await findTools(path);
  const missing = TOOLS.filter((name) => !tools.has(name));
  const lacking = missing.filter((name) => NEEDED.includes(name));
  if (lacking.length > 0) {
    throw new Error(`No root for a sandbox can be made without ${lacking.join(", ")} on PATH.`);
  }
  const folder = join(dataDir, "rootfs", await fingerprint(tools));
  if (!existsSync(folder)) {
    await fill(folder, tools);
  }
  return { folder, missing };
}

/** Tool name → real path; scripts (version manager shims) are left out, they would not run. */
async function findTools(path: string): Promise<Map<string, string>> {
  const tools = new Map<string, string>();
  for (const name of TOOLS) {
    const found = findProgram(name, path);
    const real = found === null ? null : await realpath(found);
    if (real !== null && (await isElf(real))) {
      tools.set(name, real);
    }
  }
  return tools;
}

async function isElf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1") === "\u007fELF";
  } finally {
    await file.close();
  }
}

async function fingerprint(tools: ReadonlyMap<string, string>): Promise<string> {
  const hash = createHash("sha256").update(FORMAT);
  for (const [name, real] of tools) {
    const { size, mtimeMs } = await stat(real);
    hash.update(`\0${name}\0${real}\0${size}\0${mtimeMs}`);
  }
  return hash.digest("hex").slice(0, 16);
}

async function fill(folder: string, tools: ReadonlyMap<string, string>): Promise<void> {
  const making = `${folder}.making-${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await makeFolders(making);
  await copyTools(making, tools);
  await copyLibraries(making, [...new Set(tools.values())]);
  await copyGit(making, tools.get("git"));
  await copyTerminfo(making);
  await copyLocale(making);
  await writePeople(making);
  await publish(making, folder);
}

const FOLDERS = ["usr/bin", "usr/lib", "usr/lib64", "etc", "proc", "dev", "tmp", "home/learner"];

async function makeFolders(root: string): Promise<void> {
  for (const name of FOLDERS) {
    await mkdir(join(root, name), { recursive: true, mode: 0o755 });
  }
  for (const name of ["bin", "lib", "lib64"]) {
    await symlink(`usr/${name}`, join(root, name));
  }
  await symlink("bash", join(root, "usr/bin/sh"));
}

/** One copy of each program; further names of it (multi-call programs) become symlinks. */
async function copyTools(root: string, tools: ReadonlyMap<string, string>): Promise<void> {
  const copied = new Map<string, string>();
  for (const [name, real] of tools) {
    const first = copied.get(real);
    if (first === undefined) {
      copied.set(real, name);
      await copyFile(real, join(root, "usr/bin", name), constants.COPYFILE_FICLONE);
    } else {
      await symlink(first, join(root, "usr/bin", name));
    }
  }
}

const run = promisify(execFile);

async function copyLibraries(root: string, programs: readonly string[]): Promise<void> {
  const listed = await listLibraries(programs);
  const lines = listed.matchAll(/(?:=>\s+|^\s*)(\/\S+) \(0x/gm);
  for (const library of new Set([...lines].map((match) => match[1] ?? ""))) {
    await mkdir(dirname(join(root, library)), { recursive: true, mode: 0o755 });
    await copyFile(library, join(root, library), constants.COPYFILE_FICLONE);
  }
}

/** ldd answers for all programs, and fails in the end when one of them is static. */
async function listLibraries(programs: readonly string[]): Promise<string> {
  try {
    return (await run("ldd", [...programs], { env: {} })).stdout;
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : "";
  }
}

/** Git's own folder without what only speaks over a network; and its templates. */
async function copyGit(root: string, git: string | undefined): Promise<void> {
  if (git === undefined) {
    return;
  }
  const { stdout } = await run(git, ["--exec-path"], { env: {} });
  const folder = stdout.trim();
  await cp(folder, join(root, folder), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !/\/git-(?:remote|http|imap|daemon|shell|cvs|svn|p4)/.test(source),
  });
  if (existsSync("/usr/share/git-core/templates")) {
    await cp("/usr/share/git-core/templates", join(root, "usr/share/git-core/templates"), {
      recursive: true,
    });
  }
}

async function copyTerminfo(root: string): Promise<void> {
  for (const terminal of TERMINALS) {
    const entry = join(terminal.charAt(0), terminal);
    const folder = TERMINFO.find((candidate) => existsSync(join(candidate, entry)));
    if (folder !== undefined) {
      const target = join(root, "usr/share/terminfo", entry);
      await mkdir(dirname(target), { recursive: true, mode: 0o755 });
      await copyFile(await realpath(join(folder, entry)), target);
    }
  }
}

/** Without it bash shows every Korean letter as three octal numbers. */
async function copyLocale(root: string): Promise<void> {
  const folder = LOCALES.find((candidate) => existsSync(candidate));
  if (folder !== undefined) {
    await cp(folder, join(root, folder), { recursive: true, verbatimSymlinks: true });
  }
}

async function writePeople(root: string): Promise<void> {
  const people =
    "root:x:0:0::/nonexistent:/bin/false\nlearner:x:1000:1000::/home/learner:/bin/bash";
  await writeFile(join(root, "etc/passwd"), `${people}\n`);
  await writeFile(join(root, "etc/group"), "root:x:0:\nlearner:x:1000:\n");
  await writeFile(join(root, BASHRC), "PS1='\\w $ '\nunset HISTFILE\n");
}

/** The rename makes it whole or absent; another process of this host may have been first. */
async function publish(making: string, folder: string): Promise<void> {
  try {
    await rename(making, folder);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(folder)) {
      throw new Error(`The sandbox root ${folder} could not be put in place.`, { cause: error });
    }
  }
}
