import { Json } from "#deployments/change.ts";

/** One word of a command: bare, or `key=value` with the value read as JSON where it is JSON. */
export type Word =
  | { readonly key: null; readonly text: string }
  | { readonly key: string; readonly text: string; readonly value: Json };

/** Cuts a command at its spaces, but not inside quotes and JSON brackets. */
export function readWords(text: string): Word[] {
  return cut(straightQuotes(text)).map(readWord);
}

/** Chat clients and phones turn quotes into typographic ones. */
function straightQuotes(text: string): string {
  return text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
}

const OPENING: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

function cut(text: string): string[] {
  const words: string[] = [];
  const letters = Array.from(text);
  let word = "";
  let quote = "";
  const closers: string[] = [];
  let escaped = false;
  for (const [at, letter] of letters.entries()) {
    if (letter.trim() === "" && quote === "" && closers.length === 0) {
      words.push(word);
      word = "";
      continue;
    }
    quote = escaped ? quote : quoteAfter(quote, letter, letters[at - 1]);
    // A backslash that is escaped itself escapes nothing.
    escaped = quote !== "" && letter === "\\" && !escaped;
    if (quote === "") {
      follow(closers, letter);
    }
    word += letter;
  }
  return [...words, word].filter((one) => one !== "");
}

function quoteAfter(quote: string, letter: string, before: string | undefined): string {
  if (quote !== "") {
    return letter === quote ? "" : quote;
  }
  // An apostrophe inside a word opens nothing.
  const opens =
    letter === '"' || (letter === "'" && (before === undefined || /[\s=]/.test(before)));
  return opens ? letter : "";
}

function follow(closers: string[], letter: string): void {
  const closer = OPENING[letter];
  if (closer !== undefined) {
    closers.push(closer);
  } else if (letter === closers.at(-1)) {
    closers.pop();
  }
}

function readWord(word: string): Word {
  const pair = /^([A-Za-z_][\w-]*)=(.*)$/su.exec(word);
  if (pair === null) {
    return { key: null, text: unquoted(word) };
  }
  const [, key = "", value = ""] = pair;
  return { key, text: word, value: readValue(value) };
}

/** JSON where it reads back the same (`1.10` and `007` stay text), else the text itself. */
function readValue(raw: string): Json {
  if (/^'.*'$/s.test(raw)) {
    return raw.slice(1, -1);
  }
  try {
    const value = Json.parse(JSON.parse(raw));
    const isNumber = typeof value === "number";
    return isNumber && String(value) !== raw ? raw : value;
  } catch {
    // Not JSON: most values are plain words.
    return unquoted(raw);
  }
}

function unquoted(raw: string): string {
  return /^(["']).*\1$/s.test(raw) && raw.length > 1 ? raw.slice(1, -1) : raw;
}
