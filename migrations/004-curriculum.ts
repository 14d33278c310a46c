import type { Knex } from "knex";

/** Who learned what: the bookmark in each lesson, and every answer to a quiz. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table lesson_progress (
      user_id text not null,
      lesson_id text not null,
      status text not null check (status in ('started', 'done', 'skipped')),
      step integer not null check (step >= 1),
      quiz_first_score integer check (quiz_first_score between 0 and 100),
      lab_status text,
      content_hash text not null,
      lang text not null check (lang in ('en', 'ko')),
      started_at timestamptz not null,
      last_active_at timestamptz not null,
      done_at timestamptz,
      primary key (user_id, lesson_id)
    );
    create index lesson_progress_newest on lesson_progress (user_id, last_active_at desc);

    create table quiz_attempts (
      id bigint generated always as identity primary key,
      user_id text not null,
      lesson_id text not null,
      quiz_id text not null,
      answer jsonb not null,
      correct boolean not null,
      at timestamptz not null
    );
    create index quiz_attempts_of on quiz_attempts (user_id, lesson_id, quiz_id, id);
  `);
}

export async function down(db: Knex): Promise<void> {
  for (const table of ["quiz_attempts", "lesson_progress"]) {
    await db.schema.dropTable(table);
  }
}
