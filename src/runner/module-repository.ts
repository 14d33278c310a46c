import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { simpleGit, type SimpleGit } from "simple-git";
import type { Log } from "#telemetry/log.ts";
import { BrokenModule } from "./broken-module.ts";
import { inBrief } from "./failure.ts";
import { sha256 } from "./hashes.ts";
import { readAddress, readRef } from "./repository-address.ts";
import { CHILD_PATH } from "./terraform.ts";

/** A git repository of modules, as MODULES_SOURCE and MODULES_REF name it. */
export type ModuleRepository = {
  readonly url: string;
  /** Branch, tag or commit; null is the repository's own branch. */
  readonly ref: string | null;
  readonly dataDir: string;
  /** What git needs of our environment to reach the host: its home, proxy and certificates. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
  /** Lets in `file://`; for tests. */
  readonly local?: boolean;
};

/** One commit of a repository, in a folder of its own under `room`; `folder` of it has the modules. */
type Source = ModuleRepository & {
  readonly room: string;
  readonly ref: string;
  readonly folder: string;
};

/**
 * Fetches the newest commit of the ref, or takes the last one that was fetched when the host cannot
 * be reached, and answers the folder of its modules. Throws BrokenModule for an unsafe address, for
 * modules with links or submodules among them, and when there is no commit at all.
 */
export async function openModuleRepository(repository: ModuleRepository): Promise<string> {
  const { url, folder } = readAddress(repository.url, { local: repository.local ?? false });
  const ref = readRef(repository.ref);
  const room = join(repository.dataDir, "modules", sha256(`${url} ${ref}`).slice(0, 16));
  await mkdir(room, { recursive: true, mode: 0o700 });
  const source = { ...repository, url, ref, room, folder };
  const commit = await commitOf(source);
  // It may have been fetched for another folder of the same repository.
  await refuseSpecial(join(room, commit), source, commit);
  return join(room, commit, folder);
}

async function commitOf(source: Source): Promise<string> {
  const { ref, room, log } = source;
  if (isCommit(ref) && (await isWhole(source, ref))) {
    return ref;
  }
  try {
    const commit = await fetched(source);
    await writeFile(join(room, "newest"), commit, { mode: 0o600 });
    log.info({ commit, ref }, "modules are those of this commit");
    return commit;
  } catch (error) {
    if (error instanceof BrokenModule) {
      throw error;
    }
    const kept = await keptCommit(source);
    const problem = inBrief(error instanceof Error ? error.message : String(error));
    if (kept === null) {
      const place = { file: "MODULES_SOURCE", line: 0 };
      const fault = { code: "no-repository", params: { ref, problem } } as const;
      throw new BrokenModule(place, fault, { cause: error });
    }
    log.warn({ commit: kept, ref, problem }, "modules cannot be fetched; the last commit is used");
    return kept;
  }
}

function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(ref);
}

async function keptCommit(source: Source): Promise<string | null> {
  const commit = await readFile(join(source.room, "newest"), "utf8").catch(() => "");
  return isCommit(commit) && (await isWhole(source, commit)) ? commit : null;
}

/** True when the commit's folder is there and holds what the commit holds, and nothing else. */
async function isWhole(source: Source, commit: string): Promise<boolean> {
  const tree = join(source.room, commit);
  try {
    await access(join(tree, ".git"));
    const git = gitIn(tree, source);
    const head = await git.raw(["rev-parse", "HEAD"]);
    const changes = await git.raw(["status", "--porcelain", "--ignored"]);
    return head.trim() === commit && changes === "";
  } catch {
    // Not there, or half of it: it is fetched again.
    return false;
  }
}

/** The folder appears whole or not at all: a server may read it at this moment. */
async function fetched(source: Source): Promise<string> {
  const draft = await mkdtemp(join(source.room, ".draft-"));
  try {
    const git = gitIn(draft, source);
    await git.raw(["init", "--quiet"]);
    const how = ["--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules"];
    await git.raw(["fetch", ...how, "--", source.url, source.ref]);
    const commit = (await git.raw(["rev-parse", "FETCH_HEAD^{commit}"])).trim();
    if (await isWhole(source, commit)) {
      return commit;
    }
    await refuseSpecial(draft, source, commit);
    await git.raw(["checkout", "--quiet", "--detach", commit]);
    await rm(join(source.room, commit), { recursive: true, force: true });
    await rename(draft, join(source.room, commit));
    return commit;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const SPECIAL = { "120000": "tree-link", "160000": "tree-submodule" } as const;

/**
 * Refuses links and submodules among the modules or on the way to them, by git's modes, which need
 * nothing on the disk. Elsewhere they may be: a link is written as a file with its target in it.
 */
async function refuseSpecial(tree: string, source: Source, commit: string): Promise<void> {
  const { folder } = source;
  const listing = await gitIn(tree, source).raw(["ls-tree", "-r", "-z", "--full-tree", commit]);
  for (const line of listing.split("\0")) {
    const [, mode = "", path = ""] = /^(\d+) [^\t]*\t([\s\S]*)$/.exec(line) ?? [];
    const isAmong = isIn(folder, path) || isIn(path, folder);
    if (isAmong && (mode === "120000" || mode === "160000")) {
      const params = { commit: commit.slice(0, 12), path };
      throw new BrokenModule({ file: "MODULES_SOURCE", line: 0 }, { code: SPECIAL[mode], params });
    }
  }
}

function isIn(folder: string, path: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

const SILENT_FOR_MS = 120_000;

function gitIn(folder: string, { environment, local }: Source): SimpleGit {
  const own = {
    GIT_ALLOW_PROTOCOL: local === true ? "https:ssh:file" : "https:ssh",
    GIT_TERMINAL_PROMPT: "0",
    GIT_SSH_COMMAND: "ssh -oBatchMode=yes",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
  };
  return simpleGit({
    baseDir: folder,
    // Without symlinks nothing ever reads through one that lies outside of the modules.
    config: ["core.hooksPath=/dev/null", "fetch.fsckObjects=true", "core.symlinks=false"],
    timeout: { block: SILENT_FOR_MS },
    allowEnvironment: Object.keys(own),
    // What is guarded here we set ourselves, to fixed values that close what it could open.
    unsafe: {
      allowUnsafeConfigPaths: true,
      allowUnsafeHooksPath: true,
      allowUnsafeSshCommand: true,
    },
  }).env({ ...environment, PATH: CHILD_PATH, ...own });
}
