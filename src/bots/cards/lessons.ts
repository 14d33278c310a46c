import type { Action, Block, Card } from "#bots/card.ts";
import type { LearningView, LessonLine, Syllabus } from "#curriculum/views.ts";
import { CURRICULUM } from "#text/curriculum.ts";
import { say, type Lang } from "#text/wording.ts";

// Adaptive Cards show six actions; Slack's row holds five and wraps.
const BUTTONS = 5;

/** Every published lesson under its part and day. */
export function syllabusCard(syllabus: Syllabus, lang: Lang): Card {
  const lessons = syllabus.parts.flatMap((part) => part.days.flatMap((day) => day.lessons));
  const parts = syllabus.parts.flatMap((part): Block[] => [
    { kind: "heading", text: part.title },
    subtle(part.summary),
    ...part.days.flatMap((day): Block[] => [
      { kind: "text", spans: [{ text: day.title, bold: true }] },
      day.lessons.length === 0 ? subtle(CURRICULUM.partComing[lang]) : lines(day.lessons, lang),
    ]),
  ]);
  return {
    title: syllabus.title,
    tone: "neutral",
    badges: [],
    body: [...parts, subtle(CURRICULUM.openOne[lang])],
    actions: openButtons(lessons),
    fallback: `${CURRICULUM.syllabus[lang]}: ${lessons.map((line) => line.title).join(", ")}`,
  };
}

/** What a search found, or how to go on when it found nothing. */
export function foundCard(query: string, found: readonly LessonLine[], lang: Lang): Card {
  const title = say(CURRICULUM.found, lang, { query });
  const nothing = say(CURRICULUM.foundNothing, lang, { query });
  const all: Action = {
    label: CURRICULUM.allLessons[lang],
    style: "plain",
    value: { do: "say", text: "/learn" },
  };
  return {
    title,
    tone: "neutral",
    badges: [],
    body:
      found.length === 0
        ? [{ kind: "text", spans: [{ text: nothing }] }]
        : [lines(found, lang), subtle(CURRICULUM.openOne[lang])],
    actions: [...openButtons(found), all],
    fallback: found.length === 0 ? nothing : `${title}: ${found.map((l) => l.title).join(", ")}`,
  };
}

/** How far one person is, and where they go on. */
export function learningCard(view: LearningView, lang: Lang): Card {
  const { done, total, next } = view;
  const sum = say(CURRICULUM.doneOf, lang, {
    bar: bar(total === 0 ? 0 : done / total),
    done,
    total,
  });
  const list: Block = {
    kind: "list",
    ordered: false,
    items: view.lessons.map((lesson) => ({
      depth: 0,
      spans: [{ text: progressLine(lesson, lang) }],
    })),
  };
  return {
    title: CURRICULUM.myProgress[lang],
    tone: "neutral",
    badges: [],
    body: [
      { kind: "text", spans: [{ text: sum }] },
      view.lessons.length === 0 ? subtle(CURRICULUM.nothingStarted[lang]) : list,
    ],
    actions: next === null ? [] : [goOn(next, lang)],
    fallback: sum,
  };
}

function progressLine(lesson: LearningView["lessons"][number], lang: Lang): string {
  const { title, status, step, stepCount: steps, quizFirstScore: score } = lesson;
  if (status === "started") {
    return say(CURRICULUM.lineStarted, lang, { title, step, steps });
  }
  return score === null
    ? say(CURRICULUM.lineDone, lang, { title })
    : say(CURRICULUM.lineScore, lang, { title, score });
}

function goOn({ id, title, step }: NonNullable<LearningView["next"]>, lang: Lang): Action {
  const label = say(CURRICULUM.goOn, lang, { title });
  return lessonButton(label, id, { step, style: "primary" });
}

function lines(lessons: readonly LessonLine[], lang: Lang): Block {
  return {
    kind: "list",
    ordered: false,
    items: lessons.map(({ title, minutes, id }) => ({
      depth: 0,
      spans: [{ text: say(CURRICULUM.lessonLine, lang, { title, minutes, id }) }],
    })),
  };
}

function openButtons(lessons: readonly LessonLine[]): Action[] {
  return lessons
    .slice(0, BUTTONS)
    .map(({ id, title }) => lessonButton(title, id, { step: 0, style: "plain" }));
}

export function lessonButton(
  label: string,
  lesson: string,
  { step, style }: { readonly step: number; readonly style: Action["style"] },
): Action {
  return { label, style, value: { do: "lesson", lesson, step } };
}

/** Five squares; `share` is from 0 to 1. */
export function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * 5);
  return "▰".repeat(full) + "▱".repeat(5 - full);
}

function subtle(words: string): Block {
  return { kind: "text", spans: [{ text: words }], subtle: true };
}
