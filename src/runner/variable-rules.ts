import type { Json } from "#deployments/change.ts";
import { parseCondition, type Condition } from "./condition.ts";

export type Bound = "at-least" | "at-most" | "above" | "below";

type Demand =
  | { readonly is: "choices"; readonly values: readonly (string | number | boolean)[] }
  | { readonly is: "pattern"; readonly pattern: RegExp }
  | { readonly is: "range"; readonly bound: Bound; readonly limit: number }
  /** Of a text in characters, of a list or map in items. */
  | { readonly is: "size"; readonly bound: "at-least" | "at-most"; readonly limit: number }
  | { readonly is: "whole" };

/** What a value must be, as far as it can be known without Terraform. Null is never judged. */
export type Rule = Demand & {
  /** From the variable to the judged value: field names, and `*` for every item. */
  readonly path: readonly string[];
  /** Values that pass whatever the rule says: `var.x == "" || …`. */
  readonly except: readonly Json[];
  /** The module's own words for it. */
  readonly message: string;
};

export type Validation = { readonly condition: string; readonly message: string };

/** Rules that a variable's validations imply; what is not understood is left to Terraform. */
export function rulesOf(variable: string, validations: readonly Validation[]): readonly Rule[] {
  return validations.flatMap(({ condition, message }) => {
    const read = parseCondition(condition);
    const found = read === null ? [] : implied(read, new Map([[`var.${variable}`, []]]));
    return found.map((each) => Object.assign(each, { message }));
  });
}

/** Names that stand for a place in the value: `var.services`, or the item of a `for`. */
type Scope = ReadonlyMap<string, readonly string[]>;
type Found = Demand & { readonly path: readonly string[]; readonly except: readonly Json[] };

/** Each rule found is a consequence of the condition, so a value that breaks one breaks it. */
function implied(condition: Condition, scope: Scope): readonly Found[] {
  if (condition.is === "call") {
    return impliedByCall(condition.name, condition.args, scope);
  }
  if (condition.is !== "binary") {
    return [];
  }
  const { mark, left, right } = condition;
  if (mark === "&&") {
    return [...implied(left, scope), ...implied(right, scope)];
  }
  return mark === "||" ? excepted(left, right, scope) : compared(condition, scope);
}

/** `var.x == "" || rule` and `var.x == null || rule`: the rule, but for that value. */
function excepted(left: Condition, right: Condition, scope: Scope): readonly Found[] {
  if (left.is !== "binary" || left.mark !== "==" || left.right.is !== "literal") {
    return [];
  }
  const path = placeOf(left.left, scope);
  const value = left.right.value;
  const rules = implied(right, scope);
  if (path === null || rules.some((rule) => !samePath(rule.path, path))) {
    return [];
  }
  return rules.map((rule) => ({ ...rule, except: [...rule.except, value] }));
}

function impliedByCall(name: string, args: readonly Condition[], scope: Scope): readonly Found[] {
  switch (name) {
    case "alltrue":
      return everyItem(args, scope);
    case "contains":
      return chosen(args, scope);
    case "can":
      return matched(args, scope);
    default:
      return [];
  }
}

/** `alltrue([for item in var.x : …])`: what the body says of an item holds for each. */
function everyItem([loop]: readonly Condition[], scope: Scope): readonly Found[] {
  const over = loop?.is === "for" ? placeOf(loop.over, scope) : null;
  return loop?.is === "for" && over !== null
    ? implied(loop.body, new Map([...scope, [loop.item, [...over, "*"]]]))
    : [];
}

function chosen([list, place]: readonly Condition[], scope: Scope): readonly Found[] {
  const path = place === undefined ? null : placeOf(place, scope);
  if (list?.is !== "list" || path === null) {
    return [];
  }
  const values = list.items.flatMap((item) => scalarsOf(item));
  const known = values.length === list.items.length && values.length > 0;
  return known ? [{ is: "choices", values, path, except: [] }] : [];
}

function scalarsOf(item: Condition): readonly (string | number | boolean)[] {
  const value = item.is === "literal" ? item.value : null;
  return value === null || typeof value === "object" ? [] : [value];
}

/** `can(regex("…", var.x))` */
function matched([tried]: readonly Condition[], scope: Scope): readonly Found[] {
  const [text, place] = tried?.is === "call" && tried.name === "regex" ? tried.args : [];
  const path = place === undefined ? null : placeOf(place, scope);
  if (text?.is !== "literal" || typeof text.value !== "string" || path === null) {
    return [];
  }
  const pattern = samePattern(text.value);
  return pattern === null ? [] : [{ is: "pattern", pattern, path, except: [] }];
}

/**
 * A pattern that means the same to JavaScript as to Terraform's RE2; null when that is not sure
 * (flags, named classes, `.`, `\s`, `\b`, `\p`, lookarounds).
 */
function samePattern(text: string): RegExp | null {
  const classesOut = text.replace(/\[(?:\\.|[^\]\\])*\]/g, "");
  const doubtful =
    /\\[^dwDW.\-/^$*+?()[\]{}|\\]/.test(text) ||
    /\[:|\(\?(?!:)/.test(text) ||
    /(?<!\\)\./.test(classesOut);
  if (doubtful) {
    return null;
  }
  try {
    return new RegExp(text, "u");
  } catch {
    // RE2 knows forms that JavaScript does not; Terraform judges them.
    return null;
  }
}

const TURNED: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

function compared(condition: Extract<Condition, { is: "binary" }>, scope: Scope): readonly Found[] {
  const { left, right, mark } = condition;
  if (mark === "==") {
    return whole(left, right, scope);
  }
  if (left.is === "literal") {
    return limited(right, { mark: TURNED[mark] ?? mark, limit: left.value }, scope);
  }
  return right.is === "literal" ? limited(left, { mark, limit: right.value }, scope) : [];
}

/** `floor(var.x) == var.x`, either way round, and `var.x % 1 == 0`. */
function whole(left: Condition, right: Condition, scope: Scope): readonly Found[] {
  const path = wholeByRemainder(left, right, scope) ?? wholeByRounding(left, right, scope);
  return path === null ? [] : [{ is: "whole", path, except: [] }];
}

type Path = readonly string[] | null;

function wholeByRemainder(left: Condition, right: Condition, scope: Scope): Path {
  const sure = left.is === "binary" && left.mark === "%" && isNumber(left.right, 1);
  return sure && isNumber(right, 0) ? placeOf(left.left, scope) : null;
}

function wholeByRounding(left: Condition, right: Condition, scope: Scope): Path {
  const [rounded, plain] = left.is === "call" ? [left, right] : [right, left];
  const isRounded = rounded.is === "call" && ["floor", "ceil"].includes(rounded.name);
  const inner = isRounded ? rounded.args[0] : undefined;
  const path = placeOf(plain, scope);
  const same = inner === undefined ? null : placeOf(inner, scope);
  return path !== null && same !== null && samePath(path, same) ? path : null;
}

function limited(
  judged: Condition,
  bound: { readonly mark: string; readonly limit: Json },
  scope: Scope,
): readonly Found[] {
  if (typeof bound.limit !== "number") {
    return [];
  }
  const [measured] = judged.is === "call" && judged.name === "length" ? judged.args : [];
  if (measured !== undefined) {
    return sized(placeOf(measured, scope), bound.mark, bound.limit);
  }
  const path = placeOf(judged, scope);
  const rule = BOUNDS[bound.mark];
  return path === null || rule === undefined
    ? []
    : [{ is: "range", bound: rule, limit: bound.limit, path, except: [] }];
}

const BOUNDS: Readonly<Record<string, Bound>> = {
  ">=": "at-least",
  "<=": "at-most",
  ">": "above",
  "<": "below",
};

function sized(path: Path, mark: string, limit: number): readonly Found[] {
  if (path === null || !Number.isInteger(limit)) {
    return [];
  }
  const same = { is: "size" as const, path, except: [] };
  switch (mark) {
    case ">=":
      return [{ ...same, bound: "at-least", limit }];
    case ">":
      return [{ ...same, bound: "at-least", limit: limit + 1 }];
    case "<=":
      return [{ ...same, bound: "at-most", limit }];
    case "<":
      return [{ ...same, bound: "at-most", limit: limit - 1 }];
    default:
      return [];
  }
}

/** Where in the variable's value a reference points; null when it points elsewhere. */
function placeOf(condition: Condition, scope: Scope): readonly string[] | null {
  // A splat is one list of all items, not each of them.
  if (condition.is !== "reference" || condition.path.includes("*")) {
    return null;
  }
  const isVariable = condition.path[0] === "var";
  const name = condition.path.slice(0, isVariable ? 2 : 1).join(".");
  const start = scope.get(name);
  return start === undefined ? null : [...start, ...condition.path.slice(isVariable ? 2 : 1)];
}

function samePath(left: readonly string[], right: readonly string[]): boolean {
  return left.join(".") === right.join(".");
}

function isNumber(condition: Condition, value: number): boolean {
  return condition.is === "literal" && condition.value === value;
}
