import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LessonId } from "#curriculum/frontmatter.ts";
import type { LessonProgress, Visit } from "#curriculum/ports.ts";
import { createLessonProgress } from "#persistence/lesson-progress.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { fakeLessonProgress } from "./../fakes/lesson-progress.ts";
import { testDatabases } from "./../support/databases.ts";

const STORES = [
  { name: "the fake", open: async () => null },
  ...testDatabases().map(({ name, open }) => ({ name, open })),
];

describe.each(STORES)("the record of lessons on $name", ({ open }) => {
  let opened: OpenDatabase | null = null;
  let progress: LessonProgress = fakeLessonProgress();

  beforeAll(async () => {
    opened = await open();
    progress = opened === null ? progress : createLessonProgress(opened.db);
  });
  afterAll(async () => opened?.[Symbol.asyncDispose]());

  test("knows nothing of a lesson nobody opened", async () => {
    expect(await progress.of("nobody", CLI)).toBeNull();
    expect(await progress.all("nobody")).toEqual([]);
    expect(await progress.tried("nobody", CLI)).toEqual([]);
  });

  test("keeps the last step, and the hash of when the lesson was begun", async () => {
    await progress.visited(visit("ann", { step: 1, contentHash: "old", at: at(1) }));
    await progress.visited(visit("ann", { step: 3, contentHash: "new", lang: "ko", at: at(2) }));

    expect(await progress.of("ann", CLI)).toEqual({
      lesson: CLI,
      status: "started",
      step: 3,
      quizFirstScore: null,
      contentHash: "old",
      lang: "ko",
      startedAt: at(1),
      lastActiveAt: at(2),
      doneAt: null,
    });
  });

  test("takes the new hash when the lesson is begun again", async () => {
    await progress.visited(visit("ben", { step: 2, contentHash: "old", at: at(1) }));
    await progress.visited(visit("ben", { step: 1, contentHash: "new", at: at(2) }));

    expect((await progress.of("ben", CLI))?.contentHash).toBe("new");
  });

  test("keeps a lesson done, its first score and its first end, whatever comes later", async () => {
    await progress.visited(visit("cho", { step: 5, at: at(1) }));
    await progress.settle("cho", CLI, { firstScore: 67, done: true, at: at(2) });
    await progress.visited(visit("cho", { step: 1, at: at(3) }));
    await progress.settle("cho", CLI, { firstScore: 100, done: true, at: at(4) });
    await progress.settle("cho", CLI, { firstScore: null, done: false, at: at(5) });

    expect(await progress.of("cho", CLI)).toMatchObject({
      status: "done",
      step: 1,
      quizFirstScore: 67,
      doneAt: at(2),
      lastActiveAt: at(3),
    });
  });

  test("tells the first try at a question from the best one", async () => {
    const attempt = { person: "dan", lesson: CLI, answer: "a", at: at(1) };
    await progress.answered({ ...attempt, quiz: "q1", correct: false });
    await progress.answered({ ...attempt, quiz: "q1", correct: true });
    await progress.answered({ ...attempt, quiz: "q2", correct: true });
    await progress.answered({ ...attempt, quiz: "q2", correct: false });
    await progress.answered({ ...attempt, person: "eve", quiz: "q3", correct: true });

    expect(await progress.tried("dan", CLI)).toEqual([
      { quiz: "q1", firstCorrect: false, everCorrect: true },
      { quiz: "q2", firstCorrect: true, everCorrect: true },
    ]);
  });

  test("lists one person's lessons, last active first", async () => {
    await progress.visited(visit("fay", { at: at(1) }));
    await progress.visited(visit("fay", { lesson: FIRST, at: at(2) }));
    await progress.visited(visit("gil", { at: at(3) }));

    expect((await progress.all("fay")).map((row) => row.lesson)).toEqual([FIRST, CLI]);
  });
});

const CLI = LessonId.parse("cli-basics");
const FIRST = LessonId.parse("first-apply");

function at(minute: number): Date {
  return new Date(Date.UTC(2026, 10, 21, 9, minute));
}

function visit(person: string, change: Partial<Visit>): Visit {
  return { person, lesson: CLI, step: 1, contentHash: "old", lang: "en", at: at(0), ...change };
}
