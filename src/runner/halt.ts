/** Why a run is asked to stop before its end. `fenced`: somebody else has taken over. */
export type HaltReason = "cancel" | "timeout" | "stopping" | "fenced";

export type Halt = {
  readonly why: HaltReason | null;
  /** The first reason stays, but being fenced counts more than any other. */
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
  return {
    get why() {
      return why;
    },
    stop(reason) {
      why = reason === "fenced" ? reason : (why ?? reason);
    },
    check() {
      if (why !== null) {
        throw new Halted(why);
      }
    },
  };
}
