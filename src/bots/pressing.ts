import type { Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { settingFor, type Known, type SettingSource } from "./people.ts";
import type { Content, OutgoingMessage, PostedCard, Press } from "./ports.ts";
import { drawRefusal } from "./reply.ts";

/** A press that may be acted on: by whom, on which card, in which language. */
export type Acting = {
  readonly press: Press;
  readonly known: Known;
  readonly attempts: number;
  readonly posted: PostedCard;
  readonly lang: Lang;
};

/** What a press brings: answers, and new revisions of the card that was pressed. */
export type Pressed = {
  readonly answers: readonly OutgoingMessage[];
  readonly revisions: readonly OutgoingMessage[];
};

export const NOTHING: Pressed = { answers: [], revisions: [] };

export function answered(answers: readonly OutgoingMessage[]): Pressed {
  return { answers, revisions: [] };
}

/** A refusal is for the presser's eyes alone. */
export function refused(
  parts: SettingSource,
  to: Pick<Acting, "press" | "lang">,
  why: Refusal,
): OutgoingMessage {
  return toPresser(to, drawRefusal(settingFor(parts, to.lang), why));
}

export function toPresser({ press }: Pick<Acting, "press">, content: Content): OutgoingMessage {
  const { key, place, user } = press;
  return { card: `reply:${key}:0`, revision: 1, place, onlyFor: user, content };
}
