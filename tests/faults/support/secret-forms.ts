/** Secrets by the name that a finding gives them. */
export type Secrets = ReadonlyMap<string, string>;

const SHORTEST = 8;
// A token, or a secret in base64: looking for hundreds of them through all text would take minutes.
const WORD = /^[\w+/=-]{32,}$/;
const WORDS = /[\w+/=-]{32,}/g;

/**
 * Answers the names of the secrets that a text gives away: plain, in JSON at any depth, URL-escaped,
 * or in base64 wherever in the encoded bytes it begins. Written apart from the product's redactor.
 */
export function openSecretFinder(secrets: Secrets): (text: string) => string[] {
  const forms = [...secrets].flatMap(([name, value]) =>
    formsOf(value).map((form) => ({ name, form, isWord: WORD.test(form) })),
  );
  return (text) => {
    const plain = withoutEscapes(text);
    const readings = [...new Set([text, plain, decoded(plain)])];
    const words = readings.map((reading) => reading.match(WORDS)?.join(" ") ?? "");
    const found = forms.filter(({ form, isWord }) =>
      (isWord ? words : readings).some((reading) => reading.includes(form)),
    );
    return [...new Set(found.map(({ name }) => name))];
  };
}

function formsOf(secret: string): string[] {
  if (secret.length < SHORTEST) {
    throw new Error("So short a secret is found in everything.");
  }
  return [withoutEscapes(secret), ...[0, 1, 2].flatMap((shift) => inBase64(secret, shift))];
}

/** JSON in JSON has a backslash more each time; without any of them all depths are one. */
function withoutEscapes(text: string): string {
  return text
    .replace(/\\+u([0-9a-f]{4})/gi, (_whole, hex: string) => character(hex))
    .replaceAll("\\", "");
}

/** Escapes of ASCII only: others are more than one byte long, and no secret of ours has such letters. */
function decoded(text: string): string {
  return text
    .replace(/%([0-7][0-9a-f])/gi, (_whole, hex: string) => character(hex))
    .replaceAll("+", " ");
}

function character(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/** What is the same however many bytes follow, when so many came before it in a group of three. */
function inBase64(secret: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const own = [shift === 0 ? 0 : shift + 1, Math.floor((bytes.length * 8) / 6)] as const;
  return [bytes.toString("base64").slice(...own), bytes.toString("base64url").slice(...own)];
}
