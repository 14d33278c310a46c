import type { Lang } from "#text/wording.ts";
import type { Course } from "./course.ts";
import { inLanguage, lineOf, publishedLessons } from "./find.ts";
import type { LessonId } from "./frontmatter.ts";
import type { CourseLesson } from "./lesson.ts";
import type { Progress } from "./ports.ts";
import { asked, type Mark } from "./quiz.ts";
import type { LessonStep } from "./steps.ts";
import type { ToolButton } from "./tool-link.ts";
import type { CoverView, LearningView, LessonContent, StepView, Syllabus } from "./views.ts";

type Cover = {
  readonly course: Course;
  readonly lesson: CourseLesson;
  readonly lang: Lang;
  readonly all: readonly Progress[];
};

export function coverView({ course, lesson, lang, all }: Cover): CoverView {
  const { text } = inLanguage(lesson, lang);
  const done = new Set(all.filter((p) => p.status === "done").map((p) => p.lesson));
  const before = lesson.canonical.prerequisites
    .filter((id) => !done.has(id))
    .flatMap((id) => titleOf(course, id, lang) ?? []);
  return {
    view: "cover",
    ...headOf(lesson, lang, all.find((p) => p.lesson === text.id) ?? null),
    summary: text.summary,
    minutes: text.minutes,
    objectives: text.objectives,
    intro: text.intro,
    stepCount: text.steps.length,
    steps: text.steps
      .filter((step) => step.page === 1)
      .map(({ title, minutes }) => ({ title, minutes })),
    tools: eachOnce(text.steps.flatMap((step) => step.tools)),
    before,
  };
}

type Step = {
  readonly course: Course;
  readonly lesson: CourseLesson;
  readonly lang: Lang;
  readonly at: number;
  readonly marks: Readonly<Record<string, Mark>>;
  /** Ids of the questions that the reader got right by now. */
  readonly right: readonly string[];
  readonly progress: Progress | null;
};

export function stepView(step: Step): StepView {
  const { course, lesson, lang, at, marks, right, progress } = step;
  const { text } = inLanguage(lesson, lang);
  const shown = text.steps[at - 1] ?? NO_STEP;
  return {
    view: "step",
    ...headOf(lesson, lang, progress),
    step: at,
    stepCount: text.steps.length,
    stepTitle: shown.title,
    page: shown.page,
    pages: shown.pages,
    minutes: shown.minutes,
    blocks: shown.blocks,
    tools: eachOnce(shown.tools),
    questions: shown.questions.map(asked),
    marks,
    right,
    following: followingOf(course, text.id, lang),
  };
}

const NO_STEP: LessonStep = {
  title: "",
  page: 1,
  pages: 1,
  minutes: null,
  blocks: [],
  tools: [],
  questions: [],
};

function followingOf(course: Course, id: LessonId, lang: Lang): StepView["following"] {
  const order = publishedLessons(course);
  const next = order[order.findIndex((lesson) => lesson.canonical.id === id) + 1];
  return next === undefined
    ? null
    : { id: next.canonical.id, title: inLanguage(next, lang).text.title };
}

function headOf(lesson: CourseLesson, lang: Lang, progress: Progress | null) {
  const { text, notes } = inLanguage(lesson, lang);
  const changed = progress !== null && progress.contentHash !== lesson.canonical.hash;
  return {
    id: text.id,
    path: text.path,
    lang: text.lang,
    title: text.title,
    notes: changed ? [...notes, "changed" as const] : notes,
    reached: progress?.step ?? 0,
    done: progress?.status === "done",
  };
}

function eachOnce(tools: readonly ToolButton[]): ToolButton[] {
  const keys = tools.map((tool) => JSON.stringify(tool.link));
  return tools.filter((_, at) => keys.indexOf(keys[at] ?? "") === at);
}

function titleOf(course: Course, id: LessonId, lang: Lang): string | null {
  const lesson = course.lessons.get(id);
  return lesson === undefined ? null : inLanguage(lesson, lang).text.title;
}

export function syllabusView(course: Course, lang: Lang): Syllabus {
  const published = new Map(publishedLessons(course).map((l) => [l.canonical.id, l]));
  return {
    title: course.title[lang],
    parts: course.parts.map((part) => ({
      id: part.id,
      title: part.title[lang],
      summary: part.summary[lang],
      days: part.days.map((day) => ({
        id: day.id,
        title: day.title[lang],
        minutes: day.minutes,
        lessons: day.lessons
          .map((id) => published.get(id))
          .filter((lesson) => lesson !== undefined)
          .map((lesson) => lineOf(lesson, lang)),
      })),
    })),
  };
}

export function learningView(course: Course, all: readonly Progress[], lang: Lang): LearningView {
  const published = publishedLessons(course);
  const done = new Set(all.filter((p) => p.status === "done").map((p) => p.lesson));
  const lessons = all.flatMap((progress) => {
    const lesson = course.lessons.get(progress.lesson);
    if (lesson === undefined) {
      return [];
    }
    const { title, steps } = inLanguage(lesson, lang).text;
    const { status, step, quizFirstScore } = progress;
    return [{ id: progress.lesson, title, status, step, stepCount: steps.length, quizFirstScore }];
  });
  return {
    done: published.filter((lesson) => done.has(lesson.canonical.id)).length,
    total: published.length,
    lessons,
    next: nextOf(published, all, lang),
  };
}

// A lesson that was left in the middle goes on; else the next one that is not done.
function nextOf(
  published: readonly CourseLesson[],
  all: readonly Progress[],
  lang: Lang,
): LearningView["next"] {
  const state = new Map(all.map((progress) => [progress.lesson, progress]));
  const open = published.filter((l) => state.get(l.canonical.id)?.status !== "done");
  const left = open.filter((l) => {
    const step = state.get(l.canonical.id)?.step ?? 0;
    return step > 0 && step < l.canonical.steps.length;
  });
  const begun = all.find((p) => left.some((l) => l.canonical.id === p.lesson))?.lesson;
  const lastAt = published.findIndex((l) => l.canonical.id === all[0]?.lesson);
  const lesson =
    left.find((l) => l.canonical.id === begun) ??
    open.find((l) => published.indexOf(l) > lastAt) ??
    open[0];
  if (lesson === undefined) {
    return null;
  }
  const { id, title } = inLanguage(lesson, lang).text;
  return { id, title, step: state.get(id)?.step ?? 0 };
}

/** A lesson without the answers of its quizzes. */
export function contentView(lesson: CourseLesson, lang: Lang): LessonContent {
  const { text, notes } = inLanguage(lesson, lang);
  const { path, id, title, summary, minutes, objectives, markdown } = text;
  const steps = text.steps.map((step) => ({
    title: step.title,
    minutes: step.minutes,
    blocks: step.blocks,
    tools: step.tools,
    questions: step.questions.map(asked),
  }));
  return { path, id, lang: text.lang, title, summary, minutes, objectives, notes, markdown, steps };
}
