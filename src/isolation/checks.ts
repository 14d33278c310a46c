/** One row of the containment table, tried on a real sandbox. */
export type Check = {
  readonly check: CheckName;
  readonly ok: boolean;
  /** What was found, for operators; no sentence. */
  readonly detail: string;
};

export const CHECKS = [
  "outer uid",
  "fork limit",
  "network",
  "files",
  "environment",
  "syscalls",
  "disk",
  "descriptors",
  "kill",
  "prompt time",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** True when nothing got out; a slow prompt alone contains as well as a fast one. */
export function contains(checks: readonly Check[]): boolean {
  return checks.every(({ check, ok }) => ok || check === "prompt time");
}
