import type { Card } from "#bots/card.ts";
import { ABOUT } from "#text/info-cards.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type AboutView = {
  readonly setting: Setting;
  /** Who understands the sentences: `offline-rules-1`, a model's name. */
  readonly model: string;
  /** Runs are shut in. */
  readonly isolated: boolean;
};

/** Who answers here, with which stand-ins, and what it cannot do. */
export function aboutCard({ setting, model, isolated }: AboutView): Card {
  const { lang, offline, simulated } = setting;
  const who = offline ? `${model} (${ABOUT.offline[lang]})` : model;
  return parts.card(setting, {
    title: ABOUT.title[lang],
    tone: "neutral",
    body: [
      parts.text(ABOUT.what[lang]),
      {
        kind: "facts",
        facts: [
          [ABOUT.model[lang], who],
          [ABOUT.cloud[lang], simulated ? ABOUT.simulated[lang] : ABOUT.real[lang]],
          [ABOUT.runs[lang], isolated ? ABOUT.isolated[lang] : ABOUT.open[lang]],
        ],
      },
    ],
    fallback: ABOUT.what[lang],
  });
}
