import { isDeepStrictEqual } from "node:util";
import type { Speaker } from "#agent/ports.ts";
import { DeploymentId } from "#deployments/ids.ts";
import type { Deployment, Place } from "#deployments/deployment.ts";
import type { Asked, DeploymentService } from "#deployments/service.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import { languageOf, type Lang } from "#text/wording.ts";
import type { ButtonValue } from "./card.ts";
import { shellCard } from "./cards/shell.ts";
import { converse, type ConversationParts } from "./conversation.ts";
import { settingFor, type Known } from "./people.ts";
import type { Content, OpenShell, Outbox, OutgoingMessage, PostedCard, Press } from "./ports.ts";
import { asContent, drawRefusal, drawReply, lessonKey } from "./reply.ts";
import { castPress, type VotingParts } from "./vote.ts";

export type ButtonParts = ConversationParts &
  VotingParts & {
    readonly outbox: Pick<Outbox, "posted">;
    readonly service: DeploymentService;
    /** Null: no shells in this installation. */
    readonly openShell: OpenShell | null;
  };

/** What a press brings: answers, and new revisions of the card that was pressed. */
export type Pressed = {
  readonly answers: readonly OutgoingMessage[];
  readonly revisions: readonly OutgoingMessage[];
};

const NOTHING: Pressed = { answers: [], revisions: [] };

/** A press can overtake the note of where its card was posted; so often we look again. */
const LOOKS = 3;

/**
 * Does what a button says, if the pressed message is ours, may be seen by the presser and offered
 * exactly this button. `later`: its card is not known yet, try again shortly.
 */
export async function press(
  parts: ButtonParts,
  pressing: { readonly press: Press; readonly known: Known; readonly attempts: number },
): Promise<Pressed | "later"> {
  const { press, known, attempts } = pressing;
  const posted = await parts.outbox.posted(press.place, press.message);
  if (posted === null && attempts < LOOKS) {
    return "later";
  }
  const spoken = posted === null ? "en" : languageOf(posted.newest.content.text);
  const lang = known.lang ?? spoken;
  if (posted === null || !offers(posted, press)) {
    return answered([refused(parts, { press, lang }, refusal("card-not-ours"))]);
  }
  return act(parts, { press, known, attempts, posted, lang });
}

type Acting = {
  readonly press: Press;
  readonly known: Known;
  readonly attempts: number;
  readonly posted: PostedCard;
  readonly lang: Lang;
};

function offers({ card, onlyFor, offered }: PostedCard, { value, user }: Press): boolean {
  const isTheirs = onlyFor === null || onlyFor === user;
  return isTheirs && cardFits(card, value) && offered.some((one) => isDeepStrictEqual(one, value));
}

/** A vote counts on the approval card of its own change only, whatever another card offers. */
function cardFits(card: string, value: ButtonValue): boolean {
  return value.do === "approve" || value.do === "reject"
    ? card === `approval:${value.change}`
    : true;
}

async function act(parts: ButtonParts, acting: Acting): Promise<Pressed> {
  const { press, known } = acting;
  const { value } = press;
  if (value.do === "lesson") {
    return showLesson(parts, acting, value);
  }
  if (value.do === "shell") {
    return shell(parts, acting, value.lesson);
  }
  if (value.do === "say") {
    return answered(await converse(parts, { incoming: press, known }, value.text));
  }
  if (value.do === "status") {
    return answered(await status(parts, acting, value.deployment));
  }
  const answer = await effect(parts, acting, value);
  // The deployment's own cards tell everybody what came of it; only a refusal needs words.
  return isRefusal(answer) ? answered([refused(parts, acting, answer)]) : NOTHING;
}

function answered(answers: readonly OutgoingMessage[]): Pressed {
  return { answers, revisions: [] };
}

async function status(
  parts: ButtonParts,
  { press, known, lang }: Acting,
  deployment: string,
): Promise<OutgoingMessage[]> {
  const { place, key: requestKey } = press;
  const speaker: Speaker = { viewer: known.viewer, lang, place, requestKey };
  const reply = await parts.agent.run(speaker, "get_deployment", { deployment });
  return drawReply(parts, speaker, reply);
}

type EffectValue = Exclude<ButtonValue, { do: "lesson" | "shell" | "say" | "status" }>;

async function effect(
  parts: ButtonParts,
  { press, known, lang, attempts }: Acting,
  value: EffectValue,
): Promise<Deployment | Refusal | null> {
  const { place, key: requestKey } = press;
  if (value.do === "approve" || value.do === "reject") {
    const repeated = attempts > 1;
    return castPress(parts, known.viewer, { press, value, repeated });
  }
  const id = DeploymentId.parse(value.deployment);
  const asked: Asked = { by: known.viewer, in: "chat", lang, place, requestKey };
  switch (value.do) {
    case "replan":
    case "recover":
      return parts.service.plan(asked, id, {});
    case "cancel":
      return parts.service.cancel(asked, id);
    case "destroy":
      return parts.service.destroy(asked, id);
  }
}

/**
 * A step of the lesson on the pressed card takes that card's place; another lesson gets a card of
 * its own. Answers to questions are marked for the presser alone.
 */
async function showLesson(
  parts: ButtonParts,
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
  const content = asContent(card);
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

async function shell(parts: ButtonParts, acting: Acting, lesson: string): Promise<Pressed> {
  const { known, lang } = acting;
  const opened =
    parts.openShell === null
      ? refusal("shell-not-here")
      : await parts.openShell(known.viewer, lang, lesson);
  if (isRefusal(opened)) {
    return answered([refused(parts, acting, opened)]);
  }
  const setting = settingFor(parts, lang);
  return answered([toPresser(acting, asContent(shellCard({ setting, ...opened })))]);
}

function refused(
  parts: ButtonParts,
  to: Pick<Acting, "press" | "lang">,
  why: Refusal,
): OutgoingMessage {
  return toPresser(to, drawRefusal(settingFor(parts, to.lang), why));
}

function toPresser({ press }: Pick<Acting, "press">, content: Content): OutgoingMessage {
  const { key, place, user } = press;
  return { card: `reply:${key}:0`, revision: 1, place, onlyFor: user, content };
}
