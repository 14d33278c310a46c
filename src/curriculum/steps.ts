import type { Code, Heading, Paragraph, Root, RootContent } from "mdast";
import { toString } from "mdast-util-to-string";
import { blocksOf } from "./blocks.ts";
import { proseLength, type Content } from "./content.ts";
import { paged } from "./pages.ts";
import { lineOf } from "./inlines.ts";
import type { Report } from "./problem.ts";
import { parseQuestion } from "./quiz-block.ts";
import { askedMarkdown, type Question } from "./quiz.ts";
import type { ToolButton } from "./tool-link.ts";

/** What is shown at once: a step of the text, or a page of one that is too big for a message. */
export type LessonStep = {
  readonly title: string;
  /** From 1; nearly always 1 of 1. */
  readonly page: number;
  readonly pages: number;
  readonly minutes: number | null;
  readonly blocks: readonly Content[];
  readonly tools: readonly ToolButton[];
  readonly questions: readonly Question[];
};

/** The body of a lesson, cut. */
export type LessonBody = {
  /** What stands before the first step. */
  readonly intro: readonly Content[];
  readonly steps: readonly LessonStep[];
  /** The body without its head and without the answers of its quizzes. */
  readonly markdown: string;
};

const STEPS = { least: 2, most: 7 };
const INTRO_CHARACTERS = 600;
const STEP_CHARACTERS = 1_800;

type Source = { readonly tree: Root; readonly source: string; readonly bodyStart: number };

/** Cuts the body at its `## ` headings. */
export function readSteps(body: Source, report: Report): LessonBody {
  const [introNodes = [], ...stepNodes] = cutAtSteps(body.tree.children.slice(1));
  const introTools: ToolButton[] = [];
  const intro = blocksOf(introNodes, { report, tools: introTools });
  if (proseLength(intro) > INTRO_CHARACTERS || introTools.length > 0) {
    report(null, "intro", { most: INTRO_CHARACTERS });
  }
  if (stepNodes.length < STEPS.least || stepNodes.length > STEPS.most) {
    report(null, "step-count", { count: stepNodes.length, ...STEPS });
  }
  const steps = stepNodes.flatMap((nodes) => readStep(nodes, report));
  checkQuestions(steps, report);
  return { intro, steps, markdown: withoutAnswers(body, stepNodes.flat()) };
}

function cutAtSteps(nodes: readonly RootContent[]): RootContent[][] {
  const parts: RootContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === "heading" && node.depth === 2) {
      parts.push([]);
    }
    parts.at(-1)?.push(node);
  }
  return parts;
}

function readStep(nodes: readonly RootContent[], report: Report): LessonStep[] {
  const [heading, ...rest] = nodes;
  const title = heading?.type === "heading" ? titleOf(heading, report) : "";
  const minutes = rest[0]?.type === "paragraph" ? durationOf(rest[0]) : null;
  const content = minutes === null ? rest : rest.slice(1);
  const tools: ToolButton[] = [];
  const prose = content.filter((node) => !isQuiz(node));
  const blocks = blocksOf(prose, { report, tools });
  if (proseLength(blocks) > STEP_CHARACTERS) {
    report(heading === undefined ? null : lineOf(heading), "step-size", { most: STEP_CHARACTERS });
  }
  if (blocks.filter((block) => block.kind === "table").length > 1) {
    report(heading === undefined ? null : lineOf(heading), "step-tables");
  }
  const questions = content.filter(isQuiz).flatMap((node) => questionOf(node, report));
  return paged({ title, page: 1, pages: 1, minutes, blocks, tools, questions });
}

function titleOf(heading: Heading, report: Report): string {
  const [block] = blocksOf([heading], { report, tools: [] });
  const title = block?.kind === "heading" ? block.text : "";
  if (title === "" || title.length > 100) {
    report(lineOf(heading), "step-title");
  }
  return title;
}

function durationOf(paragraph: Paragraph): number | null {
  const found = /^Duration: (\d{1,2})$/.exec(toString(paragraph));
  return found === null ? null : Number(found[1]);
}

function isQuiz(node: RootContent): node is Code {
  return node.type === "code" && node.lang === "quiz";
}

function questionOf(node: Code, report: Report): Question[] {
  const read = parseQuestion(node.meta ?? "", node.value);
  if ("code" in read) {
    report(lineOf(node), read.code, read.params);
    return [];
  }
  return [read];
}

function checkQuestions(steps: readonly LessonStep[], report: Report): void {
  const questions = steps.flatMap((step) => step.questions);
  const ids = questions.map((question) => question.id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) {
    report(null, "quiz-twice", { quiz: twice });
  }
  for (const { id, see } of questions) {
    if (see !== null && !steps.some((step) => step.title === see)) {
      report(null, "quiz-see", { quiz: id, see });
    }
  }
  if (steps.at(-1)?.questions.length === 0) {
    report(null, "quiz-missing");
  }
}

// From the end, so that the offsets before a replaced block stay true.
function withoutAnswers({ source, bodyStart }: Source, nodes: readonly RootContent[]): string {
  const blocks = nodes.filter(isQuiz).reverse();
  const cut = blocks.reduce((text, node) => {
    const question = parseQuestion(node.meta ?? "", node.value);
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    const shown = "code" in question ? "" : askedMarkdown(question);
    return start === undefined || end === undefined
      ? text
      : text.slice(0, start) + shown + text.slice(end);
  }, source);
  return cut.slice(bodyStart).trim();
}
