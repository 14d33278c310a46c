import type { Lang } from "#text/wording.ts";
import type { Content } from "./content.ts";
import type { LessonId } from "./frontmatter.ts";
import type { AskedQuestion, Mark } from "./quiz.ts";
import type { ToolButton } from "./tool-link.ts";

/** What the reader should know about the text in front of them. */
export type LessonNote =
  /** There is no translation into the reader's language. */
  | "not-translated"
  /** The translation is older than the original. */
  | "translation-stale"
  /** The lesson changed since the reader started it. */
  | "changed";

type LessonHead = {
  readonly id: LessonId;
  readonly path: string;
  /** Of the text that is shown. */
  readonly lang: Lang;
  readonly title: string;
  readonly notes: readonly LessonNote[];
  /** The step seen last, from 1; 0 before the start. */
  readonly reached: number;
  readonly done: boolean;
};

/** The parent card of a lesson, and one step of it. Answers of quizzes are not in here. */
export type LessonView = CoverView | StepView;

export type CoverView = LessonHead & {
  readonly view: "cover";
  readonly summary: string;
  readonly minutes: number;
  readonly objectives: readonly string[];
  readonly intro: readonly Content[];
  readonly stepCount: number;
  readonly steps: readonly { readonly title: string; readonly minutes: number | null }[];
  /** Every tool of the lesson, each once. */
  readonly tools: readonly ToolButton[];
  /** Titles of lessons that should come first and are not done. */
  readonly before: readonly string[];
};

export type StepView = LessonHead & {
  readonly view: "step";
  /** From 1. */
  readonly step: number;
  readonly stepCount: number;
  readonly stepTitle: string;
  /** A step too big for one message has several pages, each counted as a step. */
  readonly page: number;
  readonly pages: number;
  readonly minutes: number | null;
  readonly blocks: readonly Content[];
  readonly tools: readonly ToolButton[];
  readonly questions: readonly AskedQuestion[];
  /** Verdicts on the answers that came with this press, by question. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** Questions that the reader got right by now. */
  readonly right: readonly string[];
  /** The lesson after this one; null at the end of the curriculum. */
  readonly following: { readonly id: LessonId; readonly title: string } | null;
};

export type LessonLine = {
  readonly id: LessonId;
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly stepCount: number;
  readonly langs: readonly Lang[];
};

/** The tree as people see it: published lessons only. */
export type Syllabus = {
  readonly title: string;
  readonly parts: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly days: readonly {
      readonly id: string;
      readonly title: string;
      readonly minutes: number;
      readonly lessons: readonly LessonLine[];
    }[];
  }[];
};

export type LearningView = {
  readonly done: number;
  readonly total: number;
  /** Lessons that were started, last active first. */
  readonly lessons: readonly {
    readonly id: LessonId;
    readonly title: string;
    readonly status: "started" | "done";
    readonly step: number;
    readonly stepCount: number;
    readonly quizFirstScore: number | null;
  }[];
  /** Where Next leads; null when everything is done. */
  readonly next: { readonly id: LessonId; readonly title: string; readonly step: number } | null;
};

/** A lesson for a page or a client: its Markdown and its steps, without the answers. */
export type LessonContent = {
  readonly path: string;
  readonly id: LessonId;
  readonly lang: Lang;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly objectives: readonly string[];
  readonly notes: readonly LessonNote[];
  readonly markdown: string;
  readonly steps: readonly {
    readonly title: string;
    readonly minutes: number | null;
    readonly blocks: readonly Content[];
    readonly tools: readonly ToolButton[];
    readonly questions: readonly AskedQuestion[];
  }[];
};
