/** A range of IPv4 addresses: its first one as a number, and how many bits it fixes. */
export type Range = { readonly first: number; readonly bits: number };

/** `10.20.0.0/16` as a range; null for anything else, also for bits set behind the prefix. */
export function parseRange(text: string): Range | null {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = (found ?? []).slice(1).map(Number);
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) {
    return null;
  }
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % sizeOf(bits) === 0 ? { first, bits } : null;
}

export function overlap(one: Range, other: Range): boolean {
  return one.first < endOf(other) && other.first < endOf(one);
}

/** The lowest private range of this size that overlaps none of these; null when all is taken. */
export function freeRange(bits: number, taken: readonly Range[]): Range | null {
  const homes = PRIVATE.filter((home) => home.bits <= bits);
  for (const home of homes) {
    let first = home.first;
    while (first < endOf(home)) {
      const wanted = { first, bits };
      const inTheWay = taken.find((each) => overlap(each, wanted));
      if (inTheWay === undefined) {
        return wanted;
      }
      // Behind what is in the way, at the next place where such a range may begin.
      first = Math.ceil(endOf(inTheWay) / sizeOf(bits)) * sizeOf(bits);
    }
  }
  return null;
}

export function rangeText({ first, bits }: Range): string {
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${parts.join(".")}/${bits}`;
}

function sizeOf(bits: number): number {
  return 2 ** (32 - bits);
}

function endOf({ first, bits }: Range): number {
  return first + sizeOf(bits);
}

/** RFC 1918. */
const PRIVATE: readonly Range[] = [
  { first: 10 * 2 ** 24, bits: 8 },
  { first: 172 * 2 ** 24 + 16 * 2 ** 16, bits: 12 },
  { first: 192 * 2 ** 24 + 168 * 2 ** 16, bits: 16 },
];
