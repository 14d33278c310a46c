import type { Json, Vars } from "#deployments/change.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import type { VariableProblem } from "#text/refusal.ts";
import type { Params } from "#text/wording.ts";
import type { VariableCode } from "#text/variables.ts";
import type { TypeExpression } from "./type-expression.ts";
import type { Bound, Rule } from "./variable-rules.ts";
import { convert, isRecord, type Fault } from "./value-type.ts";
import { nearest } from "./nearest.ts";

/** What a variable's value must be, read once from the module's text. */
export type Judge = { readonly type: TypeExpression; readonly rules: readonly Rule[] };
export type Judges = ReadonlyMap<string, Judge>;

/** One problem for each wrong variable, in the order of the module's variables, strangers last. */
export function checkVariables(
  module: Module,
  judges: Judges,
  vars: Vars,
): readonly VariableProblem[] {
  const own = module.variables.flatMap((variable) => {
    const judge = judges.get(variable.name);
    const given = Object.hasOwn(vars, variable.name) ? vars[variable.name] : undefined;
    return judge === undefined ? [] : problemOf(module, { variable, judge }, given);
  });
  return [...own, ...strangers(module, vars)];
}

function problemOf(
  module: Module,
  { variable, judge }: { readonly variable: ModuleVariable; readonly judge: Judge },
  given: Json | undefined,
): readonly VariableProblem[] {
  if (given === undefined || given === null) {
    const { name, description } = variable;
    return variable.required
      ? [problem(name, "missing-variable", { module: module.name, description })]
      : [];
  }
  const converted = convert(judge.type, given, variable.name);
  const fault = converted.ok
    ? firstBroken(variable, judge.rules, converted.value)
    : converted.fault;
  return fault === null ? [] : [problem(variable.name, fault.code, fault.params)];
}

/** `region` goes to the provider, whatever the module declares. */
function strangers(module: Module, vars: Vars): readonly VariableProblem[] {
  const known = module.variables.map(({ name }) => name);
  return Object.keys(vars)
    .filter((name) => name !== "region" && !known.includes(name))
    .map((name) => {
      const like = nearest(name, known);
      return like === null
        ? problem(name, "unknown-variable", { module: module.name, known: known.join(", ") })
        : problem(name, "unknown-variable-like", { module: module.name, like });
    });
}

function problem(variable: string, code: VariableCode, params: Params): VariableProblem {
  return { variable, code, params };
}

function firstBroken(variable: ModuleVariable, rules: readonly Rule[], value: Json): Fault | null {
  for (const rule of rules) {
    for (const place of placesAt({ where: variable.name, value }, rule.path)) {
      const fault = rule.except.includes(place.value) ? null : broken(variable, rule, place);
      if (fault !== null) {
        return fault;
      }
    }
  }
  return null;
}

type PlacedValue = { readonly where: string; readonly value: Json };

/** The values that a rule is about; none where the value has no such place. */
function placesAt(place: PlacedValue, path: readonly string[]): readonly PlacedValue[] {
  const [step, ...rest] = path;
  if (step === undefined) {
    return [place];
  }
  const { where, value } = place;
  if (step === "*" && Array.isArray(value)) {
    return value.flatMap((item, index) =>
      placesAt({ where: `${where}[${index}]`, value: item }, rest),
    );
  }
  if (!isRecord(value)) {
    return [];
  }
  if (step === "*") {
    return Object.entries(value).flatMap(([key, item]) =>
      placesAt({ where: `${where}["${key}"]`, value: item }, rest),
    );
  }
  const field = Object.hasOwn(value, step) ? value[step] : undefined;
  return field === undefined ? [] : placesAt({ where: `${where}.${step}`, value: field }, rest);
}

function broken(variable: ModuleVariable, rule: Rule, place: PlacedValue): Fault | null {
  const { where, value } = place;
  switch (rule.is) {
    case "choices":
      return outOfChoice(variable, rule.values, place);
    case "pattern":
      return breaksPattern(rule.pattern, value)
        ? { code: "module-rule", params: { where, rule: rule.message } }
        : null;
    case "whole":
      return typeof value === "number" && !Number.isInteger(value)
        ? { code: "not-whole", params: { where } }
        : null;
    case "range":
      return outOfRange(rule.bound, rule.limit, place);
    case "size":
      return outOfSize(rule.bound, rule.limit, place);
  }
}

/** Longer texts are left to Terraform, whose patterns cannot be made to run away. */
const PATTERN_LENGTH = 1024;

function breaksPattern(pattern: RegExp, value: Json): boolean {
  return typeof value === "string" && value.length <= PATTERN_LENGTH && !pattern.test(value);
}

const SHOWN_CHOICES = 12;

function outOfChoice(
  variable: ModuleVariable,
  values: readonly Json[],
  { where, value }: PlacedValue,
): Fault | null {
  // Terraform makes values of one list alike before it compares; other types are left to it.
  const comparable = values.every((each) => typeof each === typeof value);
  if (!isScalar(value) || !comparable || values.includes(value)) {
    return null;
  }
  const words = values.map(String);
  const choices =
    words.slice(0, SHOWN_CHOICES).join(", ") + (words.length > SHOWN_CHOICES ? ", …" : "");
  const like = aliased(variable, String(value)) ?? nearest(String(value), words);
  return like === null
    ? { code: "not-a-choice", params: { where, choices } }
    : { code: "not-a-choice-like", params: { where, choices, like } };
}

function aliased(variable: ModuleVariable, word: string): string | null {
  const wanted = word.trim().toLowerCase();
  const meant = variable.choices.find(({ aliases, label }) =>
    [...aliases, label.en, label.ko].some((each) => each.toLowerCase() === wanted),
  );
  return meant?.value ?? null;
}

function isScalar(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== "object";
}

const RANGES = {
  "at-least": { holds: (value, limit) => value >= limit, code: "too-small" },
  "at-most": { holds: (value, limit) => value <= limit, code: "too-large" },
  above: { holds: (value, limit) => value > limit, code: "not-above" },
  below: { holds: (value, limit) => value < limit, code: "not-below" },
} as const satisfies Record<
  Bound,
  { holds: (value: number, limit: number) => boolean; code: VariableCode }
>;

function outOfRange(bound: Bound, limit: number, { where, value }: PlacedValue): Fault | null {
  const { holds, code } = RANGES[bound];
  return typeof value !== "number" || holds(value, limit)
    ? null
    : { code, params: { where, limit } };
}

const SIZES = {
  "at-least": { text: "too-short", entries: "too-few" },
  "at-most": { text: "too-long", entries: "too-many" },
} as const;

function outOfSize(
  bound: "at-least" | "at-most",
  limit: number,
  { where, value }: PlacedValue,
): Fault | null {
  const size = sizeOf(value);
  if (size === null || RANGES[bound].holds(size, limit)) {
    return null;
  }
  const code = SIZES[bound][typeof value === "string" ? "text" : "entries"];
  return { code, params: { where, limit } };
}

/** Terraform's `length`: characters as people see them, items, or fields. */
function sizeOf(value: Json): number | null {
  if (typeof value === "string") {
    return Array.from(new Intl.Segmenter().segment(value)).length;
  }
  if (Array.isArray(value)) {
    return value.length;
  }
  return isRecord(value) ? Object.keys(value).length : null;
}
