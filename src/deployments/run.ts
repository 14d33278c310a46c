import { z } from "zod";
import type { ChangeId, DeploymentId, PersonId, RunId } from "./ids.ts";

export const RunKind = z.enum(["plan", "apply", "drift", "check"]);
export type RunKind = z.infer<typeof RunKind>;

export const RunStatus = z.enum(["queued", "claimed", "running", "done", "failed", "lost"]);
export type RunStatus = z.infer<typeof RunStatus>;

/** A run that a change asks for; the store writes it as `queued` in the change's transaction. */
export type NewRun = {
  readonly id: RunId;
  readonly kind: RunKind;
  readonly deployment: DeploymentId;
  /** Null: it belongs to none (a drift check). */
  readonly change: ChangeId | null;
  readonly requester: PersonId;
};

/** Names one process among all that ever ran on this host (a pid alone is used again). */
export const ProcessIdentity = z.object({
  pid: z.number().int(),
  /** Field 22 of `/proc/<pid>/stat`, in clock ticks since boot. */
  startTime: z.string(),
  bootId: z.string(),
  /** The machine's name, for people; processes of before 2026-11-21 have none. */
  host: z.string().optional(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/** How far a run is: resources done of all, one that is under way, and how many are. */
export const Progress = z.object({
  done: z.number().int(),
  total: z.number().int(),
  current: z.string().nullable(),
  inFlight: z.number().int().default(0),
});
export type Progress = z.infer<typeof Progress>;

export type Run = NewRun & {
  readonly status: RunStatus;
  /** Only rises; every write of a worker carries the one it claimed with. */
  readonly fence: number;
  readonly attempts: number;
  readonly worker: string | null;
  readonly process: ProcessIdentity | null;
  /** Bytes of `out.jsonl` that became events. */
  readonly outputOffset: number;
  readonly progress: Progress;
  readonly cancelRequested: boolean;
  /** Runs before it in the line, from ten on in full tens; null: it is not waiting, or not counted yet. */
  readonly ahead: number | null;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

/** A run as its worker holds it: with the fence of its claim. */
export type Claim = {
  readonly run: RunId;
  readonly fence: number;
  readonly worker: string;
};

/** One line of what a run did, redacted, numbered from 1 without gaps. */
export const RunEvent = z.object({
  seq: z.number().int(),
  at: z.coerce.date(),
  /** Terraform's own type (`apply_complete`, `diagnostic`, …), `step` for ours, `text` for other output. */
  type: z.string(),
  message: z.string(),
  address: z.string().nullable(),
});
export type RunEvent = z.infer<typeof RunEvent>;
