import type { Reason } from "#deployments/change.ts";

/** A run that came to its end without its result, for a reason that people are told. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
  readonly reason: Reason;

  constructor(reason: Reason, options?: ErrorOptions) {
    super(`The run failed: ${reason.code}.`, options);
    this.reason = reason;
  }
}

const LONGEST_ERROR = 600;

/** Terraform's words in a sentence of ours: one paragraph, not too long. */
export function inBrief(error: string): string {
  const line = error.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST_ERROR ? line : `${line.slice(0, LONGEST_ERROR - 1)}…`;
}
