import type { Knex } from "knex";

/** Answers of POST requests by their Idempotency-Key. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table idempotency_keys (
      person text not null,
      key text not null,
      request_hash text not null,
      status integer,
      answer jsonb,
      at timestamptz not null default now(),
      primary key (person, key)
    );
    create index idempotency_keys_age on idempotency_keys (at);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable("idempotency_keys");
}
