import { z } from "zod";
import { Place } from "#deployments/deployment.ts";
import { ChangeId, DeploymentId, RunId } from "#deployments/ids.ts";
import type { Announcement } from "#deployments/announcement.ts";
import { ButtonValue } from "#bots/card.ts";
import type { NewestCard, Outbox, OutgoingMessage, PostedCard } from "#bots/ports.ts";
import type { Database } from "./database.ts";
import { MessageContent, insertRow, placeKey } from "./message-rows.ts";
import { dueMessage, settleSent } from "./message-sending.ts";
import { isTaken, type Transaction } from "./transaction.ts";

const AnnouncementRow = z.discriminatedUnion("card", [
  z.object({
    id: z.number(),
    deployment_id: DeploymentId,
    change_id: ChangeId,
    card: z.enum(["progress", "approval", "reminder", "escalation", "report"]),
  }),
  z.object({
    id: z.number(),
    deployment_id: DeploymentId,
    run_id: RunId,
    card: z.literal("drift"),
  }),
]);
const NewestRow = z.object({
  card: z.string(),
  revision: z.number(),
  content: MessageContent,
  place: Place,
});
const PostedRow = z.object({
  card: z.string(),
  only_for: z.string(),
  revision: z.number(),
  content: MessageContent,
});

/** The record of what goes out; leases and waits use the database's clock only. */
export function createOutbox(db: Database): Outbox {
  return {
    announcements: (limit) => announcements(db, limit),
    revise: (messages, done) => revise(db, messages, done),
    write: (messages) => db.transaction((tx) => writeAll(tx, messages)),
    due: (platform) => dueMessage(db, platform),
    sent: (id, postedAs) => settleSent(db, id, postedAs),
    async failed(id, retryInMs) {
      await db.raw(
        "update messages set next_at = now() + ? * interval '1 millisecond' where id = ? and status = 'waiting'",
        [retryInMs, id],
      );
    },
    async giveUp(id) {
      await db("messages").where({ id, status: "waiting" }).update({ status: "given-up" });
    },
    newest: (cards) => newest(db, cards),
    posted: (place, message) => posted(db, place, message),
  };
}

async function announcements(db: Database, limit: number): ReturnType<Outbox["announcements"]> {
  const rows = await db("announcements").whereNull("done_at").orderBy("id").limit(limit);
  return rows.map((raw) => {
    const row = AnnouncementRow.parse(raw);
    const deployment = row.deployment_id;
    const announcement: Announcement =
      row.card === "drift"
        ? { deployment, run: row.run_id, card: row.card }
        : { deployment, change: row.change_id, card: row.card };
    return { id: String(row.id), announcement };
  });
}

async function revise(
  db: Database,
  messages: readonly OutgoingMessage[],
  done: readonly string[],
): Promise<boolean> {
  try {
    await db.transaction(async (tx) => {
      for (const message of messages) {
        await insertRow(tx, message);
      }
      await tx("announcements").whereIn("id", done).update({ done_at: tx.fn.now() });
    });
    return true;
  } catch (error) {
    if (isTaken(error, "messages_card_revision_place_key_only_for_key")) {
      return false;
    }
    throw error;
  }
}

async function writeAll(tx: Transaction, messages: readonly OutgoingMessage[]): Promise<void> {
  for (const message of messages) {
    await insertRow(tx, message).onConflict(["card", "revision", "place_key", "only_for"]).ignore();
  }
}

async function newest(
  db: Database,
  cards: readonly string[],
): Promise<ReadonlyMap<string, NewestCard>> {
  const last = db("messages as other").where("other.card", db.ref("messages.card")).max("revision");
  const rows = z
    .array(NewestRow)
    .parse(await db("messages").whereIn("card", cards).where("revision", last).orderBy("id"));
  const byCard = Map.groupBy(rows, ({ card }) => card);
  return new Map(
    [...byCard].flatMap(([card, [first, ...others]]) =>
      first === undefined
        ? []
        : [
            [
              card,
              {
                revision: first.revision,
                content: first.content,
                places: [first, ...others].map(({ place }) => place),
              },
            ],
          ],
    ),
  );
}

async function posted(db: Database, place: Place, message: string): Promise<PostedCard | null> {
  const rows = z.array(PostedRow).parse(
    await db("messages")
      .where({ place_key: placeKey(place), posted_as: message })
      .orderBy("revision", "desc"),
  );
  const [first] = rows;
  if (first === undefined) {
    return null;
  }
  return {
    card: first.card,
    onlyFor: first.only_for === "" ? null : first.only_for,
    offered: rows.flatMap(({ content }) => offeredBy(content)),
    newest: { revision: first.revision, content: first.content },
  };
}

function offeredBy(content: MessageContent): ButtonValue[] {
  return (content.card?.actions ?? []).map((action) => ButtonValue.parse(action.value));
}
