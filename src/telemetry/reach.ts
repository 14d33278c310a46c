import type { Log } from "./log.ts";

/** Whether something outside answers, told to the log once per change. */
export type Reach = {
  /** It does not answer; another reason while it is away changes nothing. */
  lost(error: unknown): void;
  back(): void;
};

/** Clients try again several times a second; a line for each would bury the log. */
export function openReach(log: Log, what: string): Reach {
  let away = false;
  return {
    lost(error) {
      if (!away) {
        log.warn({ err: error, what }, "it does not answer; it is tried again until it does");
      }
      away = true;
    },
    back() {
      if (away) {
        log.info({ what }, "it answers again");
      }
      away = false;
    },
  };
}
