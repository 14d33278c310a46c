import { isDeepStrictEqual } from "node:util";
import type { Place } from "#deployments/deployment.ts";
import { isRefusal, refusal } from "#text/refusal.ts";
import type { ButtonValue } from "./card.ts";
import { shellCard } from "./cards/link.ts";
import { settingFor, type SettingSource } from "./people.ts";
import type { Content, LearningCards, OpenShell, OutgoingMessage, PostedCard } from "./ports.ts";
import { answered, NOTHING, refused, toPresser, type Acting, type Pressed } from "./pressing.ts";
import { asContent, lessonKey } from "./reply.ts";

export type LearningPressParts = SettingSource & {
  readonly learning: LearningCards;
  /** Null: no shells in this installation. */
  readonly openShell: OpenShell | null;
};

/**
 * A step of the lesson on the pressed card takes that card's place; another lesson gets a card of
 * its own. Answers to questions are marked for the presser alone.
 */
export async function showLesson(
  parts: LearningPressParts,
  acting: Acting,
  { lesson, step }: Extract<ButtonValue, { do: "lesson" }>,
): Promise<Pressed> {
  const { press, known, lang, posted } = acting;
  const { learning } = parts;
  const answers = press.inputs;
  const isAnswer = Object.keys(answers).length > 0;
  const card = isAnswer
    ? await learning.answer(known.viewer.person, lang, { lesson, step, answers })
    : await learning.lesson(known.viewer, lang, { lesson, step });
  if (isRefusal(card)) {
    return answered([refused(parts, acting, card)]);
  }
  const content = asContent(card, []);
  if (isAnswer) {
    return answered([toPresser(acting, content)]);
  }
  return posted.card.startsWith(`${lessonKey(lesson)}:`)
    ? turned(posted, press.place, content)
    : answered([opened(acting, lesson, content)]);
}

/** The pressed card shows another step now. */
function turned({ card, newest, onlyFor }: PostedCard, place: Place, content: Content): Pressed {
  const revision = newest.revision + 1;
  return isDeepStrictEqual(newest.content, content)
    ? NOTHING
    : { answers: [], revisions: [{ card, revision, place, onlyFor, content }] };
}

function opened({ press, posted }: Acting, lesson: string, content: Content): OutgoingMessage {
  const { place, key } = press;
  const { onlyFor } = posted;
  return { card: `${lessonKey(lesson)}:${key}:0`, revision: 1, place, onlyFor, content };
}

/** The link is for the presser alone: whoever opens it is that person. */
export async function showShell(
  parts: LearningPressParts,
  acting: Acting,
  lesson: string,
): Promise<Pressed> {
  const { known, lang } = acting;
  const opened =
    parts.openShell === null
      ? refusal("shell-not-here")
      : await parts.openShell(known.viewer, lang, lesson);
  if (isRefusal(opened)) {
    return answered([refused(parts, acting, opened)]);
  }
  const setting = settingFor(parts, lang);
  return answered([toPresser(acting, asContent(shellCard({ setting, ...opened }), []))]);
}
