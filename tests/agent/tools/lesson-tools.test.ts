import { expect, test } from "vitest";
import type { Lessons } from "#agent/ports.ts";
import { openRegistry } from "#agent/tools/registry.ts";
import { platformTools } from "#agent/tools/platform-tools.ts";
import { LessonId } from "#curriculum/frontmatter.ts";
import type { LearningView } from "#curriculum/views.ts";
import type { Lang } from "#text/wording.ts";
import { fakeParts, speaker } from "#tests/agent/agent-fixtures.ts";

const TITLES: Record<string, Record<Lang, string>> = {
  "cli-basics": { en: "CLI basics", ko: "명령줄 기초" },
  "first-apply": { en: "Your first apply", ko: "첫 적용" },
  "what-is-cloud": { en: "What is cloud", ko: "클라우드란" },
  "cloud-cost": { en: "What cloud costs", ko: "클라우드 비용" },
};

function lessonsWith(learning: Partial<LearningView> = {}): Lessons {
  return {
    syllabus: (lang) => ({
      title: "",
      parts: [
        {
          id: "part1",
          title: "",
          summary: "",
          days: [
            {
              id: "day1",
              title: "",
              minutes: 1,
              lessons: Object.keys(TITLES).map((id) => line(id, lang)),
            },
          ],
        },
      ],
    }),
    search: (query, lang) => (query.includes("wrench") ? [line("first-apply", lang)] : []),
    progress: async () => ({ done: 0, total: 4, lessons: [], next: null, ...learning }),
  };
}

function line(id: string, lang: Lang) {
  return {
    id: LessonId.parse(id),
    path: `part1/day1/${id.replaceAll("-", "_")}.md`,
    title: TITLES[id]?.[lang] ?? "",
    summary: "",
    minutes: 5,
    stepCount: 3,
    langs: ["en" as const],
  };
}

async function open(input: object, learning: Partial<LearningView> = {}, lang: Lang = "en") {
  const registry = openRegistry(platformTools(fakeParts({ lessons: lessonsWith(learning) })));
  const outcome = await registry.call({ ...speaker(["learner"]), lang }, "open_lesson", input);
  return "shown" in outcome ? outcome.shown : outcome;
}

function at(step: number): Partial<LearningView> {
  const id = LessonId.parse("cli-basics");
  return {
    lessons: [
      { id, title: "CLI basics", status: "started", step, stepCount: 3, quizFirstScore: null },
    ],
    next: { id: LessonId.parse("first-apply"), title: "Your first apply", step: 0 },
  };
}

test.each([
  ["cli-basics", "en"],
  ["part1/day1/cli_basics", "en"],
  ["part1/day1/cli_basics.md", "en"],
  ["CLI basics", "en"],
  ["the basics of the cli", "en"],
  ["CLI 기초", "ko"],
  ["명령줄", "ko"],
] as const)("“%s” opens the one lesson it fits, in %s", async (lesson, lang) => {
  const shown = await open({ lesson }, {}, lang);

  expect(shown).toEqual({ show: "lesson", lesson: "cli-basics", step: 0 });
});

test("words that fit several lessons list them, words of a text are searched, others are refused", async () => {
  const several = await open({ lesson: "cloud" });
  const inText = await open({ lesson: "wrench" });
  const none = await open({ lesson: "quantum physics" });

  expect(several).toEqual({ show: "lessons", query: "cloud" });
  expect(inText).toMatchObject({ show: "lesson", lesson: "first-apply" });
  expect(none).toMatchObject({ refused: true, code: "lesson-not-found" });
});

test("next and back move in the lesson read last; behind its end the next lesson opens", async () => {
  const moves = [
    await open({ go: "next" }, at(1)),
    await open({ go: "next" }, at(3)),
    await open({ go: "back" }, at(2)),
    await open({ go: "back" }, at(1)),
    await open({ go: "next" }),
    await open({ go: "back" }),
  ];

  expect(moves).toMatchObject([
    { lesson: "cli-basics", step: 2 },
    { lesson: "first-apply", step: 0 },
    { lesson: "cli-basics", step: 1 },
    { lesson: "cli-basics", step: 0 },
    { code: "nothing-next" },
    { code: "no-lesson-open" },
  ]);
});
