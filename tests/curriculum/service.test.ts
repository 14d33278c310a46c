import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { loadCourse, type Course } from "#curriculum/course.ts";
import { openCurriculum, type Curriculum } from "#curriculum/service.ts";
import type { LessonView, StepView } from "#curriculum/views.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import { fakeLessonProgress } from "./../fakes/lesson-progress.ts";

const { course } = loadCourse(fileURLToPath(new URL("../../curriculum", import.meta.url)));
const ANN = { person: "ann" };

let curriculum: Curriculum = opened(course);
beforeEach(() => {
  curriculum = opened(course);
});

describe("opening a lesson", () => {
  test.each([
    "part2/day3/cli_basics",
    "part2/day3/cli_basics.md",
    " part2/day3/cli_basics.md ",
    "cli-basics",
    "cli_basics",
    "CLI_Basics.md",
  ])("works with %j", async (asked) => {
    const view = await curriculum.open(ANN, asked, "ko");

    expect(view).toMatchObject({ view: "cover", id: "cli-basics", lang: "ko", reached: 0 });
  });

  test("by the path of a translation shows that translation", async () => {
    const view = await curriculum.open(ANN, "part2/day3/cli_basics.ko.md", "en");

    expect(view).toMatchObject({ lang: "ko", title: "CLI 기초" });
  });

  test.each([
    ["../../etc/passwd", "lesson-path-refused"],
    ["part2/day3/../../../etc/passwd", "lesson-path-refused"],
    ["/part2/day3/cli_basics.md", "lesson-path-refused"],
    ["part2/day3/cli_basics.md\0", "lesson-path-refused"],
    ["part2/day3/nothing", "lesson-not-found"],
    ["__proto__", "lesson-not-found"],
    ["", "lesson-not-found"],
  ])("%j is refused as %s", async (asked, code) => {
    expect(await curriculum.open(ANN, asked, "en")).toMatchObject({ refused: true, code });
  });

  test("names the lessons that should come first, until they are done", async () => {
    const before = await curriculum.open(ANN, "first-apply", "en");
    await passWhatIsCloud();
    const after = await curriculum.open(ANN, "first-apply", "en");

    expect(before).toMatchObject({ before: ["What is a cloud?"] });
    expect(after).toMatchObject({ before: [] });
  });

  test("in a language it is not translated into shows the original and says so", async () => {
    const english = opened(withoutTranslations(course));

    const view = await english.open(ANN, "cli-basics", "ko");

    expect(view).toMatchObject({ lang: "en", notes: ["not-translated"] });
  });
});

describe("a lesson that is not published", () => {
  test.each(["hidden", "deprecated"] as const)(
    "%s opens by its id but is not listed",
    async (status) => {
      const service = opened(withStatus(course, status));

      expect(await service.open(ANN, "cli-basics", "en")).toMatchObject({ view: "cover" });
      expect(JSON.stringify(service.syllabus("en"))).not.toContain("cli-basics");
      expect(service.search("cli", "en")).toEqual([]);
    },
  );

  test("as a draft it is not there at all", async () => {
    const service = opened(withStatus(course, "draft"));

    const byId = await service.open(ANN, "cli-basics", "en");
    const byPath = service.content("part2/day3/cli_basics.md", "en");

    expect([byId, byPath]).toMatchObject([
      { code: "lesson-not-found" },
      { code: "lesson-not-found" },
    ]);
  });
});

describe("walking through a lesson", () => {
  test("remembers the step, and Resume leads back to it", async () => {
    await curriculum.step(ANN, { lesson: "cli-basics", step: 3 }, "en");

    expect(await curriculum.open(ANN, "cli-basics", "en")).toMatchObject({ reached: 3 });
    expect(await curriculum.open({ person: "ben" }, "cli-basics", "en")).toMatchObject({
      reached: 0,
    });
  });

  test("past the end shows the last step, before the start the cover", async () => {
    const past = await curriculum.step(ANN, { lesson: "cli-basics", step: 99 }, "en");
    const cover = await curriculum.step(ANN, { lesson: "cli-basics", step: 0 }, "en");

    expect(past).toMatchObject({ view: "step", step: 5, stepCount: 5, following: null });
    expect(cover).toMatchObject({ view: "cover" });
  });

  test("says that the lesson changed since it was begun", async () => {
    const progress = fakeLessonProgress();
    const seen = openCurriculum({ course: edited(course), progress, now });
    await seen.step(ANN, { lesson: "cli-basics", step: 1 }, "en");

    const later = openCurriculum({ course, progress, now });

    expect(await later.open(ANN, "cli-basics", "en")).toMatchObject({ notes: ["changed"] });
    const again = await later.step(ANN, { lesson: "cli-basics", step: 1 }, "en");
    expect(again).toMatchObject({ notes: [] });
  });
});

describe("a quiz", () => {
  test("never shows its answers before they are given", async () => {
    const view = await curriculum.step(ANN, { lesson: "cli-basics", step: 5 }, "en");
    const content = curriculum.content("part2/day3/cli_basics.md", "en");

    const shown = JSON.stringify([view, content]);
    expect(shown).toContain("must not edit it");
    expect(shown).not.toMatch(/\[x\]|"right":(true|false)|nothing to complain|list\$\/i|accepts/);
  });

  test("tells a wrong answer's own feedback, in the reader's language", async () => {
    const view = await answer({ q1: "a" }, "ko");

    expect(view.marks["q1"]).toEqual({
      correct: false,
      feedback: "파일을 바로 고쳐 버리기 때문에 실패할 일이 없습니다.",
      see: "정리하고 검사하기: fmt, validate",
    });
  });

  test("counts first tries for the score, and any try for being done", async () => {
    await answer({ q1: "a" });
    await answer({ q1: "b" });
    await answer({ q2: "a, b" });
    const last = await answer({ q3: "terraform state list" });

    expect(last).toMatchObject({ done: true, right: ["q1", "q2", "q3"] });
    const { lessons, done } = await curriculum.progress(ANN, "en");
    expect(done).toBe(1);
    expect(lessons[0]).toMatchObject({ status: "done", quizFirstScore: 67 });
  });

  test("with two of three right is not enough for 70 percent", async () => {
    await answer({ q1: "b", q2: "a,b" });
    const last = await answer({ q3: "ls" });

    expect(last.done).toBe(false);
  });

  test("refuses an answer that names no option, with the options, and counts no try", async () => {
    const given = { lesson: "cli-basics", step: 5, answers: { q1: "fmt" } };

    const refused = await curriculum.answer(ANN, given, "en");

    expect(refused).toMatchObject({ code: "quiz-answer-unclear", params: { choices: "a, b, c" } });
    expect((await curriculum.progress(ANN, "en")).lessons).toEqual([]);
  });

  test("takes an empty field for no answer, and an empty form for a mistake", async () => {
    const one = await answer({ q1: "b", q2: " ", q3: "" });
    const given = { lesson: "cli-basics", step: 5, answers: { q1: "", q3: " " } };
    const none = await curriculum.answer(ANN, given, "en");

    expect(Object.keys(one.marks)).toEqual(["q1"]);
    expect(none).toMatchObject({ code: "quiz-answer-empty" });
  });

  test("ignores answers to questions that the step does not ask", async () => {
    const given = { lesson: "cli-basics", step: 1, answers: { q1: "b", constructor: "x" } };

    const view = await curriculum.answer(ANN, given, "en");

    expect(view).toMatchObject({ view: "step", marks: {}, right: [] });
  });
});

describe("finding lessons", () => {
  test.each([
    ["cli", ["cli-basics"]],
    ["승인", ["first-apply", "cli-basics"]],
    ["영역을", ["what-is-cloud"]],
    ["terraform console", ["cli-basics"]],
    ["kubernetes", []],
    ["  ", []],
  ])("%j finds %j", (query, ids) => {
    const found = curriculum.search(query, "en").map((line) => line.id);

    expect(found.toSorted()).toEqual(ids.toSorted());
  });

  test("the syllabus lists parts, days and lessons in the reader's language", () => {
    const { parts } = curriculum.syllabus("ko");

    expect(parts.map((part) => part.days.map((day) => day.lessons.map((l) => l.title)))).toEqual([
      [["클라우드란 무엇일까요?"]],
      [["첫 apply"], ["CLI 기초"]],
    ]);
  });
});

function now(): Date {
  return new Date(Date.UTC(2026, 10, 21));
}

function opened(course: Course): Curriculum {
  return openCurriculum({ course, progress: fakeLessonProgress(), now });
}

async function answer(
  answers: Record<string, string>,
  lang: "en" | "ko" = "en",
): Promise<StepView> {
  return stepOf(await curriculum.answer(ANN, { lesson: "cli-basics", step: 5, answers }, lang));
}

function stepOf(view: LessonView | Refusal): StepView {
  if (isRefusal(view) || view.view === "cover") {
    throw new Error(`no step: ${JSON.stringify(view)}`);
  }
  return view;
}

async function passWhatIsCloud(): Promise<void> {
  const answers = { q1: "b", q2: "b", q3: "a" };
  await curriculum.answer(ANN, { lesson: "what-is-cloud", step: 4, answers }, "en");
}

function withoutTranslations(course: Course): Course {
  const lessons = [...course.lessons].map(
    ([id, { canonical }]) => [id, { canonical, translations: [] }] as const,
  );
  return { ...course, lessons: new Map(lessons) };
}

function withStatus(course: Course, status: "draft" | "hidden" | "deprecated"): Course {
  const lessons = [...course.lessons].map(([id, { canonical, translations }]) => {
    const changed = id === "cli-basics" ? { ...canonical, status } : canonical;
    return [id, { canonical: changed, translations }] as const;
  });
  return { ...course, lessons: new Map(lessons) };
}

function edited(course: Course): Course {
  const lessons = [...course.lessons].map(
    ([id, { canonical, translations }]) =>
      [id, { canonical: { ...canonical, hash: "0".repeat(64) }, translations }] as const,
  );
  return { ...course, lessons: new Map(lessons) };
}
