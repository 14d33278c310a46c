import { NETWORK } from "./run-network.ts";

/**
 * Where a run finds its work tree: one path for every plan and apply, whatever the machine. Not
 * `/work`, below which people do install programs that must be seen inside.
 */
export const WORK = "/work-tree";

/** What one command of a run may see beside the system's own programs; paths of the host. */
export type RunView = {
  /** Its work tree, which it sees as `WORK` and may write. */
  readonly folder: string;
  /** Seen at the same path; one that does not exist is left out. */
  readonly readOnly: readonly string[];
  readonly writable: readonly string[];
  /** Emptied wherever they would be seen. */
  readonly hidden: readonly string[];
  /** A passwd and a group file that know the run's own user. */
  readonly users: { readonly passwd: string; readonly group: string };
  /** The host's, or none: then a folder is seen as `NETWORK` where something is reached. */
  readonly network: "host" | { readonly folder: string | null };
  /** The whole environment inside. */
  readonly env: Readonly<Record<string, string>>;
};

// What programs, name resolution and certificates need; of /etc nothing else is seen.
const SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
const SETTINGS = [
  "/etc/alternatives",
  "/etc/ca-certificates",
  "/etc/hosts",
  "/etc/ld.so.cache",
  "/etc/localtime",
  "/etc/nsswitch.conf",
  "/etc/pki/ca-trust",
  "/etc/pki/tls/cert.pem",
  "/etc/pki/tls/certs",
  "/etc/resolv.conf",
  "/etc/services",
  "/etc/ssl/cert.pem",
  "/etc/ssl/certs",
  "/etc/ssl/openssl.cnf",
];
const TMP_BYTES = 256 * 1024 * 1024;

/**
 * Options of bwrap for one command of a run, in the order bwrap carries them out.
 * `--die-with-parent` ties it to the shell that waits for its exit code, not to the server.
 */
export function runOptions({ folder, users, env, network, ...view }: RunView): string[] {
  const { writable } = view;
  // The outer one first: an inner one is made in it.
  const hidden = view.hidden.filter(isInSystem).toSorted();
  const readOnly = view.readOnly.filter((path) => !isSeen(path, view));
  const options = [
    ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"],
    ["--disable-userns", "--die-with-parent", "--cap-drop", "ALL"],
    network === "host" ? [] : ["--unshare-net"],
    ["--uid", "1000", "--gid", "1000", "--hostname", "run"],
    ...[...SYSTEM, ...SETTINGS].map((path) => ["--ro-bind-try", path, path]),
    ["--ro-bind", users.passwd, "/etc/passwd", "--ro-bind", users.group, "/etc/group"],
    ["--proc", "/proc", "--dev", "/dev", "--size", String(TMP_BYTES), "--tmpfs", "/tmp"],
    // After the system, which may hold them; before what is shown, which may lie in them.
    ...hidden.map((path) => ["--tmpfs", path]),
    ...readOnly.map((path) => ["--ro-bind-try", path, path]),
    ...writable.map((path) => ["--bind", path, path]),
    ["--bind", folder, WORK],
    network === "host" || network.folder === null ? [] : ["--ro-bind", network.folder, NETWORK],
    ...hidden.map((path) => ["--remount-ro", path]),
    // /dev and / are memory without a bound as long as they can be written.
    // As root outside, /proc/sys could be written: core_pattern is a way out.
    ["--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"],
    ["--chdir", WORK, "--clearenv"],
    ...Object.entries(env).map(([name, value]) => ["--setenv", name, value]),
  ];
  return options.flat();
}

/** Everything else does not exist inside unless it is shown. */
function isInSystem(path: string): boolean {
  return SYSTEM.some((folder) => isIn(path, folder));
}

/** A second mount of what is there already would fail on a symbolic link. */
function isSeen(path: string, { readOnly, hidden }: Pick<RunView, "readOnly" | "hidden">): boolean {
  const isShown = readOnly.some((folder) => isIn(path, folder));
  return isShown || (isInSystem(path) && !hidden.some((folder) => isIn(path, folder)));
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}
