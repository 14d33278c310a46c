import type { Knex } from "knex";

/** Where each deployment's state is, and the serial that was last seen of one in a bucket. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table deployments add column state_backend jsonb not null default '{"is":"http"}';

    create table state_serials (
      deployment text primary key,
      serial bigint not null,
      at timestamptz not null default now()
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable("state_serials");
  await db.raw("alter table deployments drop column state_backend");
}
