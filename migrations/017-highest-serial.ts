import type { Knex } from "knex";

/** The highest serial seen of a state in a bucket since the last apply: a lower one is an older state. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table state_serials add column highest bigint;
    update state_serials set highest = serial;
    alter table state_serials alter column highest set not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw("alter table state_serials drop column highest");
}
