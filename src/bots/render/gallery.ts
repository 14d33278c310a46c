import { SAMPLES } from "#bots/cards/samples.ts";
import type { Lang } from "#text/wording.ts";
import { adaptiveCard } from "./adaptive-card.ts";
import type { AdaptiveCard } from "./adaptive-json.ts";

/** Every case of every card as the gallery page draws it. */
export function galleryCards(lang: Lang): { name: string; card: AdaptiveCard }[] {
  return Object.entries(SAMPLES).map(([name, sample]) => ({
    name,
    card: adaptiveCard(sample(lang)),
  }));
}
