const UNBOUNDED = 4;

/**
 * A `/pattern/i` answer as a regular expression; null when it is none or could take long.
 * Lesson text is not trusted: a repeated group could hold the server for minutes.
 */
export function readPattern(text: string): RegExp | null {
  const [, source = "", flags = ""] = /^\/(.{1,100})\/(i?)$/.exec(text) ?? [];
  if (source === "" || mayBeSlow(source)) {
    return null;
  }
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}

function mayBeSlow(source: string): boolean {
  const unbounded = source.match(/[*+]|\{\d+,\}/g) ?? [];
  return unbounded.length > UNBOUNDED || /\)\s*[*+{]|\\\d/.test(source);
}
