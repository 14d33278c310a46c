import type { Block, Card } from "#bots/card.ts";
import { CARD } from "#text/cards.ts";
import { REFUSAL_CARD } from "#text/info-cards.ts";
import { REFUSALS } from "#text/refusals.ts";
import type { Refusal } from "#text/refusal.ts";
import type { RefusalWording } from "#text/wording.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type RefusalView = {
  readonly setting: Setting;
  readonly refusal: Refusal;
  /** The refusal's wrong variables, each with its sentence. */
  readonly problems: readonly { readonly variable: string; readonly sentence: string }[];
};

/** A request turned down: what happened and why, then what to do now. */
export function refusalCard({ setting, refusal, problems }: RefusalView): Card {
  const wording: RefusalWording = REFUSALS[refusal.code];
  const detail = parts.sayIn(setting, wording.detail, refusal.params);
  const next = parts.sayIn(setting, wording.next, refusal.params);
  return parts.card(setting, {
    title: REFUSAL_CARD.title[setting.lang],
    tone: "attention",
    body: [
      parts.text(detail),
      ...problemBlocks(problems),
      parts.text(parts.bold(`${CARD.next[setting.lang]}: `), next),
    ],
    fallback: `${detail} ${next}`,
  });
}

function problemBlocks(problems: RefusalView["problems"]): Block[] {
  if (problems.length === 0) {
    return [];
  }
  const lines = problems.map(({ variable, sentence }) => [
    parts.code(variable),
    { text: `: ${sentence}` },
  ]);
  return [parts.list(lines)];
}
