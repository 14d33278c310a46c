/** The known word that somebody most likely meant; null when none is near (a third of its letters). */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > 64) {
    return null;
  }
  const wanted = word.toLowerCase();
  const ranked = known
    .map((each) => ({ each, distance: editDistance(wanted, each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(1, Math.floor(each.length / 3)))
    .sort((left, right) => left.distance - right.distance);
  return ranked[0]?.each ?? null;
}

/** Fewest insertions, removals, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(left: string, right: string): number {
  let rows: Rows = {
    above: [],
    row: Array.from({ length: right.length + 1 }, (_, index) => index),
  };
  for (let at = 1; at <= left.length; at += 1) {
    rows = { above: rows.row, row: nextRow(rows, { left, at }, right) };
  }
  return cell(rows.row, right.length);
}

type Rows = { readonly above: readonly number[]; readonly row: readonly number[] };

function nextRow(
  { above, row }: Rows,
  { left, at }: { readonly left: string; readonly at: number },
  right: string,
): readonly number[] {
  const next = [at];
  for (let column = 1; column <= right.length; column += 1) {
    const same = left[at - 1] === right[column - 1];
    const swapped = left[at - 1] === right[column - 2] && left[at - 2] === right[column - 1];
    const ways = [
      cell(row, column - 1) + (same ? 0 : 1),
      cell(row, column) + 1,
      cell(next, column - 1) + 1,
      ...(swapped ? [cell(above, column - 2) + 1] : []),
    ];
    next.push(Math.min(...ways));
  }
  return next;
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
