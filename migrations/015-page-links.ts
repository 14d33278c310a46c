import type { Knex } from "knex";

/** A personal link leads to a shell of a lesson, or to a page of ours. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table sandbox_links add column page text, alter column lesson drop not null;
    alter table sandbox_links add constraint sandbox_links_lead_somewhere
      check ((lesson is null) <> (page is null));
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from sandbox_links where page is not null;
    alter table sandbox_links drop column page, alter column lesson set not null;
  `);
}
