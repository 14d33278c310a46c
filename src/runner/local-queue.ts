import type { Wake } from "#deployments/ports.ts";

/** The bell of one process. What it loses with the process, the worker's poll finds. */
export function openLocalWake(): Wake {
  const rings: Parameters<Wake["onWake"]>[0][] = [];
  return {
    async wake(run) {
      // Never inside the caller's turn: a vote must not wait for a run.
      setImmediate(() => rings.forEach((ring) => ring(run)));
    },
    onWake(ring) {
      rings.push(ring);
    },
  };
}
