import type { Attempt, LessonProgress, Progress } from "#curriculum/ports.ts";

/** The record of who learned what, in memory; the store's own tests run on it too. */
export function fakeLessonProgress(): LessonProgress {
  const rows = new Map<string, Progress>();
  const attempts: Attempt[] = [];
  const key = (person: string, lesson: string) => `${person} ${lesson}`;
  const mine = (person: string) =>
    [...rows].filter(([at]) => at.startsWith(`${person} `)).map(([, row]) => row);
  return {
    of: async (person, lesson) => rows.get(key(person, lesson)) ?? null,
    all: async (person) =>
      mine(person).sort((a, b) => b.lastActiveAt.getTime() - a.lastActiveAt.getTime()),
    async visited({ person, lesson, step, contentHash, lang, at }) {
      const before = rows.get(key(person, lesson));
      const begun = { status: "started" as const, quizFirstScore: null, doneAt: null };
      const now = { lesson, step, lang, lastActiveAt: at };
      const kept = before ?? { ...begun, ...now, contentHash, startedAt: at };
      const hash = step === 1 ? contentHash : kept.contentHash;
      rows.set(key(person, lesson), { ...kept, ...now, contentHash: hash });
    },
    async answered(attempt) {
      attempts.push(attempt);
    },
    async tried(person, lesson) {
      const own = attempts.filter((a) => a.person === person && a.lesson === lesson);
      return [...new Set(own.map((a) => a.quiz))].sort().map((quiz) => {
        const all = own.filter((a) => a.quiz === quiz);
        const firstCorrect = all[0]?.correct === true;
        return { quiz, firstCorrect, everCorrect: all.some((a) => a.correct) };
      });
    },
    async settle(person, lesson, { firstScore, done, at }) {
      const row = rows.get(key(person, lesson));
      if (row !== undefined) {
        rows.set(key(person, lesson), {
          ...row,
          quizFirstScore: row.quizFirstScore ?? firstScore,
          status: done ? "done" : row.status,
          doneAt: done ? (row.doneAt ?? at) : row.doneAt,
        });
      }
    },
  };
}
