import { z } from "zod";
import type { DeploymentId } from "#deployments/ids.ts";
import type { StateSerials, StateStore } from "#deployments/state-ports.ts";
import type { Database } from "./database.ts";

/** Serials of states that lie in a bucket, as a run saw them last; the others' are in `own`. */
export function createStateSerials(db: Database, own: StateStore): StateSerials {
  return {
    async note(deployment, serial, by) {
      const highest =
        by === "apply" ? serial : db.raw("greatest(state_serials.highest, ?)", serial);
      await db("state_serials")
        .insert({ deployment, serial, highest: serial, at: db.fn.now() })
        .onConflict("deployment")
        .merge({ serial, highest, at: db.fn.now() });
    },
    async highest(deployment) {
      const row: unknown = await db("state_serials").where({ deployment }).first("highest");
      return row === undefined ? null : Highest.parse(row).highest;
    },
    newest: async (deployment) => (await noted(db, deployment)) ?? own.newest(deployment),
  };
}

const Highest = z.object({ highest: z.coerce.number().int() });
const Noted = z.object({ serial: z.coerce.number().int() });

/** A deployment never changes its backend, so a serial that was noted is that of a bucket. */
async function noted(db: Database, deployment: DeploymentId) {
  const row: unknown = await db("state_serials").where({ deployment }).first("serial");
  return row === undefined ? null : Noted.parse(row);
}
