import { isDeepStrictEqual } from "node:util";
import { DeploymentId } from "#deployments/ids.ts";
import type { Asked, DeploymentService } from "#deployments/service.ts";
import { ADVICE_CARD } from "#text/advice.ts";
import { isRefusal } from "#text/refusal.ts";
import { say } from "#text/wording.ts";
import type { Block, ButtonValue, Card } from "./card.ts";
import { adviceCard } from "./cards/advice.ts";
import { identity } from "./cards/parts.ts";
import { settingFor, settingOf, type SettingSource } from "./people.ts";
import { answered, NOTHING, refused, type Acting, type Pressed } from "./pressing.ts";
import { asContent } from "./reply.ts";

export type AdvicePressParts = SettingSource & { readonly service: DeploymentService };
export type AdviceValue = Extract<ButtonValue, { do: "fix" | "keep" }>;

/**
 * Sets the value that is suggested at this moment and plans again, or leaves it as it is. The button
 * names the advice only, so a card that is out of date can do nothing that would not be suggested.
 */
export async function pressAdvice(
  parts: AdvicePressParts,
  acting: Acting,
  value: AdviceValue,
): Promise<Pressed> {
  const { press, known, lang } = acting;
  if (value.do === "keep") {
    return revised(acting, (card) => kept(card, value, noteOf(acting, value)));
  }
  const { place, key: requestKey } = press;
  const asked: Asked = { by: known.viewer, in: "chat", lang, place, requestKey };
  const planned = await parts.service.fix(
    asked,
    DeploymentId.parse(value.deployment),
    value.advice,
  );
  if (isRefusal(planned)) {
    return answered([refused(parts, acting, planned)]);
  }
  const advice = await parts.service.advice(known.viewer, planned);
  const setting = settingOf(settingFor(parts, lang), [planned]);
  const note = noteOf(acting, value);
  return revised(acting, (card) => {
    const notes = [...notesIn(card, identity(setting, planned, planned.requester)), note];
    return adviceCard({ setting, deployment: planned, advice, notes });
  });
}

/** What was decided before, as it stands on the card. */
function notesIn({ body }: Card, identified: Block): readonly string[] {
  return body.flatMap((block) =>
    block.kind === "text" && block.subtle === true && !isDeepStrictEqual(block, identified)
      ? [block.spans.map(({ text }) => text).join("")]
      : [],
  );
}

/** Who decided what, in the words of the button. */
function noteOf({ posted, known, lang }: Acting, value: AdviceValue): string {
  const actions = posted.newest.content.card?.actions ?? [];
  const pressed = actions.find((action) => isDeepStrictEqual(action.value, value));
  const label = pressed?.label ?? "";
  const wording = value.do === "fix" ? ADVICE_CARD.used : ADVICE_CARD.kept;
  return say(wording, lang, { who: known.viewer.name, label });
}

/** The same card without the buttons of what is settled. */
function kept(card: Card, { advice }: AdviceValue, note: string): Card {
  const isSettled = ({ value }: Card["actions"][number]) =>
    (value.do === "fix" || value.do === "keep") && value.advice === advice;
  const line = { kind: "text", spans: [{ text: note }], subtle: true } as const;
  const actions = card.actions.filter((action) => !isSettled(action));
  return { ...card, actions, body: [...card.body, line], fallback: `${card.fallback}. ${note}` };
}

function revised({ press, posted }: Acting, redraw: (card: Card) => Card): Pressed {
  const { card: key, newest, onlyFor } = posted;
  if (newest.content.card === null) {
    return NOTHING;
  }
  const { about } = newest.content;
  const content = asContent(
    redraw(newest.content.card),
    about.map((id) => ({ id })),
  );
  const revision = newest.revision + 1;
  return {
    answers: [],
    revisions: [{ card: key, revision, place: press.place, onlyFor, content }],
  };
}
