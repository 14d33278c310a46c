import { lookAtApprovals } from "#deployments/due.ts";
import type { Foundation } from "./foundation.ts";

const APPROVALS_LOOK_MS = 20_000;
const LINE_LOOK_MS = 3_000;

/**
 * What doors do by the clock: end approvals that ran out, and tell people their place in the line.
 * Several processes may do it at once; the database lets each thing happen once.
 */
export function startTicking(base: Foundation, closing: AsyncDisposableStack): void {
  const { log, runs, announced } = base;

  function every(ms: number, what: string, work: () => Promise<unknown>): void {
    const ticking = setInterval(() => {
      work().catch((error: unknown) => {
        log.warn({ err: error, what }, "something done by the clock failed; it is tried again");
      });
    }, ms);
    closing.defer(() => clearInterval(ticking));
  }

  every(APPROVALS_LOOK_MS, "approvals", () => lookAtApprovals(base));
  every(LINE_LOOK_MS, "line", async () => {
    if ((await runs.tellLine()) > 0) {
      announced.ring();
    }
  });
}
