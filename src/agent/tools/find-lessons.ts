import type { Lessons } from "#agent/ports.ts";
import type { LessonLine } from "#curriculum/views.ts";
import { FILLERS } from "#text/words.ts";
import type { Lang } from "#text/wording.ts";

/**
 * The lessons that fit the words best: the one with this id or path, else those whose titles
 * (in both languages) and path share the most words, at least half of them; else what a search
 * of the texts finds. No words: all.
 */
export function findLessons(lessons: Lessons, lang: Lang, query: string): readonly LessonLine[] {
  const all = linesOf(lessons, lang);
  const words = wordsOf(query).filter((word) => !FILLERS.has(word));
  if (words.length === 0) {
    return all;
  }
  const exact = all.filter((line) => line.id === query.trim() || isPath(line.path, query.trim()));
  if (exact.length > 0) {
    return exact;
  }
  const twins = linesOf(lessons, lang === "ko" ? "en" : "ko");
  const scored = all.map((line) => {
    const twin = twins.find(({ id }) => id === line.id)?.title ?? "";
    return { line, score: shared(words, `${line.id} ${line.path} ${line.title} ${twin}`) };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best * 2 < words.length
    ? lessons.search(query, lang)
    : scored.filter(({ score }) => score === best).map(({ line }) => line);
}

function linesOf(lessons: Lessons, lang: Lang): LessonLine[] {
  const { parts } = lessons.syllabus(lang);
  return parts.flatMap((part) => part.days.flatMap((day) => [...day.lessons]));
}

function isPath(path: string, asked: string): boolean {
  return path === asked || path === `${asked}.md`;
}

/** Whole words in Latin script; Korean words also inside others, because particles stick to them. */
function shared(words: readonly string[], text: string): number {
  const have = new Set(wordsOf(text));
  const plain = text.toLowerCase();
  return words.filter((word) => have.has(word) || (isKorean(word) && plain.includes(word))).length;
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.flatMap((word) => word.split("_")) ?? []
  );
}

function isKorean(word: string): boolean {
  return /^\p{Script=Hangul}+$/u.test(word);
}
