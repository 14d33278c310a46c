import type { Action, Block, Card, Span } from "#bots/card.ts";
import type { Content } from "#curriculum/content.ts";
import type { AskedQuestion } from "#curriculum/quiz.ts";
import type { ToolButton } from "#curriculum/tool-link.ts";
import type { CoverView, LessonView, StepView } from "#curriculum/views.ts";
import { CURRICULUM } from "#text/curriculum.ts";
import { say, type Lang } from "#text/wording.ts";
import { bar, lessonButton } from "./lessons.ts";

/** The cover of a lesson or one of its steps, around its text in the reader's language. */
export function lessonCard(view: LessonView, lang: Lang): Card {
  switch (view.view) {
    case "cover":
      return coverCard(view, lang);
    case "step":
      return stepCard(view, lang);
  }
}

function coverCard(view: CoverView, lang: Lang): Card {
  const before = view.before.join(", ");
  const minutes = say(CURRICULUM.minutes, lang, { minutes: view.minutes });
  return {
    title: view.title,
    tone: view.done ? "good" : "neutral",
    badges: [],
    body: [
      text(view.summary),
      ...notes(view, lang),
      {
        kind: "facts",
        facts: [
          [CURRICULUM.time[lang], minutes],
          [CURRICULUM.progress[lang], progressLine(view, lang)],
        ],
      },
      ...(before === "" ? [] : [subtle(say(CURRICULUM.before, lang, { titles: before }))]),
      { kind: "heading", text: CURRICULUM.objectives[lang] },
      { kind: "list", ordered: false, items: view.objectives.map(item) },
      ...view.intro.map(blockOf(lang)),
      { kind: "heading", text: CURRICULUM.stepsTitle[lang] },
      { kind: "list", ordered: true, items: view.steps.map((step) => item(stepLine(step, lang))) },
    ],
    actions: [...toolActions(view, view.tools, lang), ...coverActions(view, lang)],
    fallback: `${CURRICULUM.lesson[lang]}: ${view.title}. ${view.summary}`,
  };
}

function progressLine({ reached, done, stepCount }: CoverView, lang: Lang): string {
  if (done) {
    return say(CURRICULUM.finished, lang, { bar: bar(1) });
  }
  return reached === 0
    ? say(CURRICULUM.notStarted, lang, { steps: stepCount })
    : say(CURRICULUM.atStep, lang, {
        bar: bar(reached / (stepCount + 1)),
        step: reached,
        steps: stepCount,
      });
}

function stepLine({ title, minutes }: CoverView["steps"][number], lang: Lang): string {
  return minutes === null ? title : say(CURRICULUM.stepLine, lang, { title, minutes });
}

function coverActions({ id, reached, done }: CoverView, lang: Lang): Action[] {
  if (done || reached === 0) {
    const label = done ? CURRICULUM.again[lang] : CURRICULUM.start[lang];
    return [lessonButton(label, id, { step: 1, style: done ? "plain" : "primary" })];
  }
  const label = say(CURRICULUM.resume, lang, { step: reached });
  return [lessonButton(label, id, { step: reached, style: "primary" })];
}

function stepCard(view: StepView, lang: Lang): Card {
  const { page, pages, step, stepCount } = view;
  const where = say(CURRICULUM.stepOf, lang, { lesson: view.title, step, steps: stepCount });
  const title =
    pages === 1
      ? view.stepTitle
      : say(CURRICULUM.continued, lang, { title: view.stepTitle, part: page, parts: pages });
  const minutes =
    view.minutes === null ? "" : ` · ${say(CURRICULUM.minutes, lang, { minutes: view.minutes })}`;
  return {
    title,
    tone: "neutral",
    badges: [],
    body: [
      subtle(`${where}${minutes}`),
      ...notes(view, lang),
      ...view.blocks.map(blockOf(lang)),
      ...view.questions.flatMap((question, at) => questionBlocks(question, at + 1, lang)),
    ],
    actions: [
      ...view.questions.map((question, at) => answerAction(view, { question, at }, lang)),
      ...toolActions(view, view.tools, lang),
      ...moveActions(view, lang),
    ],
    fallback: `${where}: ${title}`,
  };
}

function questionBlocks(question: AskedQuestion, number: number, lang: Lang): Block[] {
  const options = question.options.map(({ id, label }) => ({
    depth: 0,
    spans: [{ text: `${id}. `, bold: true }, ...codeSpans(label)],
  }));
  return [
    { kind: "heading", text: say(CURRICULUM.question, lang, { number }) },
    { kind: "text", spans: codeSpans(question.prompt) },
    ...(options.length === 0 ? [] : [{ kind: "list" as const, ordered: false, items: options }]),
  ];
}

/** A quiz is plain text but for its `code`. */
export function codeSpans(words: string): Span[] {
  return words
    .split("`")
    .map((part, at): Span => (at % 2 === 1 ? { text: part, code: true } : { text: part }))
    .filter((span) => span.text !== "");
}

const ANSWER_LABELS = {
  single: CURRICULUM.answerLetter,
  multi: CURRICULUM.answerLetters,
  text: CURRICULUM.answerText,
} as const;

// The press brings the answer back as the input named like the question.
function answerAction(
  { id, step }: StepView,
  { question, at }: { question: AskedQuestion; at: number },
  lang: Lang,
): Action {
  const label = say(CURRICULUM.answer, lang, { number: at + 1 });
  const input = { id: question.id, label: ANSWER_LABELS[question.type][lang], required: true };
  return { ...lessonButton(label, id, { step, style: "plain" }), input };
}

function moveActions({ id, step, stepCount, following }: StepView, lang: Lang): Action[] {
  const back = lessonButton(CURRICULUM.back[lang], id, { step: step - 1, style: "plain" });
  if (step < stepCount) {
    const next = { step: step + 1, style: "primary" } as const;
    return [back, lessonButton(CURRICULUM.next[lang], id, next)];
  }
  if (following === null) {
    return [back];
  }
  const label = say(CURRICULUM.nextLesson, lang, { title: following.title });
  return [back, lessonButton(label, following.id, { step: 0, style: "primary" })];
}

function toolActions(view: LessonView, tools: readonly ToolButton[], lang: Lang): Action[] {
  return tools.flatMap((tool) => toolAction(view, tool, lang));
}

function toolAction(view: LessonView, { label, link }: ToolButton, lang: Lang): Action[] {
  switch (link.tool) {
    case "cli":
      return [{ label, style: "plain", value: { do: "shell", lesson: view.id } }];
    case "lesson":
      return [lessonButton(label, link.lesson, { step: 0, style: "plain" })];
    case "quiz":
      return [lessonButton(label, view.id, { step: view.stepCount, style: "plain" })];
    case "module": {
      const value = { do: "say", text: "/cloud modules" } as const;
      return [{ label: CURRICULUM.catalogue[lang], style: "plain", value }];
    }
    case "deploy": {
      const value = { do: "say", text: `/cloud create ${link.module}` } as const;
      return [{ label, style: "plain", value }];
    }
    // A lab has no checker yet; the link's label stays in the text.
    case "check":
    case "hint":
      return [];
  }
}

/** A neutral block of a lesson as a block of a card. */
function blockOf(lang: Lang): (content: Content) => Block {
  return (content) => {
    switch (content.kind) {
      case "code":
        return { kind: "code", text: content.text };
      case "callout": {
        const label = { text: CURRICULUM.callout[content.tone][lang], bold: true };
        const tone = content.tone === "tip" ? "note" : content.tone;
        const blocks = content.blocks.map(blockOf(lang));
        return { kind: "callout", tone, blocks: [{ kind: "text", spans: [label] }, ...blocks] };
      }
      case "details":
        return { ...content, blocks: content.blocks.map(blockOf(lang)) };
      case "text":
      case "heading":
      case "list":
      case "table":
      case "divider":
        return content;
    }
  };
}

function notes(view: LessonView, lang: Lang): Block[] {
  return view.notes.map((note) => subtle(CURRICULUM[`note-${note}`][lang]));
}

function item(words: string) {
  return { depth: 0, spans: [{ text: words }] };
}

function text(words: string): Block {
  return { kind: "text", spans: [{ text: words }] };
}

function subtle(words: string): Block {
  return { kind: "text", spans: [{ text: words }], subtle: true };
}
