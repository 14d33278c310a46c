/** Sizes in bytes of what can be written inside; all of it is memory. */
export type Writable = {
  readonly tmpBytes: number;
  readonly homeBytes: number;
  readonly shmBytes: number;
};

/** Limits of every process inside (`prlimit`), set in the user namespace of the sandbox. */
export type Limits = {
  readonly processes: number;
  readonly addressSpaceBytes: number;
  readonly fileBytes: number;
  readonly openFiles: number;
  readonly cpuSeconds: number;
};

export type Sandboxed = {
  /** Host path of the read-only root; the uid outside must be able to reach it. */
  readonly root: string;
  readonly writable: Writable;
  /** The whole environment inside. */
  readonly env: Readonly<Record<string, string>>;
};

/** The home folder and working folder inside. */
export const HOME = "/home/learner";

export const SHELL_WRITABLE: Writable = {
  tmpBytes: 16 * 1024 * 1024,
  homeBytes: 16 * 1024 * 1024,
  shmBytes: 8 * 1024 * 1024,
};

export const SHELL_LIMITS: Limits = {
  processes: 48,
  addressSpaceBytes: 1024 * 1024 * 1024,
  fileBytes: 8 * 1024 * 1024,
  openFiles: 256,
  cpuSeconds: 30,
};

/**
 * Options of bwrap for a shell without network, in the order bwrap carries them out. There is no
 * `--new-session`, so that Ctrl-C and job control work; the seccomp filter stops TIOCSTI instead.
 */
export function bubblewrapOptions({ root, writable, env }: Sandboxed): string[] {
  const options = [
    ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net"],
    ["--unshare-cgroup-try", "--disable-userns", "--die-with-parent"],
    ["--uid", "1000", "--gid", "1000", "--hostname", "sandbox"],
    ["--ro-bind", root, "/", "--proc", "/proc", "--dev", "/dev"],
    ["--size", String(writable.shmBytes), "--tmpfs", "/dev/shm"],
    ["--size", String(writable.tmpBytes), "--tmpfs", "/tmp"],
    ["--size", String(writable.homeBytes), "--perms", "0700", "--tmpfs", HOME],
    // /dev and / are memory without a bound as long as they can be written.
    ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, "--clearenv"],
    ...Object.entries(env).map(([name, value]) => ["--setenv", name, value]),
  ];
  return options.flat();
}

/** The form `bwrap --args FD` reads. */
export function nulSeparated(args: readonly string[]): Uint8Array {
  return Buffer.from(args.map((arg) => `${arg}\0`).join(""));
}

// A descriptor of the server without close-on-exec would be inherited: bwrap lets it through.
const CLOSE_INHERITED =
  'for path in /proc/self/fd/*; do fd=${path##*/}; if ((fd > 2)); then exec {fd}>&-; fi; done; exec "$@"';

/** The first command inside: it sets the limits, closes what was inherited, becomes `command`. */
export function limited(limits: Limits, command: readonly string[]): string[] {
  return [
    "/usr/bin/prlimit",
    `--nproc=${limits.processes}`,
    `--as=${limits.addressSpaceBytes}`,
    `--fsize=${limits.fileBytes}`,
    `--nofile=${limits.openFiles}`,
    `--cpu=${limits.cpuSeconds}`,
    "--core=0",
    "/usr/bin/bash",
    "-c",
    CLOSE_INHERITED,
    "bash",
    ...command,
  ];
}
