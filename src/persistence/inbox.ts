import { z } from "zod";
import { Incoming, type Inbox } from "#bots/ports.ts";
import type { Database } from "./database.ts";
import { json, type Transaction } from "./transaction.ts";

const LEASE = "60 seconds";
const Taken = z.object({ incoming: Incoming, attempts: z.number().int() });

/** The record of what came in; leases use the database's clock only. */
export function createInbox(db: Database): Inbox {
  return {
    receive: (incoming) => receiveRow(db, incoming),
    next: () => next(db),
    async renew(key) {
      await db.raw(
        `update inbox set leased_until = now() + interval '${LEASE}' where key = ? and done_at is null`,
        [key],
      );
    },
    async done(key) {
      // What was entered may hold a secret, and nobody reads it any more.
      await db.raw(
        `update inbox set done_at = now(),
           incoming = case when incoming -> 'inputs' is null then incoming
             else jsonb_set(incoming, '{inputs}', '{}') end
         where key = ?`,
        [key],
      );
    },
    async later(key, retryInMs) {
      await db.raw(
        "update inbox set leased_until = now() + ? * interval '1 millisecond' where key = ? and done_at is null",
        [retryInMs, key],
      );
    },
  };
}

/** Writes the row, also inside the transaction of what came with it; false: known already. */
export async function receiveRow(db: Database | Transaction, incoming: Incoming): Promise<boolean> {
  const { platform, conversation, thread } = incoming.place;
  const rows = await db("inbox")
    .insert({
      key: incoming.key,
      platform,
      speaker: json([platform, conversation, thread, incoming.user]),
      incoming: json(incoming),
    })
    .onConflict("key")
    .ignore()
    .returning("key");
  return rows.length === 1;
}

async function next(db: Database): Promise<z.infer<typeof Taken> | null> {
  const { rows } = await db.raw(TAKE);
  return z.array(Taken).parse(rows)[0] ?? null;
}

const TAKE = `
  update inbox set leased_until = now() + interval '${LEASE}', attempts = attempts + 1
  where key = (
    select key from inbox mine
    where done_at is null and leased_until <= now()
      and not exists (
        select 1 from inbox earlier
        where earlier.done_at is null and earlier.speaker = mine.speaker and earlier.seq < mine.seq
      )
    order by seq limit 1
    for update skip locked
  )
  returning incoming, attempts
`;
