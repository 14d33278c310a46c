/** An IPv4 range: first and last address as numbers. */
export type Range = { readonly first: number; readonly last: number; readonly bits: number };

/** Null when the text is no IPv4 range in CIDR notation. */
export function rangeOf(text: string): Range | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = (match ?? []).slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || bits > 32) {
    return null;
  }
  const size = 2 ** (32 - bits);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first, last: first + size - 1, bits };
}

/** True when the address is the first of its range (`10.0.0.0/16`, not `10.0.0.1/16`). */
export function isAligned(range: Range): boolean {
  return range.first % 2 ** (32 - range.bits) === 0;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** The address that stands `offset` after the first one. */
export function addressAt(range: Range, offset: number): string {
  const value = range.first + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
