import type { Knex } from "knex";

/**
 * A vote becomes a row with everything it was cast on, one for a person and change. Changes say in
 * a column whom they ask, so that people who are asked can be found in SQL. A change may queue its
 * apply again after a vote fell away; that a plan is used once stands in `plans`.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table votes (
      id bigserial primary key,
      deployment_id text not null references deployments (id),
      change_id text not null references changes (id),
      voter text not null,
      decision text not null check (decision in ('approve', 'reject')),
      digest text not null,
      vars_hash text not null,
      module_commit text not null,
      policy_version text not null,
      rule_hash text not null,
      reason text,
      platform text not null,
      -- Where it was pressed: message, revision and hash of the card; null for the API.
      shown jsonb,
      at timestamptz not null,
      expires_at timestamptz not null,
      unique (change_id, voter)
    );

    insert into votes (deployment_id, change_id, voter, decision, digest, vars_hash, module_commit,
                       policy_version, rule_hash, reason, platform, at, expires_at)
    select c.deployment_id, c.id, v->>'voter', v->>'decision', v->>'digest', repeat('0', 64), '',
           repeat('0', 64), repeat('0', 64), v->>'reason', v->>'platform',
           (v->>'at')::timestamptz, (v->>'at')::timestamptz
      from changes c, jsonb_array_elements(coalesce(c.body->'votes', '[]')) as v
    on conflict do nothing;

    alter table changes add column asked_groups text[];
    create index changes_asked on changes using gin (asked_groups) where state <> 'ended';

    drop index runs_one_apply;
    create unique index runs_one_apply on runs (change_id)
      where kind = 'apply' and status in ('queued', 'claimed', 'running');
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index runs_one_apply;
    create unique index runs_one_apply on runs (change_id) where kind = 'apply';
    alter table changes drop column asked_groups;
    drop table votes;
  `);
}
