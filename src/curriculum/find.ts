import { refusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Course } from "./course.ts";
import { LessonId } from "./frontmatter.ts";
import type { CourseLesson, Lesson } from "./lesson.ts";
import { isLessonPath } from "./tree.ts";
import type { LessonLine, LessonNote } from "./views.ts";

/** A lesson that was asked for, and the language its path insisted on. */
export type Found = { readonly lesson: CourseLesson; readonly lang: Lang | null };

/** Finds `cli-basics`, `cli_basics`, `part2/day3/cli_basics` and that path with `.md` or `.ko.md`. */
export function findLesson(course: Course, idOrPath: string): Found | Refusal {
  const asked = idOrPath.trim();
  if (asked.includes("/")) {
    return findByPath(course, asked.endsWith(".md") ? asked : `${asked}.md`);
  }
  const id = LessonId.safeParse(asked.toLowerCase().replace(/\.md$/, "").replaceAll("_", "-"));
  const lesson = id.success ? course.lessons.get(id.data) : undefined;
  return lesson === undefined || lesson.canonical.status === "draft"
    ? refusal("lesson-not-found", { lesson: asked.slice(0, 80) })
    : { lesson, lang: null };
}

function findByPath(course: Course, path: string): Found | Refusal {
  if (!isLessonPath(path)) {
    return refusal("lesson-path-refused");
  }
  for (const lesson of course.lessons.values()) {
    const version = [lesson.canonical, ...lesson.translations].find((v) => v.path === path);
    if (version !== undefined && version.status !== "draft") {
      return { lesson, lang: version === lesson.canonical ? null : version.lang };
    }
  }
  return refusal("lesson-not-found", { lesson: path });
}

/** The text in the reader's language, else the canonical one, and what to say about that. */
export function inLanguage(
  lesson: CourseLesson,
  lang: Lang,
): { text: Lesson; notes: LessonNote[] } {
  const { canonical, translations } = lesson;
  const text = [canonical, ...translations].find((version) => version.lang === lang);
  if (text === undefined) {
    return { text: canonical, notes: ["not-translated"] };
  }
  const stale = text.sourceHash !== null && text.sourceHash !== canonical.hash;
  return { text, notes: stale ? ["translation-stale"] : [] };
}

/** Lessons that people are led to, in order. */
export function publishedLessons(course: Course): CourseLesson[] {
  return [...course.lessons.values()].filter((l) => l.canonical.status === "published");
}

export function lineOf(lesson: CourseLesson, lang: Lang): LessonLine {
  const { text } = inLanguage(lesson, lang);
  const langs = [lesson.canonical, ...lesson.translations].map((version) => version.lang);
  const { id, title, summary, minutes, steps } = text;
  const { path } = lesson.canonical;
  return { id, path, title, summary, minutes, stepCount: steps.length, langs };
}

const RESULTS = 8;

/** Lessons whose words match, best first; every language is searched. */
export function searchLessons(course: Course, query: string, lang: Lang): LessonLine[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
  return publishedLessons(course)
    .map((lesson) => ({ lesson, score: scoreOf(lesson, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, RESULTS)
    .map(({ lesson }) => lineOf(lesson, lang));
}

function scoreOf({ canonical, translations }: CourseLesson, words: readonly string[]): number {
  const versions = [canonical, ...translations];
  const names = versions.map((v) => `${v.title} ${v.id} ${v.path}`.toLowerCase()).join(" ");
  const about = versions.map((v) => [v.summary, ...v.objectives].join(" ").toLowerCase()).join(" ");
  const body = versions.map((v) => withoutAddresses(v.markdown).toLowerCase()).join(" ");
  const scores = words.map(
    (word) => 4 * holds(names, word) + 2 * holds(about, word) + holds(body, word),
  );
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

// What people read, without what stands behind a link: every lesson links to tool/cli.
function withoutAddresses(markdown: string): string {
  return markdown.replace(/\]\([^)]{0,200}\)/g, "]");
}

// Korean glues a particle to the word (계획을): a long word also counts without its last letter.
function holds(text: string, word: string): 0 | 1 {
  const korean = /^[가-힣]{3,}$/.test(word);
  return text.includes(word) || (korean && text.includes(word.slice(0, -1))) ? 1 : 0;
}
