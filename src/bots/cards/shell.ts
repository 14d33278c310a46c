import type { Card } from "#bots/card.ts";
import { SHELL_CARD } from "#text/conversation.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type ShellView = {
  readonly setting: Setting;
  /** The personal, one-time link. */
  readonly url: string;
};

/** The way into a shell, for one person alone. */
export function shellCard({ setting, url }: ShellView): Card {
  const { lang } = setting;
  return parts.card(setting, {
    title: SHELL_CARD.title[lang],
    tone: "good",
    body: [
      parts.text(SHELL_CARD.words[lang]),
      parts.text({ text: SHELL_CARD.link[lang], link: url, bold: true }),
    ],
    fallback: SHELL_CARD.title[lang],
  });
}
