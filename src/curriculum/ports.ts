import type { Lang } from "#text/wording.ts";
import type { LessonId } from "./frontmatter.ts";

/** Where one person stands in one lesson. */
export type Progress = {
  readonly lesson: LessonId;
  readonly status: "started" | "done";
  /** The step seen last, from 1. */
  readonly step: number;
  /** Percent of the questions that were right at the first try; null until all were tried. */
  readonly quizFirstScore: number | null;
  /** Of the canonical lesson when the person started it. */
  readonly contentHash: string;
  readonly lang: Lang;
  readonly startedAt: Date;
  readonly lastActiveAt: Date;
  readonly doneAt: Date | null;
};

/** A look at a step. */
export type Visit = {
  readonly person: string;
  readonly lesson: LessonId;
  readonly step: number;
  readonly contentHash: string;
  readonly lang: Lang;
  readonly at: Date;
};

/** One answer to one question. */
export type Attempt = {
  readonly person: string;
  readonly lesson: LessonId;
  readonly quiz: string;
  readonly answer: string;
  readonly correct: boolean;
  readonly at: Date;
};

/** What all attempts at one question come to. */
export type Tried = {
  readonly quiz: string;
  readonly firstCorrect: boolean;
  readonly everCorrect: boolean;
};

/** The record of who learned what. People are the ids of the policy file. */
export interface LessonProgress {
  of(person: string, lesson: LessonId): Promise<Progress | null>;
  /** Last active first. */
  all(person: string): Promise<Progress[]>;
  /** Starts or moves the bookmark; a lesson that is done stays done. */
  visited(visit: Visit): Promise<void>;
  answered(attempt: Attempt): Promise<void>;
  tried(person: string, lesson: LessonId): Promise<Tried[]>;
  /** Keeps the first score and the first time it was done. */
  settle(
    person: string,
    lesson: LessonId,
    result: { firstScore: number | null; done: boolean; at: Date },
  ): Promise<void>;
}
