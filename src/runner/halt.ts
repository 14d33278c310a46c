/**
 * Why a run is asked to stop before its end. `force`: a person has it killed; `fenced`: somebody
 * else has taken over.
 */
export type HaltReason = "cancel" | "timeout" | "stopping" | "force" | "fenced";

export type Halt = {
  readonly why: HaltReason | null;
  /** This process is to end, whatever else was asked before. */
  readonly stopping: boolean;
  /** The first reason stays, but a person's force counts more, and being fenced most. */
  stop(why: HaltReason): void;
  /** Throws `Halted` once the run is asked to stop. */
  check(): void;
};

/** The run stops between two steps, or its command was stopped. */
export class Halted extends Error {
  override readonly name = "Halted";
  readonly why: HaltReason;

  constructor(why: HaltReason) {
    super(`The run was stopped: ${why}.`);
    this.why = why;
  }
}

export function openHalt(): Halt {
  let why: HaltReason | null = null;
  let stopping = false;
  return {
    get why() {
      return why;
    },
    get stopping() {
      return stopping;
    },
    stop(reason) {
      stopping ||= reason === "stopping";
      why = weightOf(reason) > weightOf(why) ? reason : why;
    },
    check() {
      if (why !== null) {
        throw new Halted(why);
      }
    },
  };
}

const HEAVY: readonly (HaltReason | null)[] = ["force", "fenced"];

function weightOf(why: HaltReason | null): number {
  return why === null ? 0 : 2 + HEAVY.indexOf(why);
}
