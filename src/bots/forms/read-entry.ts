import { Json } from "#deployments/change.ts";
import type { ModuleVariable } from "#deployments/ports.ts";
import type { VariableProblem } from "#text/refusal.ts";
import type { VariableCode } from "#text/variables.ts";
import type { Params } from "#text/wording.ts";
import { entryOf, type Entry } from "./entry.ts";
import { exampleOf } from "./example.ts";

/** What was entered for a variable: a value, nothing, or what cannot be read. */
export type Read =
  | { readonly is: "value"; readonly value: Json }
  | { readonly is: "nothing" }
  | { readonly is: "wrong"; readonly problem: VariableProblem };

/**
 * The text of a field as a value of its variable. Only what cannot be read at all is wrong here;
 * the catalogue judges the values.
 */
export function readEntry(variable: ModuleVariable, text: string): Read {
  const entry = entryOf(variable);
  return text.trim() === "" ? emptied(variable, entry) : READERS[entry.is](variable, text, entry);
}

/** Whoever empties a list that is full by default wants it empty. */
function emptied({ default: usual, sensitive }: ModuleVariable, { is }: Entry): Read {
  const isFull = usual !== null && typeof usual === "object" && Object.keys(usual).length > 0;
  if (sensitive || !isFull) {
    return { is: "nothing" };
  }
  if (is === "list" || is === "choices") {
    return value([]);
  }
  return is === "pairs" ? value({}) : { is: "nothing" };
}

type Reader = (variable: ModuleVariable, text: string, entry: Entry) => Read;

const READERS: Readonly<Record<Entry["is"], Reader>> = {
  // Blanks may be part of a secret.
  text: ({ sensitive }, text) => value(sensitive ? text : text.trim()),
  number: (_variable, text) => value(numberOr(text.trim())),
  toggle: (_variable, text, entry) => value(chosen(entry, text.trim())),
  choice: (_variable, text, entry) => value(chosen(entry, text.trim())),
  choices: (_variable, text, entry) =>
    value(text.split(",").map((part) => chosen(entry, part.trim()))),
  list: (variable, text) => readList(variable, text.trim()),
  pairs: (variable, text) => readPairs(variable, text.trim()),
  json: (variable, text) => readJson(variable, text.trim()),
};

const NUMERAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function numberOr(text: string): Json {
  const number = NUMERAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : text;
}

/** The value that the option stands for; any other text stays, to be refused in the module's words. */
function chosen(entry: Entry, text: string): Json {
  const values = "values" in entry ? entry.values : [true, false];
  return values.find((each) => String(each) === text) ?? text;
}

/** Lines where there are several, else what stands between commas: an item may hold a comma. */
function readList(variable: ModuleVariable, text: string): Read {
  if (text.startsWith("[")) {
    return readJson(variable, text);
  }
  const parts = /[\r\n]/.test(text) ? text.split(/\r\n|\r|\n/) : text.split(",");
  const items = parts.map((part) => part.trim()).filter((part) => part !== "");
  return value(items);
}

function readPairs(variable: ModuleVariable, text: string): Read {
  if (text.startsWith("{")) {
    return readJson(variable, text);
  }
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const odd = lines.find((line) => !/^\s*[^\s=][^=]*=/.test(line));
  if (odd !== undefined) {
    return variable.sensitive
      ? wrong(variable, "not-map", {})
      : wrong(variable, "not-pair", { line: odd.trim().slice(0, SHOWN_OF_A_LINE) });
  }
  const pairs = lines.map((line): [string, string] => {
    const at = line.indexOf("=");
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return value(Object.fromEntries(pairs));
}

const SHOWN_OF_A_LINE = 60;

function readJson(variable: ModuleVariable, text: string): Read {
  try {
    return value(Json.parse(JSON.parse(text)));
  } catch {
    // A variable of any type takes bare words as they are.
    return variable.schema["type"] === undefined
      ? value(text)
      : wrong(variable, "not-json", { example: exampleOf(variable.schema) });
  }
}

function value(of: Json): Read {
  return { is: "value", value: of };
}

function wrong({ name }: ModuleVariable, code: VariableCode, params: Params): Read {
  return { is: "wrong", problem: { variable: name, code, params: { where: name, ...params } } };
}
