import type { Knex } from "knex";

/** Settings (canary rows), and Terraform's state: versions, locks and who may reach them. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table settings (key text primary key, value bytea not null);

    create table state_versions (
      deployment text not null,
      version integer not null,
      serial bigint not null,
      lineage text not null,
      md5 text not null,
      body bytea not null,
      lock_id text not null,
      run text not null,
      fence integer not null,
      at timestamptz not null default now(),
      primary key (deployment, version)
    );

    create table state_locks (
      deployment text primary key,
      lock_id text not null,
      run text not null,
      fence integer not null,
      info jsonb not null,
      at timestamptz not null default now()
    );

    create table state_grants (
      run text primary key,
      deployment text not null,
      fence integer not null,
      worker text not null,
      mode text not null check (mode in ('read', 'write')),
      password_sha256 bytea not null,
      at timestamptz not null default now(),
      ended_at timestamptz
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  for (const table of ["state_grants", "state_locks", "state_versions", "settings"]) {
    await db.schema.dropTable(table);
  }
}
