import { z } from "zod";
import { CLOUD, type ConsoleMessage, type ConsoleMessages } from "#bots/console/ports.ts";
import type { OutgoingMessage } from "#bots/ports.ts";
import type { Database } from "./database.ts";
import { receiveRow } from "./inbox.ts";
import { StoredCard } from "./message-rows.ts";
import { json, storable, type Transaction } from "./transaction.ts";

const MOST_CHANGES = 100;
const MOST_THREADS = 200;

const Row = z.object({
  change_seq: z.number(),
  id: z.string(),
  thread: z.string(),
  from_user: z.string(),
  only_for: z.string(),
  text: z.string(),
  card: StoredCard.nullable(),
  revision: z.number(),
  at: z.date(),
});
const ThreadRow = z.object({
  thread: z.string(),
  title: z.string(),
  started_by: z.string(),
  at: z.date(),
  messages: z.number(),
});

/** The console's own messages: what Slack and Teams keep for themselves, this table keeps here. */
export function createConsoleMessages(db: Database): ConsoleMessages {
  return {
    said: (message, incoming) =>
      inOrder(db, async (tx) => {
        if (!(await receiveRow(tx, incoming))) {
          return false;
        }
        const { id, thread, from, text } = message;
        await tx("console_messages").insert(
          row({ id, thread, from, text: storable(text), revision: 1 }),
        );
        return true;
      }),
    shown: (id, message) => inOrder(db, (tx) => shown(tx, id, message)),
    hasThread: async (thread, user) =>
      (await visible(db, user).where({ thread }).first("id")) !== undefined,
    threads: (user) => threads(db, user),
    messages: async (thread, user) =>
      readRows(await visible(db, user).where({ thread }).orderBy("seq")),
    changes: async (after, user) =>
      readRows(
        await visible(db, user)
          .where("change_seq", ">", after)
          .orderBy("change_seq")
          .limit(MOST_CHANGES),
      ),
    lastChange: async () =>
      z
        .object({ last: z.number().nullable() })
        .parse(await db("console_messages").max("change_seq as last").first()).last ?? 0,
  };
}

/** Changes become visible in the order of their numbers, so that a stream never skips one. */
function inOrder<T>(db: Database, write: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.raw("select pg_advisory_xact_lock(hashtext('console_messages'))");
    return write(tx);
  });
}

async function shown(tx: Transaction, id: string, message: OutgoingMessage): Promise<void> {
  const { content, revision, onlyFor, place } = message;
  const card = content.card === null ? null : json(content.card);
  const text = storable(content.text);
  const fields = { id, thread: place.thread, from: CLOUD, text, revision };
  await tx("console_messages")
    .insert({ ...row(fields), only_for: onlyFor ?? "", card })
    .onConflict("id")
    .merge({ text, card, revision, change_seq: tx.raw("nextval('console_changes')") })
    .where("console_messages.revision", "<", revision);
}

function row(of: { id: string; thread: string; from: string; text: string; revision: number }) {
  const { from: from_user, ...rest } = of;
  return { ...rest, from_user, only_for: "" };
}

/** What one person may see: everything that is not for somebody else alone. */
function visible(db: Database, user: string | null) {
  return db("console_messages").whereIn("only_for", user === null ? [""] : ["", user]);
}

async function threads(db: Database, user: string | null): ReturnType<ConsoleMessages["threads"]> {
  const rows = await visible(db, user)
    .select("thread")
    .select(db.raw("(array_agg(text order by seq))[1] as title"))
    .select(db.raw("(array_agg(from_user order by seq))[1] as started_by"))
    .select(db.raw("max(at) as at, count(*)::int as messages"))
    .groupBy("thread")
    .orderByRaw("max(seq) desc")
    .limit(MOST_THREADS);
  return z
    .array(ThreadRow)
    .parse(rows)
    .map(({ started_by: startedBy, ...thread }) => ({ ...thread, startedBy }));
}

function readRows(rows: unknown): ConsoleMessage[] {
  return z
    .array(Row)
    .parse(rows)
    .map(({ change_seq: change, from_user: from, only_for, ...rest }) => ({
      ...rest,
      change,
      from,
      onlyFor: only_for === "" ? null : only_for,
    }));
}
