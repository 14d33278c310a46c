import type { Knex } from "knex";

/** A person's word that a run is to be killed, where asking it to stop came to nothing. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`alter table runs add column force_requested boolean not null default false`);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`alter table runs drop column force_requested`);
}
