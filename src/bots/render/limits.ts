import type { Block, Card } from "#bots/card.ts";
import type { Field } from "#bots/field.ts";
import { CARD } from "#text/cards.ts";
import { languageOf } from "#text/wording.ts";
import type { AdaptiveCard, Element } from "./adaptive-json.ts";

/**
 * How big a rendered card may be.
 * `jsonBytes`, `elements`: our budget. Teams refuses a message above 100 KB counted in UTF-16,
 * about 50 KB of JSON, with the rest of the activity in it; other pages of its documentation
 * advise less, and people do not read more.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 * `jsonBytesAtMost`: how far lines that must never be cut may go beyond the budget.
 * `options`: of one choice; at about 60 bytes each they are half of the budget.
 * Slack's are hard: a view beyond one of them is refused as a whole. Values of an option are 75 in
 * older texts and 150 in newer ones.
 * https://docs.slack.dev/reference/views/modal-views/ and
 * https://docs.slack.dev/reference/block-kit/composition-objects/option-object/
 */
export const LIMITS = {
  adaptiveCard: { jsonBytes: 24_576, jsonBytesAtMost: 45_000, elements: 60, options: 200 },
  slackView: {
    title: 24,
    button: 24,
    blocks: 100,
    text: 3000,
    label: 2000,
    hint: 2000,
    placeholder: 150,
    entered: 3000,
    metadata: 3000,
    options: 100,
    groups: 100,
    optionText: 75,
    optionValue: 150,
    checkboxes: 10,
    buttonText: 75,
  },
} as const;

type Render = (card: Card) => AdaptiveCard;

/**
 * Renders a card so that it fits: first the blocks that allow it are cut, each with a line that
 * says how many were left out. A card that is still beyond what a platform takes says that it is
 * incomplete and cannot be approved from.
 */
export function fitted(card: Card, render: Render): AdaptiveCard {
  for (const lines of LINES_KEPT) {
    const rendered = render({ ...card, body: cutBlocks(card.body, lines) });
    if (isWithin(rendered, LIMITS.adaptiveCard.jsonBytes)) {
      return rendered;
    }
  }
  const shortest = render({ ...card, body: cutBlocks(card.body, 0) });
  return isWithin(shortest, LIMITS.adaptiveCard.jsonBytesAtMost)
    ? shortest
    : render(incomplete(card));
}

/** Lines that each block that may be cut keeps, from all of them to none. */
const LINES_KEPT = [Infinity, 100, 50, 20, 10, 5, 2, 0];

function cutBlocks(blocks: readonly Block[], lines: number): Block[] {
  return blocks.flatMap((block) => cutBlock(block, lines));
}

function cutBlock(block: Block, lines: number): Block[] {
  if (block.kind === "list") {
    const left = moreLine(block, block.items.length - lines);
    return [{ ...block, items: kept(block.items, block, lines) }, ...left];
  }
  if (block.kind === "table") {
    const left = moreLine(block, block.rows.length - lines);
    return [{ ...block, rows: kept(block.rows, block, lines) }, ...left];
  }
  if (block.kind === "callout" || block.kind === "details") {
    return [{ ...block, blocks: cutBlocks(block.blocks, lines) }];
  }
  return block.kind === "field" && lines < Infinity
    ? [{ ...block, field: withoutHint(block.field) }]
    : [block];
}

/** Of a field, only what helps to fill it can go. */
function withoutHint({ hint: _hint, ...field }: Field): Field {
  return field;
}

type Cuttable = { readonly more?: string };

function kept<Line>(all: readonly Line[], { more }: Cuttable, lines: number): readonly Line[] {
  return more === undefined ? all : all.slice(0, lines);
}

function moreLine({ more }: Cuttable, left: number): Block[] {
  return more === undefined || left <= 0
    ? []
    : [{ kind: "text", subtle: true, spans: [{ text: more.replace("{n}", String(left)) }] }];
}

function isWithin(card: AdaptiveCard, jsonBytes: number): boolean {
  return (
    byteLength(JSON.stringify(card)) <= jsonBytes &&
    elementCount(card.body) <= LIMITS.adaptiveCard.elements
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Elements of the body and of its containers; a table counts once. */
function elementCount(elements: readonly Element[]): number {
  return elements.reduce((sum, element) => {
    return sum + 1 + (element.type === "Container" ? elementCount(element.items) : 0);
  }, 0);
}

/** Nobody may approve what they could not see, or send fields that are not there. */
function incomplete(card: Card): Card {
  const words = CARD.oversized[languageOf(card.title)];
  return {
    ...card,
    body: [
      { kind: "callout", tone: "danger", blocks: [{ kind: "text", spans: [{ text: words }] }] },
    ],
    actions: card.actions.filter(
      ({ value, takesFields }) => value.do !== "approve" && takesFields !== true,
    ),
    fallback: `${card.title}. ${words}`,
  };
}
