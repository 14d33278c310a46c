import type { Card } from "#bots/card.ts";
import type { Content } from "#curriculum/content.ts";
import { LessonId } from "#curriculum/frontmatter.ts";
import type { CoverView, LessonLine, StepView } from "#curriculum/views.ts";
import type { Lang } from "#text/wording.ts";
import { answerCard } from "./answer.ts";
import { lessonCard } from "./lesson.ts";
import { foundCard, learningCard, syllabusCard } from "./lessons.ts";

/** Every case of the lesson cards; the text of the samples is the same in both languages. */
export const LESSON_SAMPLES: Readonly<Record<string, (lang: Lang) => Card>> = {
  "lesson.cover": (lang) => lessonCard(cover({ lang }), lang),
  "lesson.cover-begun": (lang) => lessonCard(cover({ lang, reached: 2, notes: ["changed"] }), lang),
  "lesson.cover-done": (lang) => lessonCard(cover({ lang, reached: 3, done: true }), lang),
  "lesson.step": (lang) => lessonCard(step({ lang, blocks: EVERY_BLOCK, tools: TOOLS }), lang),
  "lesson.step-page": (lang) => lessonCard(step({ lang, page: 2, pages: 3 }), lang),
  "lesson.step-untranslated": (lang) =>
    lessonCard(step({ lang, notes: ["not-translated", "translation-stale"] }), lang),
  "lesson.quiz": (lang) => lessonCard(quiz({ lang }), lang),
  "lesson.answer-right": (lang) => answerCard(quiz({ lang, ...RIGHT }), lang),
  "lesson.answer-wrong": (lang) => answerCard(quiz({ lang, ...WRONG }), lang),
  "lessons.syllabus": (lang) => syllabusCard(SYLLABUS, lang),
  "lessons.found": (lang) => foundCard("state", [LINE], lang),
  "lessons.found-nothing": (lang) => foundCard("<b>kubernetes</b>", [], lang),
  "lessons.progress": (lang) => learningCard(LEARNING, lang),
  "lessons.progress-none": (lang) =>
    learningCard({ done: 0, total: 3, lessons: [], next: { ...NEXT, step: 0 } }, lang),
};

const ID = LessonId.parse("reading-state");
const NEXT = { id: ID, title: "Reading the state", step: 2 };

const HEAD = {
  id: ID,
  path: "part2/day3/reading_state.md",
  title: "Reading the state",
  notes: [],
  reached: 0,
  done: false,
  stepCount: 3,
} as const;

const TOOLS: StepView["tools"] = [
  { label: "Open CLI Tool", link: { tool: "cli", lab: null, run: null } },
  { label: "CLI basics", link: { tool: "lesson", lesson: LessonId.parse("cli-basics") } },
  { label: "Ask for one", link: { tool: "deploy", module: "local_app_env" } },
];

function cover(change: Partial<CoverView> & { readonly lang: Lang }): CoverView {
  return {
    ...HEAD,
    view: "cover",
    summary: "What Terraform remembers, and how to ask it.",
    minutes: 10,
    objectives: ["List what exists", "Read one resource"],
    intro: [{ kind: "text", spans: [{ text: "The state is a file with a memory." }] }],
    steps: [
      { title: "List", minutes: 2 },
      { title: "Read", minutes: null },
      { title: "Check yourself", minutes: 2 },
    ],
    tools: TOOLS.slice(0, 1),
    before: ["CLI basics"],
    ...change,
  };
}

function step(change: Partial<StepView> & { readonly lang: Lang }): StepView {
  return {
    ...HEAD,
    view: "step",
    step: 2,
    stepTitle: "Read",
    page: 1,
    pages: 1,
    minutes: 4,
    blocks: [{ kind: "text", spans: [{ text: "One resource at a time." }] }],
    tools: [],
    questions: [],
    marks: {},
    right: [],
    following: { id: LessonId.parse("modules"), title: "Modules" },
    ...change,
  };
}

const EVERY_BLOCK: readonly Content[] = [
  {
    kind: "text",
    spans: [
      { text: "Ask with " },
      { text: "state list", code: true },
      { text: ", " },
      { text: "always", bold: true },
      { text: ", see " },
      { text: "the docs", link: "https://developer.hashicorp.com/terraform/cli" },
      { text: ". <!channel> **plain** [not](a link)" },
    ],
  },
  { kind: "heading", text: "In short" },
  {
    kind: "list",
    ordered: true,
    items: [
      { depth: 0, spans: [{ text: "List" }] },
      { depth: 1, spans: [{ text: "☑ addresses" }] },
    ],
  },
  { kind: "code", language: "sh", text: "terraform state list\nterraform show -json | jq ." },
  { kind: "table", head: ["sign", "means"], rows: [["+", "created"]] },
  {
    kind: "callout",
    tone: "tip",
    blocks: [{ kind: "text", spans: [{ text: "Pipe it to jq." }] }],
  },
  {
    kind: "callout",
    tone: "danger",
    blocks: [{ kind: "text", spans: [{ text: "It holds secrets." }] }],
  },
  {
    kind: "details",
    summary: "Hint",
    blocks: [{ kind: "text", spans: [{ text: "Look at values." }] }],
  },
  { kind: "divider" },
];

function quiz(change: Partial<StepView> & { readonly lang: Lang }): StepView {
  return step({
    step: 3,
    stepTitle: "Check yourself",
    questions: [
      {
        id: "q1",
        type: "single",
        prompt: "Which prints addresses, `list` or `show`?",
        options: [
          { id: "a", label: "`state list`" },
          { id: "b", label: "`state show`" },
        ],
      },
      { id: "q2", type: "text", prompt: "And as JSON?", options: [] },
    ],
    ...change,
  });
}

const RIGHT: Partial<StepView> = {
  marks: { q1: { correct: true, feedback: null, see: null } },
  right: ["q1", "q2"],
  done: true,
};

const WRONG: Partial<StepView> = {
  marks: { q1: { correct: false, feedback: "`show` wants an address.", see: "Read" } },
};

const LINE: LessonLine = {
  id: ID,
  path: "part2/day3/reading_state.md",
  title: "Reading the state",
  summary: "What Terraform remembers.",
  minutes: 10,
  stepCount: 3,
  langs: ["en"],
};

const DAY = { id: "day1", title: "The state", minutes: 30, lessons: [LINE] };

const SYLLABUS = {
  title: "Cloud infrastructure",
  parts: [
    { id: "part2", title: "Terraform", summary: "Plans before changes.", days: [DAY] },
    {
      id: "part3",
      title: "AWS",
      summary: "The first cloud.",
      days: [{ ...DAY, lessons: [] }],
    },
  ],
};

const LEARNING = {
  done: 1,
  total: 3,
  lessons: [
    { ...NEXT, status: "started", stepCount: 3, quizFirstScore: null },
    { ...NEXT, title: "CLI basics", status: "done", stepCount: 5, quizFirstScore: 67 },
    { ...NEXT, title: "Modules", status: "done", stepCount: 5, quizFirstScore: null },
  ],
  next: NEXT,
} as const;
