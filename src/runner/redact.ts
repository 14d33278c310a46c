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

/** A redactor of these values, each also in base64, URL-escaped and JSON-escaped form. */
export function createRedactor(secrets: readonly string[]): Redactor {
  let { forms, known } = knownForms(secrets);
  const streams = new Map<string, Stream>();

  function whole(text: string): string {
    const masked = known === null ? text : text.replace(known, MASK);
    return PATTERNS.reduce((rest, pattern) => rest.replace(pattern, MASK), masked);
  }

  return {
    text: whole,
    piece(key, text) {
      const before = streams.get(key) ?? { tail: "", inKey: false };
      const { shown, inKey } = insideKey(text, before.inKey);
      streams.set(key, { tail: (before.tail + shown).slice(-(forms[0]?.length ?? 0)), inKey });
      return whole(withoutCutEnd(withoutCutStart(before.tail, shown, known), forms));
    },
    learn(more) {
      ({ forms, known } = knownForms(more, forms));
    },
  };
}

/** Everything that gives one of the values away, the longest first. */
function knownForms(secrets: readonly string[], before: readonly string[] = []) {
  const forms = [...new Set([...before, ...secrets.flatMap(linesOf).flatMap(formsOf)])]
    .filter((form) => form.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const known =
    forms.length === 0 ? null : new RegExp(forms.map((form) => RegExp.escape(form)).join("|"), "g");
  return { forms, known };
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

/** Masks the part of this piece that ends a secret begun in the piece before. */
function withoutCutStart(tail: string, text: string, known: RegExp | null): string {
  if (known === null || tail === "") {
    return text;
  }
  const cut = [...(tail + text).matchAll(known)].find(
    (match) => match.index < tail.length && match.index + match[0].length > tail.length,
  );
  return cut === undefined ? text : MASK + text.slice(cut.index + cut[0].length - tail.length);
}

/** Masks an end of this piece that may begin a secret. */
function withoutCutEnd(text: string, forms: readonly string[]): string {
  const cut = Math.max(0, ...forms.map((form) => overlap(text, form)));
  return cut < SHORTEST_PART ? text : text.slice(0, -cut) + MASK;
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
  return [
    secret,
    escaped,
    // Go, and so Terraform, also escapes these three in JSON.
    escaped.replace(/[<>&]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll("%20", "+"),
    ...[0, 1, 2].flatMap((shift) => base64Of(secret, shift)),
  ];
}

/** The secret's own characters in base64 when so many bytes stand before it in a group of three. */
function base64Of(secret: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const skipped = shift === 0 ? 0 : shift + 1;
  const certain = Math.floor((bytes.length * 8) / 6);
  return [bytes.toString("base64"), bytes.toString("base64url")].map((text) =>
    text.slice(skipped, certain),
  );
}
