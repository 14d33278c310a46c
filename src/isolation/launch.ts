import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  bubblewrapOptions,
  HOME,
  limited,
  nulSeparated,
  SHELL_LIMITS,
  SHELL_WRITABLE,
} from "./bubblewrap.ts";
import type { HostTools, StepDown } from "./host-tools.ts";
import { seccompFilter } from "./seccomp.ts";
import { writeAtOnce } from "./write-at-once.ts";

/** A process to start with an empty environment in `cwd`; nothing in it comes from a person. */
export type Launch = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: "/";
};

/** Turns a command inside into the process to start outside. */
export type Launcher = (command: readonly string[]) => Launch;

/** `nobody`: root's limits do not bind, and root outside is a way to the kernel's bugs. */
export const OUTER_UID = 65534;

const ENVIRONMENT = {
  HOME,
  PATH: "/usr/bin",
  TERM: "xterm-256color",
  LANG: "C.UTF-8",
  TF_IN_AUTOMATION: "1",
  CHECKPOINT_DISABLE: "1",
} as const;

// Fixed texts; what they work on arrives as arguments.
const WRAPPER = 'exec 8<"$0" 9<"$1"; shift; exec "$@"';
const MOUNTING = '"$0" --bind "$1" "$2" && exec 8<"$3" 9<"$4" && shift 4 && exec "$@"';

/**
 * Writes bwrap's options and filter once under `dataDir/sandbox` (0700) and answers how to start
 * a command in a sandbox over `rootfs`. bwrap reads both by descriptor, so that nothing of them
 * stands in a command line, and gets an empty environment, because `/proc/1/environ` shows it.
 */
export async function prepareLauncher(options: {
  dataDir: string;
  rootfs: string;
  tools: HostTools;
}): Promise<Launcher> {
  const { dataDir, rootfs, tools } = options;
  const folder = join(dataDir, "sandbox");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const root = tools.stepDown === null ? rootfs : MOUNT_POINT;
  const sandboxed = { root, writable: SHELL_WRITABLE, env: ENVIRONMENT };
  const files = { options: join(folder, "options"), filter: join(folder, "filter.bpf") };
  await writeAtOnce(files.options, nulSeparated(bubblewrapOptions(sandboxed)));
  await writeAtOnce(files.filter, seccompFilter());
  return (command) => {
    const inner = [tools.bwrap, "--args", "8", "--seccomp", "9", "--"];
    const argv = [...inner, ...limited(SHELL_LIMITS, command)];
    return tools.stepDown === null
      ? sh([files.options, files.filter, ...argv], WRAPPER)
      : asNobody({ rootfs, files, argv, tools: tools.stepDown });
  };
}

function sh(args: readonly string[], script: string): Launch {
  return { file: "/bin/sh", args: ["-c", script, ...args], cwd: "/" };
}

// Any folder that every Linux has; only the launched process sees what is mounted on it.
const MOUNT_POINT = "/mnt";

/**
 * Root opens the files and mounts the rootfs where `nobody` can reach it, in a mount namespace of
 * the launch's own: DATA_DIR may stay 0700.
 */
function asNobody(options: {
  rootfs: string;
  files: { options: string; filter: string };
  argv: readonly string[];
  tools: StepDown;
}): Launch {
  const { rootfs, files, argv, tools } = options;
  const identity = [`--reuid=${OUTER_UID}`, `--regid=${OUTER_UID}`, "--clear-groups"];
  const stepped = [tools.setpriv, ...identity, "--no-new-privs", ...argv];
  const mounting = [tools.mount, rootfs, MOUNT_POINT, files.options, files.filter, ...stepped];
  const { file, args, cwd } = sh(mounting, MOUNTING);
  return { file: tools.unshare, args: ["--mount", file, ...args], cwd };
}
