import type { Database } from "./database.ts";

const KEPT = "30 days";

/** How many rows of each lost something. */
export type Pruned = {
  readonly plans: number;
  readonly inbox: number;
  readonly messages: number;
  readonly requests: number;
};

/**
 * Takes away what nobody needs after 30 days: plan files of ended changes (their redacted text and
 * JSON stay for good), keys of handled events and requests, messages that went out and were replaced since.
 */
export async function prune(db: Database): Promise<Pruned> {
  // Only the key is needed of what was handled; what a person typed may hold a secret.
  await db("inbox")
    .whereRaw("done_at < now() - interval '1 hour' and incoming <> '{}'")
    .update({ incoming: "{}" });
  const old = `< now() - interval '${KEPT}'`;
  return {
    plans: await db("plans")
      .whereNotNull("bundle")
      .whereIn("change_id", db("changes").whereRaw(`ended_at ${old}`).select("id"))
      .update({ bundle: null }),
    inbox: await db("inbox").whereRaw(`done_at ${old}`).delete(),
    messages: await db("messages")
      .where({ status: "replaced" })
      .whereRaw(`created_at ${old}`)
      .delete(),
    requests: await db("done_requests").whereRaw(`at ${old}`).delete(),
  };
}
