import type { Block, Card } from "#bots/card.ts";
import type { Mark } from "#curriculum/quiz.ts";
import type { StepView } from "#curriculum/views.ts";
import { CURRICULUM } from "#text/curriculum.ts";
import { say, type Lang } from "#text/wording.ts";
import { codeSpans } from "./lesson.ts";
import { lessonButton } from "./lessons.ts";

/** What became of the answers that came with a press; for the eyes of that person only. */
export function answerCard(view: StepView, lang: Lang): Card {
  const verdicts = view.questions.flatMap(({ id, prompt }) => {
    const mark = view.marks[id];
    return mark === undefined ? [] : [{ prompt, mark }];
  });
  const allRight = verdicts.every(({ mark }) => mark.correct);
  const right = view.questions.filter(({ id }) => view.right.includes(id)).length;
  const soFar = say(CURRICULUM.rightSoFar, lang, { right, all: view.questions.length });
  const done = view.done ? CURRICULUM.lessonDone[lang] : "";
  return {
    title: CURRICULUM.verdicts[lang],
    tone: allRight ? "good" : "attention",
    badges: [],
    body: [
      ...verdicts.flatMap(({ prompt, mark }) => [
        { kind: "text" as const, spans: codeSpans(prompt) },
        verdict(mark, lang),
      ]),
      { kind: "text", spans: [{ text: `${soFar} ${done}`.trim() }], subtle: true },
    ],
    actions: [
      lessonButton(CURRICULUM.toLesson[lang], view.id, { step: view.step, style: "plain" }),
    ],
    fallback: `${CURRICULUM[allRight ? "right" : "wrong"][lang]} ${soFar}`,
  };
}

function verdict({ correct, feedback, see }: Mark, lang: Lang): Block {
  const said = CURRICULUM[correct ? "right" : "wrong"][lang];
  const why = feedback === null ? [] : [{ text: " " }, ...codeSpans(feedback)];
  const where = see === null ? [] : [{ text: ` ${say(CURRICULUM.see, lang, { see })}` }];
  return {
    kind: "callout",
    tone: correct ? "note" : "warning",
    blocks: [{ kind: "text", spans: [{ text: said, bold: true }, ...why, ...where] }],
  };
}
