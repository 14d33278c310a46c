import type { Knex } from "knex";

/** What came in from the chats, what goes out to them, and the console's own messages. */
export async function up(db: Knex): Promise<void> {
  await db.raw(INBOX);
  await db.raw(MESSAGES);
  await db.raw(CONSOLE);
}

export async function down(db: Knex): Promise<void> {
  for (const table of ["console_messages", "messages", "inbox"]) {
    await db.schema.dropTable(table);
  }
  await db.raw("drop sequence console_changes");
}

const INBOX = `
  create table inbox (
    key text primary key,
    seq bigserial,
    platform text not null,
    -- Who speaks where: what one person does in one thread is handled in order.
    speaker text not null,
    incoming jsonb not null,
    received_at timestamptz not null default now(),
    leased_until timestamptz not null default now(),
    attempts integer not null default 0,
    done_at timestamptz
  );
  create index inbox_open on inbox (seq) where done_at is null;
  create index inbox_open_of_speaker on inbox (speaker, seq) where done_at is null;
`;

const MESSAGES = `
  create table messages (
    id bigserial primary key,
    card text not null,
    revision integer not null,
    platform text not null,
    place jsonb not null,
    place_key text not null,
    -- Empty: everybody in the thread.
    only_for text not null,
    content jsonb not null,
    -- waiting, sent, replaced (a newer revision went out instead), given-up
    status text not null default 'waiting',
    attempts integer not null default 0,
    next_at timestamptz not null default now(),
    posted_as text,
    created_at timestamptz not null default now(),
    unique (card, revision, place_key, only_for)
  );
  create index messages_waiting on messages (platform, id) where status = 'waiting';
  create index messages_posted on messages (place_key, posted_as) where posted_as is not null;
`;

const CONSOLE = `
  create sequence console_changes;
  create table console_messages (
    seq bigserial primary key,
    -- Rises with every edit too; the live stream follows it.
    change_seq bigint not null default nextval('console_changes'),
    id text not null unique,
    thread text not null,
    from_user text not null,
    only_for text not null,
    text text not null,
    card jsonb,
    revision integer not null,
    at timestamptz not null default now()
  );
  create index console_messages_thread on console_messages (thread, seq);
  create index console_messages_changes on console_messages (change_seq);
`;
