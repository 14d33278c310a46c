import type { Json } from "#deployments/change.ts";

/** Text that this reader leaves to Terraform; it says nothing about the text being wrong. */
export class NotRead extends Error {
  override readonly name = "NotRead";
}

type Token = {
  readonly kind: "name" | "number" | "string" | "mark" | "end";
  readonly text: string;
};

/** A place in a text of tokens that moves forward only. */
export type Cursor = {
  peek(ahead?: number): Token;
  next(): Token;
  /** Takes the mark or name if it comes next. */
  take(text: string): boolean;
  expect(text: string): void;
};

const SKIPPED = /^(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/;
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*/;
const NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/;
const STRING = /^"((?:[^"\\]|\\.)*)"/;
const MARK = /^(?:\|\||&&|[=!<>]=|\.\.\.|=>|[-+*/%!<>=?:.,()[\]{}])/;

/** Reads an HCL expression; heredocs and strings with templates in them are left to Terraform. */
export function cursor(text: string): Cursor {
  const tokens = tokensOf(text);
  let at = 0;
  function peek(ahead = 0): Token {
    return tokens[at + ahead] ?? { kind: "end", text: "" };
  }
  function next(): Token {
    const token = peek();
    at += 1;
    return token;
  }
  function take(wanted: string): boolean {
    const token = peek();
    const found = (token.kind === "mark" || token.kind === "name") && token.text === wanted;
    at += found ? 1 : 0;
    return found;
  }
  function expect(wanted: string): void {
    if (!take(wanted)) {
      throw new NotRead(`expected ${wanted}, found ${peek().text || "the end"}`);
    }
  }
  return { peek, next, take, expect };
}

/** A literal value: text, number, true, false, null, a list or an object of literals. */
export function readLiteral(from: Cursor): Json {
  const token = from.next();
  switch (token.kind) {
    case "string":
      return token.text;
    case "number":
      return Number(token.text);
    case "name":
      return namedLiteral(token.text);
    case "mark":
      return markedLiteral(from, token.text);
    case "end":
      throw new NotRead("expected a value, found the end");
  }
}

export function readKey(from: Cursor): string {
  const token = from.next();
  if (token.kind !== "name" && token.kind !== "string") {
    throw new NotRead(`expected a name, found ${token.text}`);
  }
  return token.text;
}

function namedLiteral(name: string): Json {
  switch (name) {
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
    default:
      throw new NotRead(`${name} is no literal`);
  }
}

function markedLiteral(from: Cursor, mark: string): Json {
  switch (mark) {
    case "-":
      return -Number(readNumber(from));
    case "[":
      return readItems(from);
    case "{":
      return readFields(from);
    default:
      throw new NotRead(`expected a value, found ${mark}`);
  }
}

function readNumber(from: Cursor): string {
  const token = from.next();
  if (token.kind !== "number") {
    throw new NotRead(`expected a number, found ${token.text}`);
  }
  return token.text;
}

function readItems(from: Cursor): Json[] {
  const items: Json[] = [];
  while (!from.take("]")) {
    items.push(readLiteral(from));
    if (!from.take(",")) {
      from.expect("]");
      return items;
    }
  }
  return items;
}

function readFields(from: Cursor): Json {
  const fields: [string, Json][] = [];
  while (!from.take("}")) {
    const name = readKey(from);
    if (!from.take("=")) {
      from.expect(":");
    }
    fields.push([name, readLiteral(from)]);
    // A newline separates as well as a comma does, and newlines are skipped.
    from.take(",");
  }
  return Object.fromEntries(fields);
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text.replace(SKIPPED, "");
  while (rest !== "") {
    const { token, length } = firstToken(rest);
    tokens.push(token);
    rest = rest.slice(length);
    while (SKIPPED.test(rest)) {
      rest = rest.replace(SKIPPED, "");
    }
  }
  return tokens;
}

function firstToken(rest: string): { token: Token; length: number } {
  const quoted = STRING.exec(rest);
  if (quoted !== null) {
    return {
      token: { kind: "string", text: unquoted(quoted[1] ?? "") },
      length: quoted[0].length,
    };
  }
  for (const [kind, pattern] of [
    ["name", NAME],
    ["number", NUMBER],
    ["mark", MARK],
  ] as const) {
    const found = pattern.exec(rest);
    if (found !== null) {
      return { token: { kind, text: found[0] }, length: found[0].length };
    }
  }
  throw new NotRead(`found ${rest.slice(0, 20)}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "\\": "\\",
};

function unquoted(raw: string): string {
  if (/[$%]\{/.test(raw) || raw.includes("\n")) {
    throw new NotRead("a template");
  }
  return raw.replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/g, (mark, code: string) => {
    if (code.length > 1) {
      return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    }
    const plain = ESCAPES[code];
    if (plain === undefined) {
      throw new NotRead(`the escape ${mark}`);
    }
    return plain;
  });
}
