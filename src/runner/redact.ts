/** Takes secrets out of text before it leaves the runner. */
export type Redactor = {
  /** One whole text. */
  text(text: string): string;
  /**
   * One piece of a stream (lines of the same source share the key): a secret that is cut over two
   * pieces is taken out of both, but for at most three characters.
   */
  piece(key: string, text: string): string;
  /** More values, from here on. */
  learn(secrets: readonly string[]): void;
};

export const MASK = "[secret]";
const SHORTEST = 6;
const SHORTEST_PART = 4;

// Access keys and tokens by their published prefixes, private keys, signed tokens.
const PATTERNS = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\b(?:gh[oprsu]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/g,
  /\bxox[a-z]-[A-Za-z0-9-]{10,}/g,
  /\bAIza[0-9A-Za-z_-]{35}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+/g,
];
const PEM_BEGIN = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const PEM_END = /-----END [A-Z ]*PRIVATE KEY-----/;

/** A redactor of these values, also as JSON at any depth, a URL or base64 have them. */
export function createRedactor(secrets: readonly string[]): Redactor {
  let values = secrets.flatMap(linesOf);
  let known = knownOf(values);
  const streams = new Map<string, Stream>();

  function whole(text: string, cut = UNCUT): string {
    const masked = withoutKnown(text, known.pattern, cut);
    return PATTERNS.reduce((rest, pattern) => rest.replace(pattern, MASK), masked);
  }

  return {
    text: (text) => whole(text),
    piece(key, text) {
      const { forms, pattern } = known;
      const before = streams.get(key) ?? { tail: "", inKey: false };
      const { shown, inKey } = insideKey(text, before.inKey);
      streams.set(key, { tail: (before.tail + shown).slice(-(forms[0]?.length ?? 0)), inKey });
      return whole(shown, {
        start: cutStart(before.tail, shown, pattern),
        end: cutEnd(shown, forms),
      });
    },
    learn(more) {
      values = [...values, ...more.flatMap(linesOf)];
      known = knownOf(values);
    },
  };
}

type Known = {
  /** What a value looks like most of the time, the longest first: to see where one begins. */
  readonly forms: readonly string[];
  /** Finds every value in every form; null without one. */
  readonly pattern: RegExp | null;
};

function knownOf(values: readonly string[]): Known {
  const unique = [...new Set(values)].sort((a, b) => b.length - a.length);
  const forms = [...new Set(unique.flatMap(formsOf))]
    .filter((form) => form.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const sources = [
    ...unique.map(escapedAnyhow),
    ...unique
      .flatMap(inBase64)
      .filter((form) => form.length >= SHORTEST)
      .map((form) => RegExp.escape(form)),
  ];
  return { forms, pattern: sources.length === 0 ? null : new RegExp(sources.join("|"), "g") };
}

/** How many first and last characters belong to a secret that is cut there. */
type Cut = { readonly start: number; readonly end: number };
const UNCUT: Cut = { start: 0, end: 0 };

/** Values may overlap, also those that are cut: what belongs to any of them goes. */
function withoutKnown(text: string, pattern: RegExp | null, cut: Cut): string {
  if (pattern === null) {
    return text;
  }
  let shown = cut.start > 0 ? MASK : "";
  let end = cut.start;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const { index } = found;
    shown += index >= end ? text.slice(end, index) + MASK : "";
    end = Math.max(end, index + found[0].length);
    pattern.lastIndex = index + 1;
  }
  if (cut.end === 0) {
    return shown + text.slice(end);
  }
  const last = text.length - cut.end;
  return last < end ? shown : shown + text.slice(end, last) + MASK;
}

type Stream = { readonly tail: string; readonly inKey: boolean };

/** A private key that is printed line by line has its marks in other pieces than its body. */
function insideKey(text: string, inKey: boolean): { shown: string; inKey: boolean } {
  const end = text.search(PEM_END);
  if (inKey && end === -1) {
    return { shown: MASK, inKey: true };
  }
  const rest = inKey ? MASK + text.slice(end).replace(PEM_END, "") : text;
  const begin = rest.search(PEM_BEGIN);
  return { shown: rest, inKey: begin !== -1 && rest.slice(begin).search(PEM_END) === -1 };
}

/** The part of this piece that ends a secret begun in the piece before. */
function cutStart(tail: string, text: string, known: RegExp | null): number {
  if (known === null || tail === "") {
    return 0;
  }
  const cut = [...(tail + text).matchAll(known)].find(
    (match) => match.index < tail.length && match.index + match[0].length > tail.length,
  );
  return cut === undefined ? 0 : cut.index + cut[0].length - tail.length;
}

/** The end of this piece that may begin a secret. */
function cutEnd(text: string, forms: readonly string[]): number {
  const cut = Math.max(0, ...forms.map((form) => overlap(text, form)));
  return cut < SHORTEST_PART ? 0 : cut;
}

/** How many last characters of the text are the first ones of the form, but not all of it. */
function overlap(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(form.slice(0, length))) {
      return length;
    }
  }
  return 0;
}

function linesOf(secret: string): string[] {
  return [secret, ...secret.split(/\r?\n/)].filter((line) => line.length >= SHORTEST);
}

function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const inUrl = encodeURIComponent(secret.toWellFormed());
  // Go, and so Terraform, escapes some more in JSON and in URLs.
  const inGo = escaped.replace(/[<>&]/g, (mark) => `\\u00${hex(mark.charCodeAt(0))}`);
  const inQuery = inUrl.replace(/[!'()*]/g, (mark) => `%${hex(mark.charCodeAt(0)).toUpperCase()}`);
  const urls = [inUrl, inQuery, inQuery.replaceAll("%20", "+")];
  return [secret, escaped, inGo, ...urls, ...inBase64(secret)];
}

/** A pattern of the value with its marks and letters escaped or not, as they are in each place. */
function escapedAnyhow(secret: string): string {
  return [...secret.replace(/\r\n/g, "\n").matchAll(/\\+|[^\\]/gsu)]
    .map(([part], at, all) => (WORD.test(part) ? part : waysOf(part, all[at - 1]?.[0])))
    .join("");
}

const WORD = /^[A-Za-z0-9]$/;
// JSON four deep; a bound, so that a text of nothing but backslashes takes no time.
const SLASHES = "\\\\{0,15}";

function waysOf(part: string, before: string | undefined): string {
  if (part.startsWith("\\")) {
    return `(?:\\\\{${part.length},${part.length * 16}}|(?:${SLASHES}\\\\u005[cC]|%5[cC]){${part.length}})`;
  }
  // Those of an escape stand behind the backslashes of the value itself, which took them.
  const slashes = before === undefined || before.startsWith("\\") ? "" : SLASHES;
  const units = Array.from({ length: part.length }, (_unit, at) => part.charCodeAt(at));
  const inJson = units.map((unit) => `\\\\{1,16}u${anyCase(hex(unit).padStart(4, "0"))}`).join("");
  const bytes = [...Buffer.from(part)].map((byte) => `%${anyCase(hex(byte).padStart(2, "0"))}`);
  const named = NAMED[part] ?? [];
  return `(?:${[slashes + RegExp.escape(part), inJson, bytes.join(""), ...named].join("|")})`;
}

/** What else stands for some of them. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  " ": ["\\+"],
  "\n": ["\\r\\n", "(?:\\\\{1,16}r)?\\\\{1,16}n", "%0[dD]%0[aA]"],
  "\t": ["\\\\{1,16}t"],
  "\r": ["\\\\{1,16}r"],
  "\f": ["\\\\{1,16}f"],
  "\b": ["\\\\{1,16}b"],
};

function hex(code: number): string {
  return code.toString(16).padStart(2, "0");
}

function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** The value's own characters in base64, however many bytes stand before it. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((shift) => base64Of(secret, shift));
}

/** The same when so many bytes stand before it in a group of three. */
function base64Of(secret: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const skipped = shift === 0 ? 0 : shift + 1;
  const certain = Math.floor((bytes.length * 8) / 6);
  return [bytes.toString("base64"), bytes.toString("base64url")].map((text) =>
    text.slice(skipped, certain),
  );
}
