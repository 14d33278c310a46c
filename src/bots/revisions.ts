import { isDeepStrictEqual } from "node:util";
import type { Place } from "#deployments/deployment.ts";
import type { Content, NewestCard, OutgoingMessage } from "./ports.ts";

/** The next revision of a card for every place; none where everything would stay as it is. */
export function revisionsOf(
  { key, content }: { readonly key: string; readonly content: Content },
  places: readonly Place[],
  newest: NewestCard | undefined,
): OutgoingMessage[] {
  const isNew = (place: Place) => !newest?.places.some((one) => isDeepStrictEqual(one, place));
  if (isDeepStrictEqual(newest?.content, content) && !places.some(isNew)) {
    return [];
  }
  const revision = (newest?.revision ?? 0) + 1;
  return places.map((place) => ({ card: key, revision, place, onlyFor: null, content }));
}
