/** What one shell, one person and one host may use; times in ms, sizes in bytes. */
export type SandboxLimits = {
  readonly linkTtlMs: number;
  /** Nothing typed for that long. */
  readonly idleMs: number;
  readonly hardEndMs: number;
  /** No browser connected for that long; a reload is back before. */
  readonly detachedMs: number;
  readonly shellsPerPerson: number;
  readonly shellsPerHost: number;
  readonly outputBytes: number;
  readonly outputBytesPerSecond: number;
  /** The shell stops being read above the first and goes on below the second. */
  readonly highWaterBytes: number;
  readonly lowWaterBytes: number;
};

export const SANDBOX_LIMITS: SandboxLimits = {
  linkTtlMs: 5 * 60_000,
  idleMs: 15 * 60_000,
  hardEndMs: 60 * 60_000,
  detachedMs: 60_000,
  shellsPerPerson: 3,
  shellsPerHost: 20,
  outputBytes: 20 * 1024 * 1024,
  outputBytesPerSecond: 2 * 1024 * 1024,
  highWaterBytes: 256 * 1024,
  lowWaterBytes: 64 * 1024,
};
