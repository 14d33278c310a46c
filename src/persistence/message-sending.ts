import { z } from "zod";
import { Place } from "#deployments/deployment.ts";
import type { DueMessage } from "#bots/ports.ts";
import type { Database } from "./database.ts";
import { MessageContent } from "./message-rows.ts";

const LEASE = "60 seconds";

const Due = z.object({
  id: z.number(),
  card: z.string(),
  revision: z.number(),
  place: Place,
  only_for: z.string(),
  content: MessageContent,
  attempts: z.number(),
  posted_before: z.string().nullable(),
});

/** Takes the oldest message that may go out now. */
export async function dueMessage(
  db: Database,
  platform: Place["platform"],
): Promise<DueMessage | null> {
  const rows = await db.transaction(async (tx) => {
    // Two senders that look at the same moment could each take one revision of the same card.
    await tx.raw("select pg_advisory_xact_lock(hashtext('messages.due'))");
    const taken = await tx.raw(TAKE, [platform]);
    return z.array(Due).parse(taken.rows);
  });
  const [row] = rows;
  if (row === undefined) {
    return null;
  }
  const { card, revision, place, content } = row;
  const onlyFor = row.only_for === "" ? null : row.only_for;
  return {
    id: String(row.id),
    message: { card, revision, place, onlyFor, content },
    postedAs: row.posted_before,
    attempts: row.attempts,
  };
}

/** Stores the platform's id; older revisions that still wait are not needed any more. */
export async function settleSent(db: Database, id: string, postedAs: string): Promise<void> {
  await db.transaction(async (tx) => {
    // Of a sent one `next_at` is when it went out.
    const sent = { status: "sent", posted_as: postedAs, next_at: tx.fn.now() };
    await tx("messages").where({ id }).update(sent);
    await tx.raw(REPLACE_OLDER, [id]);
  });
}

const sameSlot = (one: string, other: string) =>
  `${one}.card = ${other}.card and ${one}.place_key = ${other}.place_key and ${one}.only_for = ${other}.only_for`;

// Slack lets a message be edited once in so long; progress is all that comes faster.
const BETWEEN_EDITS = "3 seconds";

// A revision that was tried is settled before any other of its card and place, because it may
// stand there already; among untried ones the newest goes out.
const TAKE = `
  update messages set next_at = now() + interval '${LEASE}', attempts = attempts + 1
  where id = (
    select mine.id from messages mine
    where mine.status = 'waiting' and mine.platform = ? and mine.next_at <= now()
      and not exists (
        select 1 from messages other
        where other.status = 'waiting' and other.id <> mine.id and ${sameSlot("other", "mine")}
          and mine.attempts = 0 and (other.attempts > 0 or other.revision > mine.revision)
      )
      and not exists (
        select 1 from messages before
        where mine.card like 'progress:%' and before.status = 'sent'
          and before.next_at > now() - interval '${BETWEEN_EDITS}' and ${sameSlot("before", "mine")}
      )
    order by mine.id limit 1
    for update skip locked
  )
  returning messages.*, (
    select posted_as from messages before
    where before.posted_as is not null and ${sameSlot("before", "messages")}
    order by before.revision desc limit 1
  ) as posted_before
`;

const REPLACE_OLDER = `
  update messages set status = 'replaced'
  from messages sent
  where sent.id = ? and messages.status = 'waiting' and messages.attempts = 0
    and messages.revision < sent.revision and ${sameSlot("messages", "sent")}
`;
