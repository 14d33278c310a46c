import type { Card } from "#bots/card.ts";
import { ASK } from "#text/info-cards.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type AskView = {
  readonly setting: Setting;
  readonly question: string;
  readonly choices: readonly { readonly label: string; readonly say: string }[];
};

/** A question, with the choices to press where there are some. */
export function askCard({ setting, question, choices }: AskView): Card {
  const { lang } = setting;
  return parts.card(setting, {
    title: ASK.title[lang],
    tone: "neutral",
    body: [parts.text(question), ...(choices.length === 0 ? [] : [parts.subtle(ASK.answer[lang])])],
    actions: choices.map((choice) => parts.sayButton(choice.label, choice.say)),
    fallback: question,
  });
}
