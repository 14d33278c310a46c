import { plainWord, wordsFor, type Region } from "./regions.ts";
import type { Cloud } from "./deployment.ts";

/** The region that a word means in this cloud, exactly: code, label or alias; null for none. */
export function regionCalled(
  regions: readonly Region[],
  cloud: Cloud,
  word: string,
): Region | null {
  const wanted = plainWord(word);
  const found = regions.find((each) => each.cloud === cloud && wordsFor(each).includes(wanted));
  return found ?? null;
}

/** The region of this cloud that a misspelt word most likely means; null when none is near. */
export function nearestRegion(
  regions: readonly Region[],
  cloud: Cloud,
  word: string,
): Region | null {
  const wanted = plainWord(word).slice(0, LONGEST);
  const ranked = regions
    .filter((each) => each.cloud === cloud)
    .flatMap((region) => wordsFor(region).map((known) => ({ region, known })))
    .map(({ region, known }) => ({ region, known, distance: editDistance(wanted, known) }))
    .filter(({ known, distance }) => distance <= Math.max(1, Math.floor(known.length / NEAR)))
    .sort((left, right) => left.distance - right.distance);
  return ranked[0]?.region ?? null;
}

const LONGEST = 64;
/** One letter in so many may be wrong. */
const NEAR = 3;

/** Fewest letters to add, drop, exchange or swap with their neighbour. */
function editDistance(from: string, to: string): number {
  const [left, right] = [jamo(from), jamo(to)];
  let above: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let at = 1; at <= left.length; at += 1) {
    const next = nextRow({ above, row }, { left, at }, right);
    above = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Korean is compared by its letters, not by its syllables: 서을 is one stroke from 서울. */
function jamo(word: string): string {
  return word.normalize("NFD");
}

type Rows = { readonly above: readonly number[]; readonly row: readonly number[] };

function nextRow(
  { above, row }: Rows,
  { left, at }: { readonly left: string; readonly at: number },
  right: string,
): readonly number[] {
  const next = [at];
  for (let column = 1; column <= right.length; column += 1) {
    const isSame = left[at - 1] === right[column - 1];
    const isSwapped = left[at - 1] === right[column - 2] && left[at - 2] === right[column - 1];
    next.push(
      Math.min(
        (row[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (row[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (above[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      ),
    );
  }
  return next;
}
