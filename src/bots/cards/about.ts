import type { Card } from "#bots/card.ts";
import { ABOUT } from "#text/info-cards.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

/** Whether runs are shut in; `elsewhere`: the processes that execute them decide it. */
export type ShownIsolation = "isolated" | "open" | "elsewhere";

export type AboutView = {
  readonly setting: Setting;
  /** Who understands the sentences: `offline-rules-1`, a model's name. */
  readonly model: string;
  readonly isolation: ShownIsolation;
};

/** Who answers here, with which stand-ins, and what it cannot do. */
export function aboutCard({ setting, model, isolation }: AboutView): Card {
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
          [ABOUT.runs[lang], ABOUT[isolation][lang]],
        ],
      },
    ],
    fallback: ABOUT.what[lang],
  });
}
