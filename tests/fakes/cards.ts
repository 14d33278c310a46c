import type { Action, Card } from "#bots/card.ts";
import type { OutgoingMessage } from "#bots/ports.ts";

/** A small card for tests that do not care what a card says. */
export function aCard(title: string, actions: readonly Action[] = []): Card {
  return { title, tone: "neutral", badges: [], body: [], actions, fallback: title };
}

/** A message of the card `approval:chg-a` in one console thread, unless said otherwise. */
export function aMessage(over: Partial<OutgoingMessage> & { title?: string }): OutgoingMessage {
  const { title = "Plan", ...rest } = over;
  return {
    card: "approval:chg-a",
    revision: 1,
    place: { platform: "console", conversation: "console", thread: "t-1" },
    onlyFor: null,
    content: { text: title, card: aCard(title), about: [] },
    ...rest,
  };
}
