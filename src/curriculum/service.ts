import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Course } from "./course.ts";
import { findLesson, inLanguage, searchLessons } from "./find.ts";
import type { CourseLesson } from "./lesson.ts";
import type { LessonProgress, Progress } from "./ports.ts";
import { mark, type Mark, type Question } from "./quiz.ts";
import { contentView, coverView, learningView, stepView, syllabusView } from "./view.ts";
import type { LearningView, LessonContent, LessonLine, LessonView, Syllabus } from "./views.ts";

/** Who reads: the person's id of the policy file. */
export type Reader = { readonly person: string };

/** A step of a lesson, counted from 1; 0 is the lesson's cover. */
export type StepAsked = { readonly lesson: string; readonly step: number };

/** The lessons, as every door uses them. */
export type Curriculum = {
  /** The cover of a lesson by its id or path. */
  open(reader: Reader, idOrPath: string, lang: Lang): Promise<LessonView | Refusal>;
  /** One step; remembers that the reader was there. A step past the end is the last one. */
  step(reader: Reader, asked: StepAsked, lang: Lang): Promise<LessonView | Refusal>;
  /** Marks answers by question id (`{q1: "b"}`) and shows the step again with the verdicts. */
  answer(
    reader: Reader,
    given: StepAsked & { readonly answers: Readonly<Record<string, string>> },
    lang: Lang,
  ): Promise<LessonView | Refusal>;
  progress(reader: Reader, lang: Lang): Promise<LearningView>;
  search(query: string, lang: Lang): readonly LessonLine[];
  syllabus(lang: Lang): Syllabus;
  /** A lesson by its path, for clients that draw it themselves. */
  content(path: string, lang: Lang): LessonContent | Refusal;
};

export type CurriculumDeps = {
  readonly course: Course;
  readonly progress: LessonProgress;
  readonly now: () => Date;
};

export function openCurriculum(deps: CurriculumDeps): Curriculum {
  const { course } = deps;
  return {
    open: (reader, idOrPath, lang) => open(deps, { reader, idOrPath, lang }),
    step: (reader, asked, lang) => step(deps, { reader, asked, lang, answers: {} }),
    answer: (reader, given, lang) =>
      step(deps, { reader, asked: given, lang, answers: given.answers }),
    progress: async (reader, lang) =>
      learningView(course, await deps.progress.all(reader.person), lang),
    search: (query, lang) => searchLessons(course, query, lang),
    syllabus: (lang) => syllabusView(course, lang),
    content: (path, lang) => {
      const found = findLesson(course, path.includes("/") ? path : `/${path}`);
      return isRefusal(found) ? found : contentView(found.lesson, found.lang ?? lang);
    },
  };
}

async function open(
  { course, progress }: CurriculumDeps,
  { reader, idOrPath, lang }: { reader: Reader; idOrPath: string; lang: Lang },
): Promise<LessonView | Refusal> {
  const found = findLesson(course, idOrPath);
  if (isRefusal(found)) {
    return found;
  }
  const all = await progress.all(reader.person);
  return coverView({ course, lesson: found.lesson, lang: found.lang ?? lang, all });
}

type Stepping = {
  readonly reader: Reader;
  readonly asked: StepAsked;
  readonly lang: Lang;
  readonly answers: Readonly<Record<string, string>>;
};

async function step(deps: CurriculumDeps, stepping: Stepping): Promise<LessonView | Refusal> {
  const { reader, asked, lang, answers } = stepping;
  if (asked.step < 1) {
    return open(deps, { reader, idOrPath: asked.lesson, lang });
  }
  const found = findLesson(deps.course, asked.lesson);
  if (isRefusal(found)) {
    return found;
  }
  const { lesson } = found;
  const at = Math.min(Math.trunc(asked.step), lesson.canonical.steps.length);
  const { text } = inLanguage(lesson, lang);
  const marks = marksOf(text.steps[at - 1]?.questions ?? [], answers);
  if (isRefusal(marks)) {
    return marks;
  }
  const { id, hash: contentHash } = lesson.canonical;
  const who = { person: reader.person, lesson: id, at: deps.now() };
  await deps.progress.visited({ ...who, step: at, contentHash, lang: text.lang });
  for (const [quiz, { correct }] of Object.entries(marks)) {
    await deps.progress.answered({ ...who, quiz, answer: answers[quiz] ?? "", correct });
  }
  const now = await settled(deps, lesson, reader);
  return stepView({ course: deps.course, lesson, lang, at, marks, ...now });
}

function marksOf(
  questions: readonly Question[],
  answers: Readonly<Record<string, string>>,
): Record<string, Mark> | Refusal {
  const given = questions.flatMap((question) => {
    const answer = answers[question.id];
    return answer === undefined ? [] : [{ question, answer }];
  });
  // A form sends its empty fields too; only a form with nothing in it is a mistake.
  const filled = given.filter(({ answer }) => answer.trim() !== "");
  if (given.length > 0 && filled.length === 0) {
    return refusal("quiz-answer-empty");
  }
  const marks: Record<string, Mark> = {};
  for (const { question, answer } of filled) {
    const verdict = mark(question, answer);
    if (verdict === null) {
      const choices = question.options.map((option) => option.id).join(", ");
      return refusal("quiz-answer-unclear", { choices });
    }
    marks[question.id] = verdict;
  }
  return marks;
}

// Done: the last step was reached and enough questions were right, in any try.
async function settled(
  { progress, now }: CurriculumDeps,
  { canonical }: CourseLesson,
  { person }: Reader,
): Promise<{ progress: Progress | null; right: string[] }> {
  const before = await progress.of(person, canonical.id);
  const questions = canonical.steps.flatMap((step) => step.questions);
  const tried = (await progress.tried(person, canonical.id)).filter((t) =>
    questions.some((question) => question.id === t.quiz),
  );
  const percent = (right: number) =>
    questions.length === 0 ? 100 : Math.round((100 * right) / questions.length);
  const right = tried.filter((t) => t.everCorrect).map((t) => t.quiz);
  const passed = percent(right.length) >= canonical.pass.quiz;
  const done = passed && before?.step === canonical.steps.length;
  const all = questions.length > 0 && tried.length === questions.length;
  const firstScore = all ? percent(tried.filter((t) => t.firstCorrect).length) : null;
  await progress.settle(person, canonical.id, { firstScore, done, at: now() });
  return { progress: await progress.of(person, canonical.id), right };
}
