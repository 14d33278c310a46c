import type { Card } from "#bots/card.ts";
import { SHELL_CARD } from "#text/conversation.ts";
import { DEPLOYMENT_PAGE } from "#text/deployment-page.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type LinkView = {
  readonly setting: Setting;
  /** The personal, one-time link. */
  readonly url: string;
};

/** The way to a deployment's page, for one person alone. */
export function pageLinkCard({ setting, url, name }: LinkView & { readonly name: string }): Card {
  const { lang } = setting;
  const title = parts.sayIn(setting, DEPLOYMENT_PAGE.linkTitle, { name });
  return parts.card(setting, {
    title,
    tone: "neutral",
    body: [
      parts.text(DEPLOYMENT_PAGE.linkWords[lang]),
      parts.text({ text: DEPLOYMENT_PAGE.link[lang], link: url, bold: true }),
    ],
    fallback: title,
  });
}

/** The way into a shell, for one person alone. */
export function shellCard({ setting, url }: LinkView): Card {
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
