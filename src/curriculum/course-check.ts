import type { ProblemCode } from "#text/curriculum-check.ts";
import type { Params } from "#text/wording.ts";
import type { LessonId } from "./frontmatter.ts";
import type { CourseLesson, Lesson } from "./lesson.ts";
import type { Problem } from "./problem.ts";
import type { ToolLink } from "./tool-link.ts";

/** What can only be seen with the other lessons, or the other language, beside this one. */
export function checkLesson(
  { canonical, translations }: CourseLesson,
  lessons: ReadonlyMap<LessonId, CourseLesson>,
): Problem[] {
  const unknown = canonical.prerequisites.filter((id) => !lessons.has(id));
  const untranslated = translations.length === 0 ? [warning(canonical, "untranslated")] : [];
  return [
    ...unknown.map((id) => error(canonical, "lesson-unknown", { id })),
    ...[canonical, ...translations].flatMap((lesson) => [
      ...toolProblems(lesson, lessons),
      ...pageProblems(lesson),
    ]),
    ...translations.flatMap((translation) => translationProblems(canonical, translation)),
    ...untranslated,
  ];
}

function pageProblems(lesson: Lesson): Problem[] {
  return lesson.steps
    .filter(({ page, pages }) => page === 1 && pages > 1)
    .map(({ title, pages }) => warning(lesson, "step-pages", { title, pages }));
}

function toolProblems(lesson: Lesson, lessons: ReadonlyMap<LessonId, unknown>): Problem[] {
  return lesson.steps
    .flatMap((step) => step.tools)
    .flatMap(({ link }) => toolProblem(lesson, link, lessons) ?? []);
}

function toolProblem(
  lesson: Lesson,
  link: ToolLink,
  lessons: ReadonlyMap<LessonId, unknown>,
): Problem | null {
  if (link.tool === "cli" && !lesson.tools.includes("cli")) {
    return error(lesson, "tool-unlisted", { tool: link.tool });
  }
  if (link.tool === "lesson" && !lessons.has(link.lesson)) {
    return error(lesson, "lesson-unknown", { id: link.lesson });
  }
  const needsLab = link.tool === "check" || link.tool === "hint";
  return needsLab && lesson.lab === undefined
    ? error(lesson, "lab-missing", { tool: link.tool })
    : null;
}

function translationProblems(canonical: Lesson, translation: Lesson): Problem[] {
  const same =
    canonical.steps.length === translation.steps.length &&
    canonical.steps.every((step, at) => shapeOf(step) === shapeOf(translation.steps[at]));
  const stale = translation.sourceHash !== canonical.hash;
  return [
    ...(same ? [] : [error(translation, "translation-differs")]),
    ...(stale ? [warning(translation, "translation-stale", { hash: canonical.hash })] : []),
  ];
}

// What must be equal in every language: progress and answers are counted by position.
function shapeOf(step: Lesson["steps"][number] | undefined): string {
  const questions = step?.questions.map(({ id, type, options, see }) => [
    id,
    type,
    options.map((option) => option.right),
    see === null,
  ]);
  return JSON.stringify([questions, step?.tools.map((tool) => tool.link)]);
}

function error(lesson: Lesson, code: ProblemCode, params: Params = {}): Problem {
  return { path: lesson.path, line: null, level: "error", code, params };
}

function warning(lesson: Lesson, code: ProblemCode, params: Params = {}): Problem {
  return { ...error(lesson, code, params), level: "warning" };
}
