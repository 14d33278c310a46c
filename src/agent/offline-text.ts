/** Searching plain sentences in English and Korean. Positions stay valid: what is used up becomes spaces. */
export type Span = { readonly from: number; readonly to: number };

/** What may follow a Korean phrase: the rest of a verb, or only the particles of a noun. */
type Tail = "verb" | "noun";

/** Particles that may hang on a Korean noun. */
export const PARTICLES =
  "(?:이라는|라는|으로|에서|에는|에게|이랑|하고|을|를|이|가|은|는|에|로|의|도|만|과|와|랑|용)?";

/** Curly quotes become straight ones, full-width letters plain ones. */
export function normalise(text: string): string {
  return text.normalize("NFKC").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').trim();
}

/** Finds the phrase as whole words: English with or without plural s, Korean also inside a compound. */
export function phrasePattern(phrase: string, tail: Tail): RegExp {
  return new RegExp(phraseSource(phrase, tail), "iu");
}

export function phraseSource(phrase: string, tail: Tail): string {
  const words = phrase.trim().split(/[\s_]+/);
  const body = words.reduce((done, word) => {
    const gap = /\p{Script=Hangul}$/u.test(done) || startsKorean(word) ? "\\s*" : "[\\s_-]+";
    return `${done}${gap}${escape(word)}`;
  }, "");
  return `${leftEdge(phrase)}${body.replace(/^(?:\[\\s_-\]\+|\\s\*)/, "")}${rightEdge(phrase, tail)}`;
}

export function findSpan(text: string, pattern: RegExp): Span | null {
  const found = pattern.exec(text);
  return found === null ? null : { from: found.index, to: found.index + found[0].length };
}

export function blank(text: string, spans: readonly Span[]): string {
  return spans.reduce(
    (rest, { from, to }) => rest.slice(0, from) + " ".repeat(to - from) + rest.slice(to),
    text,
  );
}

/** Characters that phrases cover, a Korean syllable counting as two letters; overlaps count once. */
export function covered(text: string, spans: readonly Span[]): number {
  const kept = blank(text, spans);
  return letters(text) - letters(kept);
}

export function letters(text: string): number {
  const korean = text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  const others = text.match(/[a-z0-9]/giu)?.length ?? 0;
  return korean * 2 + others;
}

export function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function startsKorean(text: string): boolean {
  return /^\p{Script=Hangul}/u.test(text);
}

function leftEdge(phrase: string): string {
  if (!startsKorean(phrase)) {
    return "(?<![a-z0-9_-])";
  }
  return phrase.length === 1 ? "(?<!\\p{Script=Hangul})" : "";
}

function rightEdge(phrase: string, tail: Tail): string {
  if (!/\p{Script=Hangul}$/u.test(phrase)) {
    return "s?(?![a-z0-9_-])";
  }
  return tail === "verb" ? "\\p{Script=Hangul}*" : PARTICLES;
}
