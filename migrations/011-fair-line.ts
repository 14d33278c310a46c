import type { Knex } from "knex";

/** The line of queued runs: whose turn it is, and what people were told about their place in it. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table runs add column ahead integer;
    alter table runs add column told_at timestamptz;

    drop index runs_queued;
    create index runs_line on runs (requester, (kind <> 'apply'), queued_at, id)
      where status = 'queued';
    create index runs_served on runs (requester, started_at);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index runs_served;
    drop index runs_line;
    create index runs_queued on runs (queued_at) where status = 'queued';
    alter table runs drop column told_at;
    alter table runs drop column ahead;
  `);
}
