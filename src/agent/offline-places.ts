import { nearestRegion } from "#deployments/region-search.ts";
import type { Module } from "#deployments/ports.ts";
import type { Region } from "#deployments/regions.ts";
import { FILLERS, PLACE_CUES, PLACE_WORDS } from "#text/words.ts";
import { escape, PARTICLES, type Span } from "./offline-text.ts";

/** Where something is to be, as the person said it. */
export type Place = {
  /** The word itself, without particles: `Seoul`, `us-east-1`, `seol`. */
  readonly said: string;
  /** What the word means, at most one of each cloud; none: it is known nowhere. */
  readonly means: readonly Region[];
  readonly spans: readonly Span[];
};

/** The place that the sentence names by a code, a label or an alias; of two different ones the first. */
export function knownPlace(text: string, known: readonly Region[]): Place | null {
  const hits = known.flatMap((place) => hitsOf(text, place)).toSorted(firstAndLongest);
  const first = hits[0];
  if (first === undefined) {
    return null;
  }
  let means = meaningsOf(first, hits);
  const spans = [first.whole];
  // "Seoul (ap-northeast-2)" is one place said twice; the code leaves one cloud of two.
  for (const hit of hits.filter(({ word }) => word.from >= first.word.to)) {
    const both = means.filter((place) => meaningsOf(hit, hits).includes(place));
    means = both.length === 0 ? means : both;
    spans.push(...(both.length === 0 ? [] : [hit.whole]));
  }
  return { said: first.said, means, spans };
}

/**
 * A word that stands where a place would and that no cloud knows, for the catalogue to refuse with
 * the nearest one. After "in" it must look like one: a code, a capital letter, or a typing mistake.
 */
export function unknownPlace(
  text: string,
  known: readonly Region[],
  isFree: (word: string) => boolean,
): Place | null {
  for (const { say, sure } of PLACE_CUES) {
    for (const found of text.matchAll(cuePattern(say))) {
      const said = found[1] ?? "";
      const isWord = isFree(said.toLowerCase()) && !FILLERS.has(said.toLowerCase());
      if (isWord && (sure || looksLikePlace(said, known))) {
        const spans = [{ from: found.index, to: found.index + found[0].length }];
        return { said, means: [], spans };
      }
    }
  }
  return null;
}

/** What the module's cloud calls the place; what it does not know stays as it was said. */
export function codeFor({ said, means }: Place, { cloud }: Module): string {
  return means.find((place) => place.cloud === cloud)?.code ?? said;
}

/** The modules of the one cloud that has the place, if any of them is of that cloud. */
export function whereItIs(modules: readonly Module[], place: Place | null): readonly Module[] {
  const fits = modules.filter(({ cloud }) => place?.means.some((each) => each.cloud === cloud));
  return fits.length === 0 ? modules : fits;
}

type Hit = {
  readonly word: Span;
  readonly whole: Span;
  readonly said: string;
  readonly place: Region;
};

function hitsOf(text: string, place: Region): Hit[] {
  const { code, label, aliases } = place;
  return [code, label.en, label.ko, ...aliases].flatMap((word) =>
    [...text.matchAll(wordPattern(word))].flatMap((found) => {
      const [from, to] = found.indices?.[1] ?? [0, 0];
      const whole = { from: found.index, to: found.index + found[0].length };
      return [{ word: { from, to }, whole, said: found[1] ?? "", place }];
    }),
  );
}

function wordPattern(word: string): RegExp {
  const body = word
    .split(/[\s-]+/)
    .map(escape)
    .join("[\\s-]+");
  const isKorean = /\p{Script=Hangul}/u.test(word);
  const before = isKorean ? "(?<!\\p{Script=Hangul})" : "(?<![\\p{L}\\p{N}_-])";
  const after = isKorean ? "" : "(?![a-z0-9_-])";
  // "LA" is a city, "la" may be anything.
  const flags = /^[A-Za-z]{1,2}$/.test(word) ? "dgu" : "dgiu";
  return new RegExp(`${LEAD}${before}(${body})${after}${TAIL}`, flags);
}

const KINDS = PLACE_WORDS.map(escape).join("|");
/** In front of the word "리전은 서울", and behind it "서울 리전에". */
const LEAD = `(?:(?<!\\p{L})(?:${KINDS})(?:\\s+is)?\\s*(?:은|는|을|를)?\\s*:?\\s*)?`;
const TAIL = `${PARTICLES}(?:\\s*(?:${KINDS})${PARTICLES})?(?!\\p{Script=Hangul})`;

function firstAndLongest(one: Hit, other: Hit): number {
  return one.word.from - other.word.from || other.word.to - one.word.to;
}

function meaningsOf({ word }: Hit, hits: readonly Hit[]): Region[] {
  return hits
    .filter((hit) => hit.word.from === word.from && hit.word.to === word.to)
    .map(({ place }) => place);
}

function cuePattern(cue: string): RegExp {
  const word = /\p{Script=Hangul}/u.test(cue)
    ? "([\\p{L}][\\p{L}\\p{N}-]*?)"
    : "([a-z][a-z0-9-]*[a-z0-9])";
  const [before = "", after = ""] = cue.split("#");
  const lead = before === "" ? "" : `${before.trim()}\\s+`;
  const tail = after === "" ? "(?![\\p{L}\\p{N}_=@/.-]*[\\p{L}\\p{N}])" : `${after}(?!\\p{L})`;
  return new RegExp(`(?<![\\p{L}\\p{N}_.=@-])${lead}${word}${tail}`, "giu");
}

function looksLikePlace(word: string, known: readonly Region[]): boolean {
  const isCode = /^[a-z]+-[a-z-]*\d+[a-z]?$/i.test(word);
  const isLongEnough = word.normalize("NFD").length >= LONG_ENOUGH;
  const clouds = [...new Set(known.map(({ cloud }) => cloud))];
  const isNear = clouds.some((cloud) => nearestRegion(known, cloud, word) !== null);
  return isCode || /^[A-Z][a-z]/.test(word) || (isLongEnough && isNear);
}

/** In shorter words one wrong letter makes any word of any other. */
const LONG_ENOUGH = 4;
