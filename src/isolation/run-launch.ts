import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { nulSeparated } from "./bubblewrap.ts";
import { findProgram } from "./host-tools.ts";
import type { Reach, RunNetwork } from "./run-network.ts";
import { runOptions, WORK } from "./run-options.ts";
import { seccompFilter } from "./seccomp.ts";
import { writeAtOnce } from "./write-at-once.ts";

/** One command of a run, as it would be started without any isolation. */
export type RunCommand = {
  readonly argv: readonly [string, ...string[]];
  /** Its work tree, which is its working folder. */
  readonly folder: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly shown: Shown;
  /** What it needs where runs have no network; where they have one it reaches everything. */
  readonly reach: Reach;
};

/** Paths of the host that a run needs beside its work tree. */
export type Shown = { readonly readOnly: readonly string[]; readonly writable: readonly string[] };

/** The process to start for it. */
export type RunLaunch = {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** To be read by it from descriptor 3; null: it reads nothing there. */
  readonly handed: Uint8Array | null;
};

export type RunLauncher = {
  readonly is: "bubblewrap" | "none";
  /** Where commands without a network find what listens on our sockets; null: they have the host's. */
  readonly stateUrl: string | null;
  /** Where the command finds its work tree. */
  seenAt(folder: string): string;
  launch(command: RunCommand): RunLaunch;
};

/** Runs see what this process sees. */
export const OPEN_RUNS: RunLauncher = {
  is: "none",
  stateUrl: null,
  seenAt: (folder) => folder,
  launch: ({ argv, folder, env }) => ({ argv, cwd: folder, env, handed: null }),
};

export type RunTools = { readonly bwrap: string; readonly bash: string; readonly prlimit: string };

/** What `path` (colon-separated) has; null when runs cannot be shut in on this host. */
export function findRunTools(path: string): RunTools | null {
  const bwrap = findProgram("bwrap", path);
  const bash = findProgram("bash", path);
  const prlimit = findProgram("prlimit", path);
  // The seccomp filter knows the system calls of x86_64 only.
  const fits = process.platform === "linux" && process.arch === "x64";
  return !fits || bwrap === null || bash === null || prlimit === null
    ? null
    : { bwrap, bash, prlimit };
}

// What the server did not mark close-on-exec would be inherited through bwrap. A fixed text; what
// it works on arrives as arguments.
const CLEAN =
  'for path in /proc/self/fd/*; do fd=${path##*/}; if ((fd > 3)); then exec {fd}>&-; fi; done; exec 9<"$0"; exec "$@"';

// No RLIMIT_FSIZE, which would end an apply whose output grows; no RLIMIT_AS, because Go and Node
// reserve far more than they use.
const LIMITS = ["--core=0", "--nproc=4096"];

/**
 * Writes what every sandbox needs under `dataDir/isolation` (0700). Options go to bwrap by
 * descriptor, so no value stands in a command line, and it gets an empty environment, because
 * `/proc/1/environ` shows it inside.
 */
export async function prepareRunLauncher(options: {
  readonly dataDir: string;
  readonly tools: RunTools;
  /** Emptied inside even where the system's folders hold them; `dataDir` is always among them. */
  readonly hidden: readonly string[];
  readonly network: RunNetwork;
}): Promise<RunLauncher> {
  const { dataDir, tools, network } = options;
  const hidden = [dataDir, ...options.hidden];
  const folder = join(dataDir, "isolation");
  const filter = join(folder, "filter.bpf");
  const users = { passwd: join(folder, "passwd"), group: join(folder, "group") };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeAtOnce(filter, seccompFilter());
  await writeAtOnce(users.passwd, `run:x:1000:1000::${WORK}:/bin/sh\n`);
  await writeAtOnce(users.group, "run:x:1000:\n");
  const bwrap = [tools.bwrap, "--args", "3", "--seccomp", "9", "--", tools.prlimit, ...LIMITS];
  return {
    is: "bubblewrap",
    stateUrl: network.stateUrl,
    seenAt: () => WORK,
    launch({ argv, folder: work, env, shown, reach }) {
      const entry = network.enter(reach);
      const view = {
        folder: work,
        readOnly: [...shown.readOnly, ...entry.readOnly, ...filesNamedIn(env)],
        writable: shown.writable,
        hidden,
        users,
        network: entry.network,
        env: { ...env, ...entry.env },
      };
      return {
        argv: [tools.bash, "-c", CLEAN, filter, ...bwrap, ...entry.before, ...argv],
        // Its own folder and environment would be seen at /proc/1.
        cwd: "/",
        env: {},
        handed: nulSeparated(runOptions(view)),
      };
    },
  };
}

/** Variables whose value is a file that providers read. */
const NAMING_FILES = [
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "GOOGLE_APPLICATION_CREDENTIALS",
];

function filesNamedIn(env: Readonly<Record<string, string>>): string[] {
  return NAMING_FILES.flatMap((name) => {
    const path = env[name];
    return path !== undefined && path.startsWith("/") ? [path] : [];
  });
}
