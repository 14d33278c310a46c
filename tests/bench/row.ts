/** One benchmark: medians in ms, and the median of the ratios pair by pair. */
export type Row = {
  readonly name: string;
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
  readonly runs: number;
  /** What the figure is to be held against. */
  readonly against: string;
  /** What else was seen: `event loop held for 40 ms at most`. */
  readonly note?: string;
};

/** Both sides in ms. */
export type Sides = {
  ours(round: number): Promise<number>;
  bare(round: number): Promise<number>;
};

/** Ours and bare by turns, so that a noisy minute hits both; a first pair warms up and is not counted. */
export async function pairs(
  rounds: number,
  sides: Sides,
): Promise<Pick<Row, "ours" | "bare" | "ratio" | "runs">> {
  const found: { ours: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { ours: await sides.ours(round), bare: await sides.bare(round) };
    if (round > 0) {
      found.push(pair);
    }
  }
  return {
    ours: median(found.map(({ ours }) => ours)),
    bare: median(found.map(({ bare }) => bare)),
    ratio: median(found.map(({ ours, bare }) => ours / bare)),
    runs: rounds,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** ms that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
