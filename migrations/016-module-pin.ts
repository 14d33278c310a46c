import type { Knex } from "knex";

/** Which files of its module a deployment was last applied with; of older applies nobody knows. */
export async function up(db: Knex): Promise<void> {
  await db.raw("alter table deployments add column module_pin jsonb");
}

export async function down(db: Knex): Promise<void> {
  await db.raw("alter table deployments drop column module_pin");
}
