import type { Database } from "./database.ts";

/**
 * For a database that only one process can have open: what an earlier one had in hand when it died
 * is taken up at once, instead of when its lease is over. Messages of other platforms keep their
 * time, which may be the one that a platform asked us to wait.
 */
export async function takeUpLeftInHand(db: Database): Promise<void> {
  const now = db.fn.now();
  await db("inbox")
    .whereNull("done_at")
    .where("leased_until", ">", now)
    .update({ leased_until: now });
  await db("messages")
    .where({ status: "waiting", platform: "console" })
    .where("next_at", ">", now)
    .update({ next_at: now });
}
