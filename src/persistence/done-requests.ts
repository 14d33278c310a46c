import type { Guard } from "#deployments/ports.ts";
import type { Transaction } from "./transaction.ts";

/** The key of a request that is to have its effect once; null: there is nothing to remember. */
export function onceKey(guard: Guard): string | null {
  return guard !== null && "onceFor" in guard ? guard.onceFor : null;
}

/** Asked under the lock of the deployment's row, so that of two at once one comes later. */
export async function isDone(tx: Transaction, id: string, key: string): Promise<boolean> {
  const row = await tx("done_requests").where({ deployment_id: id, request_key: key }).first("at");
  return row !== undefined;
}

export async function markDone(tx: Transaction, id: string, key: string | null): Promise<void> {
  if (key !== null) {
    await tx("done_requests").insert({ deployment_id: id, request_key: key });
  }
}
