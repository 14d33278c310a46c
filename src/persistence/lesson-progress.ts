import { z } from "zod";
import { LessonId } from "#curriculum/frontmatter.ts";
import type { Attempt, LessonProgress, Progress, Tried, Visit } from "#curriculum/ports.ts";
import type { Database } from "./database.ts";
import { json } from "./transaction.ts";

/** The record of who learned what; times are the caller's clock. */
export function createLessonProgress(db: Database): LessonProgress {
  return {
    of: (person, lesson) => find(db, person, lesson),
    all: (person) => all(db, person),
    visited: (visit) => visited(db, visit),
    answered: (attempt) => answered(db, attempt),
    tried: (person, lesson) => tried(db, person, lesson),
    async settle(person, lesson, { firstScore, done, at }) {
      await db.raw(SETTLE, { person, lesson, firstScore, done, at });
    },
  };
}

const Row = z
  .object({
    lesson_id: LessonId,
    status: z.enum(["started", "done"]),
    step: z.number().int(),
    quiz_first_score: z.number().int().nullable(),
    content_hash: z.string(),
    lang: z.enum(["en", "ko"]),
    started_at: z.date(),
    last_active_at: z.date(),
    done_at: z.date().nullable(),
  })
  .transform((row): Progress => ({
    lesson: row.lesson_id,
    status: row.status,
    step: row.step,
    quizFirstScore: row.quiz_first_score,
    contentHash: row.content_hash,
    lang: row.lang,
    startedAt: row.started_at,
    lastActiveAt: row.last_active_at,
    doneAt: row.done_at,
  }));

async function find(db: Database, person: string, lesson: LessonId): Promise<Progress | null> {
  const row: unknown = await db("lesson_progress")
    .where({ user_id: person, lesson_id: lesson })
    .first();
  return row === undefined ? null : Row.parse(row);
}

async function all(db: Database, person: string): Promise<Progress[]> {
  const rows: unknown = await db("lesson_progress")
    .where({ user_id: person })
    .orderBy([{ column: "last_active_at", order: "desc" }, { column: "lesson_id" }]);
  return z.array(Row).parse(rows);
}

async function visited(db: Database, visit: Visit): Promise<void> {
  const { person, lesson, step, contentHash, lang, at } = visit;
  await db.raw(VISIT, { person, lesson, step, contentHash, lang, at });
}

// Whoever begins again reads the lesson as it is now, so the hash follows the first step.
const VISIT = `
  insert into lesson_progress
    (user_id, lesson_id, status, step, content_hash, lang, started_at, last_active_at)
  values (:person, :lesson, 'started', :step, :contentHash, :lang, :at, :at)
  on conflict (user_id, lesson_id) do update set
    step = excluded.step,
    lang = excluded.lang,
    content_hash = case when excluded.step = 1
      then excluded.content_hash else lesson_progress.content_hash end,
    last_active_at = excluded.last_active_at
`;

async function answered(db: Database, attempt: Attempt): Promise<void> {
  await db("quiz_attempts").insert({
    user_id: attempt.person,
    lesson_id: attempt.lesson,
    quiz_id: attempt.quiz,
    answer: json(attempt.answer),
    correct: attempt.correct,
    at: attempt.at,
  });
}

const TriedRow = z
  .object({ quiz_id: z.string(), first_correct: z.boolean(), ever_correct: z.boolean() })
  .transform((row): Tried => ({
    quiz: row.quiz_id,
    firstCorrect: row.first_correct,
    everCorrect: row.ever_correct,
  }));

async function tried(db: Database, person: string, lesson: LessonId): Promise<Tried[]> {
  const { rows } = await db.raw(TRIED, { person, lesson });
  return z.array(TriedRow).parse(rows);
}

const TRIED = `
  select quiz_id, (array_agg(correct order by id))[1] as first_correct,
    bool_or(correct) as ever_correct
  from quiz_attempts where user_id = :person and lesson_id = :lesson
  group by quiz_id order by quiz_id
`;

const SETTLE = `
  update lesson_progress set
    quiz_first_score = coalesce(quiz_first_score, :firstScore::integer),
    status = case when :done::boolean then 'done' else status end,
    done_at = case when :done::boolean then coalesce(done_at, :at::timestamptz) else done_at end
  where user_id = :person and lesson_id = :lesson
`;
