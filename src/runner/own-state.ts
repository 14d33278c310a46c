import type { Deployment } from "#deployments/deployment.ts";
import { stateEnvironment } from "./backend.ts";
import type { RunnerParts } from "./job.ts";
import type { StateHome } from "./state-home.ts";

/** State in our own database, behind our own route; a run that died keeps no lock there. */
export function ownState(
  { states, stateStore }: Pick<RunnerParts, "states" | "stateStore">,
  { id }: Pick<Deployment, "id">,
): StateHome {
  return {
    // Empty: address and credentials come by environment.
    block: () => ({ http: {} }),
    environment: async ({ claim, mode }) => stateEnvironment(await states.grant(claim, id, mode)),
    planLock: (seconds) => [`-lock-timeout=${seconds}s`],
    learn: async () => {
      // It was read before the run began.
    },
    freeLock: async () => {
      // Our own route's locks go with their run.
    },
    newest: () => stateStore.newest(id),
    rescue: ({ claim }, body) => states.rescue(claim.run, id, body),
  };
}
