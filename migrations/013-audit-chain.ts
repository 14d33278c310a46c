import type { Knex } from "knex";

/**
 * Chains the audit: every row carries a keyed hash over itself and the row before it, numbers have
 * no gap, and rows are only ever added. Rows of before stay as they are, outside the chain.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table audit add column key_id text, add column prev text, add column hash text;
    alter table audit alter column seq drop default;
    drop sequence audit_seq_seq;

    create table audit_head (
      single boolean primary key default true check (single),
      seq bigint not null,
      -- Empty before the first row of the chain.
      hash text not null
    );
    insert into audit_head (seq, hash) select coalesce(max(seq), 0), '' from audit;

    create function audit_only_grows() returns trigger language plpgsql as $$
    begin
      raise exception 'audit rows are neither changed nor removed';
    end $$;
    create trigger audit_rows_stay before update or delete on audit
      for each row execute function audit_only_grows();
    create trigger audit_stays before truncate on audit
      for each statement execute function audit_only_grows();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger audit_stays on audit;
    drop trigger audit_rows_stay on audit;
    drop function audit_only_grows();
    drop table audit_head;
    create sequence audit_seq_seq owned by audit.seq;
    select setval('audit_seq_seq', (select coalesce(max(seq), 0) + 1 from audit), false);
    alter table audit alter column seq set default nextval('audit_seq_seq');
    alter table audit drop column key_id, drop column prev, drop column hash;
  `);
}
