import { z } from "zod";
import type { DeploymentId } from "#deployments/ids.ts";
import type { StateSerials, StateStore } from "#deployments/state-ports.ts";
import type { Database } from "./database.ts";

/** Serials of states that lie in a bucket, as a run saw them last; the others' are in `own`. */
export function createStateSerials(db: Database, own: StateStore): StateSerials {
  return {
    async note(deployment, serial) {
      await db("state_serials")
        .insert({ deployment, serial, at: db.fn.now() })
        .onConflict("deployment")
        .merge();
    },
    newest: async (deployment) => (await noted(db, deployment)) ?? own.newest(deployment),
  };
}

const Noted = z.object({ serial: z.coerce.number().int() });

/** A deployment never changes its backend, so a serial that was noted is that of a bucket. */
async function noted(db: Database, deployment: DeploymentId) {
  const row: unknown = await db("state_serials").where({ deployment }).first("serial");
  return row === undefined ? null : Noted.parse(row);
}
