import { readFileSync } from "node:fs";
import { isRefusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { checkLesson } from "./course-check.ts";
import type { LessonId } from "./frontmatter.ts";
import { compileLesson, type CourseLesson, type Lesson } from "./lesson.ts";
import type { Problem } from "./problem.ts";
import {
  CurriculumUnreadable,
  insideCurriculum,
  readTree,
  type Tree,
  type TreeFile,
} from "./tree.ts";

export type Bilingual = Readonly<Record<Lang, string>>;

export type CourseDay = {
  readonly id: string;
  readonly title: Bilingual;
  readonly minutes: number;
  readonly lessons: readonly LessonId[];
};

export type CoursePart = {
  readonly id: string;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  readonly days: readonly CourseDay[];
};

/** The whole curriculum, compiled; `lessons` is in the order people walk it. */
export type Course = {
  readonly title: Bilingual;
  readonly parts: readonly CoursePart[];
  readonly lessons: ReadonlyMap<LessonId, CourseLesson>;
};

/**
 * Reads and compiles everything under `root`, once, at start. Lessons with an error are left out
 * and named in `problems`. Throws CurriculumUnreadable when the folder itself is not readable.
 */
export function loadCourse(root: string): { course: Course; problems: Problem[] } {
  const tree = readTree(root);
  const problems: Problem[] = [];
  const lessons = new Map<LessonId, CourseLesson>();
  const parts = tree.parts.map((part) => ({
    ...part,
    days: part.days.map((day) => {
      const found = lessonsOf({ root, tree, files: day.files }, problems);
      return { ...day, lessons: added(found, lessons, problems) };
    }),
  }));
  const checked = [...lessons.values()].flatMap((lesson) => checkLesson(lesson, lessons));
  problems.push(...checked);
  return { course: withoutFaulty({ title: tree.title, parts, lessons }, checked), problems };
}

function withoutFaulty(course: Course, checked: readonly Problem[]): Course {
  const faulty = new Set(checked.filter((p) => p.level === "error").map((p) => p.path));
  const kept = [...course.lessons]
    .filter(([, lesson]) => !faulty.has(lesson.canonical.path))
    .map(([id, { canonical, translations }]) => {
      const good = translations.filter((lesson) => !faulty.has(lesson.path));
      return [id, { canonical, translations: good }] as const;
    });
  return { ...course, lessons: new Map(kept) };
}

type DayFiles = { readonly root: string; readonly tree: Tree; readonly files: readonly TreeFile[] };

function lessonsOf({ root, tree, files }: DayFiles, problems: Problem[]): CourseLesson[] {
  const lessons = files
    .filter((file) => file.lang === null)
    .flatMap(({ path }) => {
      const canonical = compiled(
        { root, path, lang: tree.default_lang, canonical: null },
        problems,
      );
      if (canonical === null) {
        return [];
      }
      const translations = files
        .filter((file) => file.lang !== null && file.path === translated(path, file.lang))
        .map(({ path, lang }) =>
          compiled({ root, path, lang: lang ?? tree.default_lang, canonical }, problems),
        )
        .filter((lesson) => lesson !== null);
      return [{ canonical, translations }];
    });
  return lessons.sort(
    (a, b) =>
      a.canonical.order - b.canonical.order || a.canonical.path.localeCompare(b.canonical.path),
  );
}

/** `part1/day1/x.md` → `part1/day1/x.ko.md`. */
export function translated(path: string, lang: Lang): string {
  return path.replace(/\.md$/, `.${lang}.md`);
}

type Compiling = {
  readonly root: string;
  readonly path: string;
  readonly lang: Lang;
  readonly canonical: Lesson | null;
};

function compiled({ root, path, lang, canonical }: Compiling, problems: Problem[]): Lesson | null {
  const file = insideCurriculum(root, path);
  if (isRefusal(file)) {
    throw new CurriculumUnreadable(`reading ${path}: ${file.code}`);
  }
  const read = compileLesson({ path, lang, canonical, source: readFileSync(file, "utf8") });
  problems.push(...read.problems);
  return read.lesson;
}

function added(
  found: readonly CourseLesson[],
  lessons: Map<LessonId, CourseLesson>,
  problems: Problem[],
): LessonId[] {
  return found.flatMap((lesson) => {
    const { id, path } = lesson.canonical;
    const first = lessons.get(id);
    if (first !== undefined) {
      const params = { id, other: first.canonical.path };
      problems.push({ path, line: 1, level: "error", code: "id-twice", params });
      return [];
    }
    lessons.set(id, lesson);
    return [id];
  });
}
