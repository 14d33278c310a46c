import type { Knex } from "knex";

/** Drift checks: runs and announcements that belong to no change, and what was found. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table runs alter column change_id drop not null;
    alter table runs add constraint runs_change_or_drift
      check ((change_id is null) = (kind = 'drift'));

    alter table announcements alter column change_id drop not null;
    alter table announcements add column run_id text;

    create table drift_checks (
      run_id text primary key references runs (id),
      deployment_id text not null references deployments (id),
      requester text not null,
      lang text not null,
      place jsonb,
      request_key text unique,
      asked_at timestamptz not null default now(),
      ended_at timestamptz,
      result jsonb
    );
    create index drift_checks_newest on drift_checks (deployment_id, asked_at desc);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table drift_checks;
    delete from announcements where change_id is null;
    alter table announcements drop column run_id;
    alter table announcements alter column change_id set not null;
    delete from run_events where run_id in (select id from runs where kind = 'drift');
    delete from runs where kind = 'drift';
    alter table runs drop constraint runs_change_or_drift;
    alter table runs alter column change_id set not null;
  `);
}
