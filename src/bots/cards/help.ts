import type { Card } from "#bots/card.ts";
import { COMMANDS, EXAMPLES, HELP } from "#text/info-cards.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type HelpView = {
  readonly setting: Setting;
  /** Sentences to press besides the fixed ones, such as one that asks for a module. */
  readonly examples: readonly string[];
};

/** What can be said here, and a few sentences to press. */
export function helpCard({ setting, examples }: HelpView): Card {
  const { lang } = setting;
  const commands = Object.entries(COMMANDS).map(([command, does]) => [
    parts.code(command),
    { text: ` ${does[lang]}` },
  ]);
  const sentences = [...examples, ...Object.values(EXAMPLES).map((example) => example[lang])];
  return parts.card(setting, {
    title: HELP.title[lang],
    tone: "neutral",
    body: [
      parts.text(HELP.intro[lang]),
      { kind: "details", summary: HELP.commands[lang], blocks: [parts.list(commands)] },
      parts.subtle(HELP.try[lang]),
    ],
    actions: sentences.map((sentence) => parts.sayButton(sentence, sentence)),
    fallback: HELP.intro[lang],
  });
}
