import { execa } from "execa";
import type { ProcessIdentity } from "#deployments/run.ts";
import type { RunLaunch } from "#isolation/run-launch.ts";
import { identify } from "./process-identity.ts";

/** The binary that every run of this process uses. */
export type Terraform = {
  /** Absolute path. */
  readonly binary: string;
  /** A plan of one is nothing to the other, even where their versions have the same number. */
  readonly product: "terraform" | "tofu";
  readonly version: string;
};

/** What people call them. */
export const PRODUCT_NAMES = {
  terraform: "Terraform",
  tofu: "OpenTofu",
} as const satisfies Record<Terraform["product"], string>;

/** The search path of every child; nothing of ours. */
export const CHILD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * The configured binary, else `terraform`, else `tofu`, on the search path given.
 * Null when none of them answers `version`.
 */
export async function findTerraform(
  configured: string | null,
  searchPath: string,
): Promise<Terraform | null> {
  for (const name of configured === null ? ["terraform", "tofu"] : [configured]) {
    const found = await askVersion(name, searchPath);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** What to start, with all of its environment: nothing is inherited. */
export type Spawn = RunLaunch & {
  /** Stdout and stderr are appended here. */
  readonly outFile: string;
  /** Gets the exit code when the command ends by itself, whatever has become of us. */
  readonly statusFile: string;
};

/** A command that waits for its start: `start` lets it run, `abandon` makes it end without running. */
export type Waiting = {
  readonly identity: ProcessIdentity;
  /** Settles when the wrapper is gone; its status file was written before, if it ever is. */
  readonly gone: Promise<unknown>;
  start(): void;
  abandon(): void;
};

// Fixed text: names and values reach it as arguments only. It waits for a line on stdin, so that
// nothing runs before its identity is stored; when we die first, the read fails and it ends.
// The traps keep it alive through a signal to the whole group, to write what the command answered.
// Room for that is taken first: the disk may be full at the end.
const WRAPPER = `
out=$1 status=$2
shift 2
trap : INT TERM HUP
echo ... >"$status.tmp" || exit 125
read -r line || exit 125
"$@" </dev/null >>"$out" 2>&1
code=$?
printf '%03d\\n' "$code" 1<>"$status.tmp" && mv -f "$status.tmp" "$status"
`;

/**
 * Starts a command in a session of its own that outlives us. Throws when the wrapper itself
 * cannot be started.
 */
export async function spawnDetached(spawn: Spawn): Promise<Waiting> {
  const child = execa(
    "/bin/sh",
    ["-c", WRAPPER, "run", spawn.outFile, spawn.statusFile, ...spawn.argv],
    {
      cwd: spawn.cwd,
      env: spawn.env,
      extendEnv: false,
      detached: true,
      cleanup: false,
      forceKillAfterDelay: false,
      buffer: false,
      reject: false,
      // What is handed over waits in the pipe, so that it is there even if we are not.
      stdio: ["pipe", "ignore", "ignore", spawn.handed ?? "ignore"],
    },
  );
  const ended = Promise.resolve(child);
  child.stdin.on("error", () => {
    // It died before its line came; whoever watches its identity finds it dead.
  });
  const identity = child.pid === undefined ? null : await identify(child.pid);
  if (identity === null) {
    const result = await ended;
    throw new Error(`Could not start ${spawn.argv[0]} in ${spawn.cwd}.`, { cause: result });
  }
  child.nodeChildProcess.unref();
  return {
    identity,
    gone: ended,
    start: () => child.stdin.end("start\n"),
    abandon: () => child.stdin.destroy(),
  };
}

export type Asking = RunLaunch & { readonly input?: string };
export type Answer = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

const ANSWER_MS = 60_000;
const MOST_ANSWERED = 64 * 1024 * 1024;

/**
 * What a short command answers, held in memory only. `code` is null when it did not end by itself.
 * It dies with us: only for commands that may be cut off and asked again.
 */
export async function askTerraform({ argv, input, ...launch }: Asking): Promise<Answer> {
  const { cwd, env, handed } = launch;
  const [command, ...args] = argv;
  const { exitCode, stdout, stderr } = await execa(command, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    timeout: ANSWER_MS,
    maxBuffer: MOST_ANSWERED,
    ...(input === undefined ? {} : { input }),
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe", handed ?? "ignore"],
  });
  return { code: exitCode ?? null, stdout, stderr };
}

// The JSON form names no product. A warning may stand in front.
const VERSION = /^(Terraform|OpenTofu) v(\S+)$/m;

async function askVersion(name: string, searchPath: string): Promise<Terraform | null> {
  const which = await execa("/bin/sh", ["-c", 'command -v -- "$1"', "find", name], {
    env: { PATH: searchPath },
    extendEnv: false,
    reject: false,
  });
  const binary = which.stdout.trim();
  if (which.exitCode !== 0 || !binary.startsWith("/")) {
    return null;
  }
  const said = await execa(binary, ["version"], {
    env: { PATH: CHILD_PATH, CHECKPOINT_DISABLE: "1" },
    extendEnv: false,
    reject: false,
    timeout: 30_000,
  });
  const [, product, version] = VERSION.exec(said.stdout) ?? [];
  return version === undefined
    ? null
    : { binary, product: product === "OpenTofu" ? "tofu" : "terraform", version };
}
