import type { Guard } from "#deployments/ports.ts";
import type { Transaction } from "./transaction.ts";

/** Asked under the lock of the deployment's row, so that of two at once one comes later. */
export async function isDone(tx: Transaction, id: string, guard: Guard): Promise<boolean> {
  const key = keyOf(guard);
  const row =
    key === null
      ? undefined
      : await tx("done_requests").where({ deployment_id: id, request_key: key }).first("at");
  return row !== undefined;
}

/** Written with the effect. */
export async function markDone(tx: Transaction, id: string, guard: Guard): Promise<void> {
  const key = keyOf(guard);
  if (key !== null) {
    await tx("done_requests").insert({ deployment_id: id, request_key: key });
  }
}

/** Null: there is nothing to remember. */
function keyOf(guard: Guard): string | null {
  return guard !== null && "onceFor" in guard ? guard.onceFor : null;
}
