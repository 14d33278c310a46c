import type { Action, Card } from "#bots/card.ts";
import { elementsOf, richText } from "./adaptive-blocks.ts";
import { inputOf } from "./adaptive-inputs.ts";
import type {
  AdaptiveCard,
  CardAction,
  ContainerStyle,
  Element,
  Execute,
} from "./adaptive-json.ts";
import { fitted } from "./limits.ts";
import { plain } from "./plain.ts";

/** A card as Adaptive Card 1.5, within the limits of `limits.ts`. */
export function adaptiveCard(card: Card): AdaptiveCard {
  return fitted(card, rendered);
}

function rendered(card: Card): AdaptiveCard {
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.5",
    fallbackText: plain(card.fallback),
    speak: plain(card.fallback),
    body: [header(card), ...elementsOf(card.body, "")],
    actions: card.actions.map(actionOf),
  };
}

const TONE_STYLES = {
  neutral: "emphasis",
  good: "good",
  attention: "warning",
  danger: "attention",
} as const satisfies Record<Card["tone"], ContainerStyle>;

function header({ title, tone, badges }: Card): Element {
  return {
    type: "Container",
    style: TONE_STYLES[tone],
    bleed: true,
    items: [
      {
        type: "ColumnSet",
        columns: [
          { type: "Column", width: "stretch", items: [titleText(title)] },
          ...badges.map((badge) => badgeColumn(badge)),
        ],
      },
    ],
  };
}

function titleText(title: string): Element {
  return richText([{ type: "TextRun", text: plain(title), weight: "Bolder", size: "Medium" }]);
}

function badgeColumn(badge: string) {
  const text = richText([
    { type: "TextRun", text: plain(badge), weight: "Bolder", size: "Small", isSubtle: true },
  ]);
  return { type: "Column" as const, width: "auto" as const, items: [text] };
}

const ACTION_STYLES = {
  plain: {},
  primary: { style: "positive" },
  danger: { style: "destructive" },
} as const satisfies Record<Action["style"], object>;

/** A button that asks for something unfolds its field first; the press is inside. */
function actionOf(action: Action): CardAction {
  const { input, takesFields } = action;
  if (input === undefined) {
    return execute(action, takesFields === true ? "auto" : "none");
  }
  return {
    type: "Action.ShowCard",
    title: plain(action.label),
    ...ACTION_STYLES[action.style],
    card: {
      type: "AdaptiveCard",
      body: [inputOf(input)],
      actions: [execute(action, "auto")],
    },
  };
}

function execute(action: Action, associatedInputs: Execute["associatedInputs"]): Execute {
  const styled = { title: plain(action.label), ...ACTION_STYLES[action.style] };
  return {
    type: "Action.Execute",
    ...styled,
    verb: action.value.do,
    data: action.value,
    associatedInputs,
    // Hosts without Action.Execute send the same press as a message.
    fallback: { type: "Action.Submit", ...styled, data: action.value },
  };
}
