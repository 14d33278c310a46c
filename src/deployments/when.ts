import { z } from "zod";
import type { Json } from "./change.ts";

type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in";
type Scalar = string | number | boolean | null;

/** One comparison; `name` may go into objects by dots (`scaling.max`). */
export type Comparison = {
  readonly name: string;
  readonly operator: Operator;
  readonly value: Scalar | readonly Scalar[];
};

/** A condition of module.yaml: alternatives, in each of which every comparison must hold. */
export type Condition = { readonly text: string; readonly any: readonly (readonly Comparison[])[] };

export type Values = { readonly [name: string]: Json | undefined };

/** A text of the grammar as a condition; zod names what is wrong with another one. */
export const When = z.string().transform((text, context): Condition => {
  const condition = parseWhen(text);
  if (condition === null) {
    context.addIssue({
      code: "custom",
      message: `“${text}” is no condition; write \`name op value\` (== != < <= > >= in), joined by and, or`,
    });
    return z.NEVER;
  }
  return condition;
});

/**
 * Reads `nat_mode != none and az_count >= 2 or environment in [stg, prod]`: `and` binds tighter,
 * values are numbers, true, false, null, words, "quoted texts" and [lists] of them. Null: not that.
 */
export function parseWhen(text: string): Condition | null {
  const words = wordsOf(text);
  if (words === null) {
    return null;
  }
  const any: Comparison[][] = [];
  for (const alternative of splitAt(words, "or")) {
    const all = splitAt(alternative, "and").map(comparisonOf);
    if (all.some((each) => each === null)) {
      return null;
    }
    any.push(all.filter((each) => each !== null));
  }
  return { text, any };
}

/** False for every comparison with a value that is not known. */
export function holds(condition: Condition, values: Values): boolean {
  return condition.any.some((all) => all.every((each) => compares(each, values)));
}

/** Variables that a condition asks about, each once. */
export function namesIn(condition: Condition): readonly string[] {
  const names = condition.any.flat().map(({ name }) => name.split(".")[0] ?? name);
  return [...new Set(names)];
}

const WORD = /\s*(?:"((?:[^"\\]|\\.)*)"|(==|!=|<=|>=|<|>|\[|\]|,)|([\p{L}\p{N}_.:/+*-]+))/uy;

type Word = { readonly is: "mark" | "word" | "quoted"; readonly text: string };

function wordsOf(text: string): readonly Word[] | null {
  const words: Word[] = [];
  const pattern = new RegExp(WORD);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const found = pattern.exec(text);
    if (found === null) {
      return null;
    }
    words.push(wordOf(found));
  }
  return words;
}

function wordOf([, quoted, mark, word]: readonly (string | undefined)[]): Word {
  if (quoted !== undefined) {
    return { is: "quoted", text: quoted.replace(/\\(.)/g, "$1") };
  }
  return mark === undefined ? { is: "word", text: word ?? "" } : { is: "mark", text: mark };
}

function splitAt(words: readonly Word[], joint: "and" | "or"): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]];
  for (const word of words) {
    if (word.is === "word" && word.text === joint) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(word);
    }
  }
  return parts;
}

const OPERATORS: readonly Operator[] = ["==", "!=", "<", "<=", ">", ">=", "in"];
const NAME = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*$/;

function comparisonOf([name, mark, ...rest]: readonly Word[]): Comparison | null {
  const operator = OPERATORS.find((each) => each === mark?.text);
  const value = valueOf(rest);
  if (name?.is !== "word" || !NAME.test(name.text) || operator === undefined || value === null) {
    return null;
  }
  return takes(operator, value.is) ? { name: name.text, operator, value: value.is } : null;
}

function takes(operator: Operator, value: Comparison["value"]): boolean {
  switch (operator) {
    case "==":
    case "!=":
      return true;
    case "in":
      return Array.isArray(value);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return typeof value === "number" || typeof value === "string";
  }
}

/** Wrapped, because null is a value too. */
function valueOf(words: readonly Word[]): { readonly is: Comparison["value"] } | null {
  const [first, ...rest] = words;
  if (first === undefined) {
    return null;
  }
  if (first.is === "mark") {
    return first.text === "[" ? listOf(rest) : null;
  }
  return rest.length === 0 ? { is: scalarOf(first) } : null;
}

function listOf(words: readonly Word[]): { readonly is: readonly Scalar[] } | null {
  const close = words.at(-1);
  const items = words.slice(0, -1);
  if (close?.is !== "mark" || close.text !== "]") {
    return null;
  }
  // Items stand at even places, commas between them.
  const wellMade = items.every((each, at) =>
    at % 2 === 0 ? each.is !== "mark" : each.is === "mark" && each.text === ",",
  );
  const complete = items.length === 0 || items.length % 2 === 1;
  return wellMade && complete
    ? { is: items.filter((_each, at) => at % 2 === 0).map(scalarOf) }
    : null;
}

function scalarOf({ is, text }: Word): Scalar {
  if (is === "quoted") {
    return text;
  }
  if (text === "true" || text === "false") {
    return text === "true";
  }
  if (text === "null") {
    return null;
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function compares({ name, operator, value }: Comparison, values: Values): boolean {
  const found = lookUp(values, name.split("."));
  if (found === undefined) {
    return false;
  }
  switch (operator) {
    case "==":
      return equal(found, value);
    case "!=":
      return !equal(found, value);
    case "in":
      return Array.isArray(value) && value.some((each: Scalar) => equal(found, each));
    case "<":
    case "<=":
    case ">":
    case ">=":
      return inOrder(operator, orderOf(found, value));
  }
}

function lookUp(values: Values, [step = "", ...rest]: readonly string[]): Json | undefined {
  const found = Object.hasOwn(values, step) ? values[step] : undefined;
  if (rest.length === 0 || found === undefined) {
    return found;
  }
  const within = typeof found === "object" && found !== null && !Array.isArray(found);
  return within ? lookUp(found, rest) : undefined;
}

/** A number and a text of the same digits are equal, because forms and chat give texts. */
function equal(found: Json, value: Comparison["value"]): boolean {
  if (Array.isArray(found) || (Array.isArray(value) && typeof found === "object")) {
    return JSON.stringify(found) === JSON.stringify(value);
  }
  const alike = typeof found !== "object" && value !== null && !Array.isArray(value);
  return found === value || (alike && String(found) === String(value));
}

/** Below 0, 0 or above 0; null where there is no order. Dotted texts are versions: 1.9 < 1.30. */
function orderOf(found: Json, value: Comparison["value"]): number | null {
  if (typeof found === "number") {
    const limit = Number(value);
    return Number.isFinite(limit) ? found - limit : null;
  }
  const version = /^\d+(\.\d+)*$/;
  if (typeof found !== "string" || !version.test(found) || !version.test(String(value))) {
    return null;
  }
  const left = found.split(".").map(Number);
  const right = String(value).split(".").map(Number);
  const at = Array.from({ length: Math.max(left.length, right.length) }, (_each, index) => index);
  const differing = at.find((index) => (left[index] ?? 0) !== (right[index] ?? 0)) ?? 0;
  return (left[differing] ?? 0) - (right[differing] ?? 0);
}

function inOrder(operator: "<" | "<=" | ">" | ">=", order: number | null): boolean {
  if (order === null) {
    return false;
  }
  const answers = { "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0 };
  return answers[operator];
}
