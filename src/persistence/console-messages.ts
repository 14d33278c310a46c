import { z } from "zod";
import {
  CLOUD,
  type ConsoleMessage,
  type ConsoleMessages,
  type ConsoleReader,
} from "#bots/console/ports.ts";
import type { OutgoingMessage } from "#bots/ports.ts";
import type { Database } from "./database.ts";
import { visibleIds } from "./deployments.ts";
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
export function createConsoleMessages(db: Database, readerOf: ReaderOf): ConsoleMessages {
  const visible = (user: string | null) => visibleTo(db, user, readerOf);
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
      (await visible(user)
        .where({ thread: storable(thread) })
        .first("id")) !== undefined,
    threads: (user) => threads(db, visible(user)),
    messages: async (thread, user) =>
      readRows(
        await visible(user)
          .where({ thread: storable(thread) })
          .orderBy("seq"),
      ),
    changes: async (after, user) =>
      readRows(
        await visible(user)
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
    .insert({ ...row(fields), only_for: onlyFor ?? "", card, about: [...content.about] })
    .onConflict("id")
    .merge({
      text,
      card,
      revision,
      about: [...content.about],
      change_seq: tx.raw("nextval('console_changes')"),
    })
    .where("console_messages.revision", "<", revision);
}

function row(of: { id: string; thread: string; from: string; text: string; revision: number }) {
  const { from: from_user, ...rest } = of;
  return { ...rest, from_user, only_for: "" };
}

/** Who a user of the console is at this moment; null: nobody that the policy knows. */
export type ReaderOf = (user: string) => ConsoleReader | null;

const STARTER =
  "(select t.from_user from console_messages t where t.thread = m.thread order by t.seq limit 1)";
const OF_THREAD = "array(select unnest(t.about) from console_messages t where t.thread = m.thread)";

/** What one person may read: their own, and what the rule of the port lets them. */
function visibleTo(db: Database, user: string | null, readerOf: ReaderOf) {
  const query = db("console_messages as m").whereIn(
    "m.only_for",
    user === null ? [""] : ["", user],
  );
  const reader = user === null ? null : readerOf(user);
  if (user === null || reader?.viewer.roles.includes("admin") === true) {
    return query;
  }
  return query.where((either) => {
    void either.where("m.only_for", user).orWhere("m.from_user", user);
    if (reader !== null) {
      void either.orWhereRaw(readable(db, user, reader));
    }
  });
}

function readable(db: Database, user: string, { viewer, hears }: ConsoleReader) {
  const seen = "array(?)";
  const speaker = `case when m.from_user = ? then ${STARTER} else m.from_user end`;
  return db.raw(
    `case when m.about <> '{}' then m.about <@ ${seen}
      else ${speaker} = any(?) or (
        ${OF_THREAD} <@ ${seen} and (${OF_THREAD} <> '{}' or ${STARTER} = ?)
      ) end`,
    [visibleIds(db, viewer), CLOUD, [user, ...hears], visibleIds(db, viewer), CLOUD],
  );
}

async function threads(
  db: Database,
  query: ReturnType<typeof visibleTo>,
): ReturnType<ConsoleMessages["threads"]> {
  const rows = await query
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
