import { MOST_ENTERED, type Field, type FieldKind, type Option } from "#bots/field.ts";
import type { Json } from "#deployments/change.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { regionName, type Region } from "#deployments/regions.ts";
import { FORM } from "#text/forms.ts";
import { say, type Lang, type Wording } from "#text/wording.ts";
import { entryOf, shownAs, type Entry } from "./entry.ts";
import { exampleOf } from "./example.ts";
import { fieldIdOf } from "./form.ts";

export type FieldSetting = {
  readonly lang: Lang;
  readonly module: Module;
  /** Regions that may be chosen, in the module's order. */
  readonly regions: readonly Region[];
  /** A value is kept already, so that a secret may stay empty. */
  readonly stands: boolean;
};

/** A variable as a field with this text in it; a secret never shows one. */
export function variableField(
  setting: FieldSetting,
  variable: ModuleVariable,
  text: string,
): Field {
  const { lang, stands } = setting;
  const entry = entryOf(variable);
  const isKept = variable.sensitive && stands;
  const hint = hintFor(setting, variable, entry);
  return {
    id: fieldIdOf(variable.name),
    label: variable.label[lang],
    required: variable.required && !isKept,
    ...(hint === "" ? {} : { hint }),
    ...withValue(kindOf(setting, variable, entry), text),
    ...(variable.sensitive || text === "" ? {} : { value: text }),
    ...(isMultiline(text) && entry.is === "text" && !variable.sensitive ? { kind: "lines" } : {}),
  };
}

/** The text of a value in its field, and whether it has room there. */
export function textOf(variable: ModuleVariable, value: Json): string {
  const isUsual = JSON.stringify(value) === JSON.stringify(variable.default);
  const text = shownAs(entryOf(variable), value);
  // An empty object tells nothing that the empty field does not.
  return isUsual && (text === "{}" || text === "[]") ? "" : text;
}

export function fits(text: string): boolean {
  return text.length <= MOST_ENTERED;
}

/** What stands must stay choosable, also when nobody may choose it any more. */
function withValue(kind: FieldKind, text: string): FieldKind {
  const isStrange =
    kind.kind === "choice" && text !== "" && kind.options.every(({ value }) => value !== text);
  return isStrange ? { ...kind, options: [...kind.options, { value: text, label: text }] } : kind;
}

function isMultiline(text: string): boolean {
  return /[\r\n]/.test(text);
}

function kindOf(setting: FieldSetting, variable: ModuleVariable, entry: Entry): FieldKind {
  if (variable.sensitive) {
    return { kind: "secret" };
  }
  if (variable.name === setting.module.region?.variable) {
    return { kind: "choice", options: regionOptions(setting) };
  }
  if (entry.is === "choice" || entry.is === "choices") {
    return { kind: entry.is, options: options(setting, variable, entry.values) };
  }
  if (entry.is === "number") {
    const { is: kind, ...bounds } = entry;
    return { kind, ...bounds };
  }
  if (entry.is === "toggle") {
    return { kind: "toggle" };
  }
  const placeholder = placeholderOf(setting, variable, entry);
  const example = placeholder === "" ? {} : { placeholder };
  return entry.is === "text"
    ? { kind: "text", most: MOST_ENTERED, ...example }
    : { kind: "lines", ...example };
}

function regionOptions({ lang, regions, module }: FieldSetting): Option[] {
  return (module.region?.allowed ?? []).flatMap((code) => {
    const region = regions.find((each) => each.code === code);
    return region === undefined ? [] : [{ value: code, label: regionName(region, lang) }];
  });
}

function options(
  { lang }: FieldSetting,
  variable: ModuleVariable,
  values: readonly (string | number | boolean)[],
): Option[] {
  return values.map((value) => {
    const named = variable.choices.find((choice) => choice.value === String(value));
    const plain = typeof value === "boolean" ? FORM[value ? "yes" : "no"][lang] : String(value);
    return { value: String(value), label: named?.label[lang] ?? plain };
  });
}

/** An example, seen where nothing stands in the field. */
function placeholderOf({ module }: FieldSetting, variable: ModuleVariable, entry: Entry): string {
  const example = module.facts.example[variable.name];
  if (example !== undefined && example !== null) {
    return shownAs(entry, example);
  }
  if (entry.is === "json") {
    return exampleOf(variable.schema);
  }
  return entry.is === "pairs" ? "team = web" : "";
}

function hintFor(
  { lang, stands, module }: FieldSetting,
  variable: ModuleVariable,
  entry: Entry,
): string {
  if (variable.name === module.region?.variable) {
    return "";
  }
  const secret = stands ? FORM.keepsSecret[lang] : FORM.secret[lang];
  const how = variable.sensitive ? secret : howToFill(entry, lang);
  return [variable.description, how].filter((part) => part !== "").join(" ");
}

function howToFill(entry: Entry, lang: Lang): string {
  if (entry.is === "number") {
    const { least, most } = entry;
    return least === undefined || most === undefined
      ? ""
      : say(FORM.between, lang, { least, most });
  }
  const wording = HOW_TO_FILL[entry.is];
  return wording === null ? "" : wording[lang];
}

const HOW_TO_FILL = {
  text: null,
  toggle: null,
  choice: null,
  choices: null,
  list: FORM.onePerLine,
  pairs: FORM.pairPerLine,
  json: FORM.asJson,
} as const satisfies Record<Exclude<Entry["is"], "number">, Wording | null>;
