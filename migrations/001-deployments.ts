import type { Knex } from "knex";

/** Deployments, their changes, plans, runs with events, audit and announcements. */
export async function up(db: Knex): Promise<void> {
  await db.raw(DEPLOYMENTS);
  await db.raw(RUNS);
  await db.raw(RECORDS);
}

export async function down(db: Knex): Promise<void> {
  const tables = ["announcements", "audit", "run_events", "runs", "plans", "changes"];
  for (const table of [...tables, "deployments"]) {
    await db.schema.dropTable(table);
  }
}

const DEPLOYMENTS = `
  create table deployments (
    id text primary key,
    name text not null,
    cloud text not null,
    module text not null,
    environment text not null,
    team text,
    requester text not null,
    lang text not null,
    vars jsonb not null,
    standing jsonb not null,
    outputs jsonb not null,
    resources jsonb not null,
    places jsonb not null,
    -- Only for the list's filter; people always see the computed one.
    status text not null,
    open_change text,
    last_change text,
    request_key text unique,
    revision integer not null,
    created_at timestamptz not null
  );
  -- A name is taken while something stands under it or is being made under it.
  create unique index deployments_name_taken on deployments (name)
    where standing->>'is' <> 'destroyed' or open_change is not null;
  create index deployments_newest on deployments (created_at desc, id desc);

  create table changes (
    id text primary key,
    deployment_id text not null references deployments (id),
    state text not null,
    body jsonb not null,
    opened_at timestamptz not null,
    ended_at timestamptz
  );
  create unique index changes_one_open on changes (deployment_id) where state <> 'ended';

  create table plans (
    change_id text primary key references changes (id),
    digest text not null,
    bundle bytea,
    facts jsonb not null,
    text_sealed bytea not null,
    json_sealed bytea not null,
    consumed_by text,
    consumed_at timestamptz,
    made_at timestamptz not null default now()
  );
`;

const RUNS = `
  create table runs (
    id text primary key,
    kind text not null,
    deployment_id text not null references deployments (id),
    change_id text not null references changes (id),
    requester text not null,
    status text not null default 'queued',
    fence integer not null default 0,
    attempts integer not null default 0,
    worker text,
    lease_until timestamptz,
    process jsonb,
    output_offset bigint not null default 0,
    progress jsonb not null default '{"done":0,"total":0,"current":null}',
    cancel_requested boolean not null default false,
    queued_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz
  );
  create unique index runs_one_active on runs (deployment_id) where status in ('claimed', 'running');
  create unique index runs_one_apply on runs (change_id) where kind = 'apply';
  create index runs_queued on runs (queued_at) where status = 'queued';
  create index runs_of_change on runs (change_id);

  create table run_events (
    run_id text not null references runs (id),
    seq integer not null,
    at timestamptz not null,
    type text not null,
    message text not null,
    address text,
    primary key (run_id, seq)
  );
`;

const RECORDS = `
  create table audit (
    seq bigserial primary key,
    at timestamptz not null default now(),
    deployment_id text,
    actor text not null,
    action text not null,
    detail jsonb not null
  );
  create index audit_of_deployment on audit (deployment_id, seq);

  create table announcements (
    id bigserial primary key,
    deployment_id text not null,
    change_id text not null,
    card text not null,
    created_at timestamptz not null default now(),
    done_at timestamptz
  );
  create index announcements_open on announcements (id) where done_at is null;
`;
