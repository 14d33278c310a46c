import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs of the host that a launch needs, as absolute paths. */
export type HostTools = {
  readonly bwrap: string;
  /** What root needs to step down before bwrap; null where we are not root. */
  readonly stepDown: StepDown | null;
};

export type StepDown = {
  readonly unshare: string;
  readonly mount: string;
  readonly setpriv: string;
};

/** What `path` (colon-separated) has; null when bubblewrap cannot be used on this host. */
export function findHostTools(path: string, uid: number): HostTools | null {
  // The seccomp filter knows the system calls of x86_64 only.
  const bwrap = process.arch === "x64" ? findProgram("bwrap", path) : null;
  const stepDown = findStepDown(path);
  if (process.platform !== "linux" || bwrap === null || (uid === 0 && stepDown === null)) {
    return null;
  }
  return { bwrap, stepDown: uid === 0 ? stepDown : null };
}

/** The absolute path of a program in `path`, or null. */
export function findProgram(name: string, path: string): string | null {
  const folders = path.split(delimiter).filter((folder) => folder.startsWith("/"));
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function findStepDown(path: string): StepDown | null {
  const unshare = findProgram("unshare", path);
  const mount = findProgram("mount", path);
  const setpriv = findProgram("setpriv", path);
  return unshare === null || mount === null || setpriv === null
    ? null
    : { unshare, mount, setpriv };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
