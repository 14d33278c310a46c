import { adaptiveCard } from "#bots/render/adaptive-card.ts";
import type { ConsoleMessage } from "./ports.ts";

/** A message as the wire shows it: a card, or words where there is no card. */
export function wireMessage(message: ConsoleMessage): object {
  const { id, from, revision, at, onlyFor, text, card } = message;
  return {
    id,
    from,
    ...(card === null ? { text } : { card: adaptiveCard(card) }),
    revision,
    at: at.toISOString(),
    ...(onlyFor === null ? {} : { to: onlyFor }),
  };
}
