import type { Knex } from "knex";

/**
 * Whether a deployment's cloud was simulated when it was asked for. Of those made before this was
 * kept, only one whose state is in a bucket is known to be real: a bucket needs a real cloud.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table deployments add column simulated boolean not null default false;
    update deployments set simulated = true
      where cloud <> 'local' and state_backend ->> 'is' = 'http';
    alter table deployments alter column simulated drop default;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw("alter table deployments drop column simulated");
}
