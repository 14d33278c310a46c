import type { Knex } from "knex";

/**
 * Requests that had their effect, written with it: the same one again has none. And which
 * deployments a message of the console is about, so that only those who see them read it.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table done_requests (
      deployment_id text not null references deployments (id),
      request_key text not null,
      at timestamptz not null default now(),
      primary key (deployment_id, request_key)
    );
    create index done_requests_age on done_requests (at);
    -- The attempt ended without an answer that could be kept; the same request may go again.
    alter table idempotency_keys add column released boolean not null default false;
    alter table console_messages add column about text[] not null default '{}';
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw("alter table console_messages drop column about");
  await db.raw("alter table idempotency_keys drop column released");
  await db.schema.dropTable("done_requests");
}
