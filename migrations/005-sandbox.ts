import type { Knex } from "knex";

/** One-time links, the browsers that spent one, and the shell sessions they lead to. */
export async function up(db: Knex): Promise<void> {
  await db.raw(TABLES);
}

export async function down(db: Knex): Promise<void> {
  for (const table of ["sandbox_sessions", "sandbox_cookies", "sandbox_links"]) {
    await db.schema.dropTable(table);
  }
}

const TABLES = `
  create table sandbox_links (
    secret_hash text primary key,
    person text not null,
    lesson text not null,
    lang text not null,
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index sandbox_links_over on sandbox_links (expires_at);

  create table sandbox_cookies (
    cookie_hash text primary key,
    person text not null,
    expires_at timestamptz not null
  );
  create index sandbox_cookies_over on sandbox_cookies (expires_at);

  create table sandbox_sessions (
    id text primary key,
    person text not null,
    lesson text not null,
    lang text not null,
    ends_at timestamptz not null
  );
  create index sandbox_sessions_over on sandbox_sessions (ends_at);
`;
