import type { Action, Block, Card, Span } from "#bots/card.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { OWN_FIELDS } from "#bots/forms/form.ts";
import { FORM } from "#text/forms.ts";
import { MODULES } from "#text/info-cards.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

/** Buttons on one card; platforms draw five or six in a row and hide the rest in a menu. */
const BUTTONS_SHOWN = 5;

/** What the card reads of a module. */
export type Listed = Pick<Module, "name" | "version" | "cloud" | "title" | "summary"> & {
  readonly variables: readonly Pick<ModuleVariable, "name" | "required">[];
};

export type ModulesView = { readonly setting: Setting; readonly modules: readonly Listed[] };

/** The catalogue, with a form for each module, and buttons that say an example. */
export function modulesCard({ setting, modules }: ModulesView): Card {
  const { lang } = setting;
  const words = modules.length === 0 ? MODULES.none[lang] : MODULES.press[lang];
  return parts.card(setting, {
    title: MODULES.title[lang],
    tone: "neutral",
    body: [
      ...modules.flatMap((module) => moduleBlocks(setting, module)),
      ...(modules.length === 0 ? [] : [moduleField(setting, modules)]),
      parts.subtle(words),
    ],
    actions: [
      ...(modules.length === 0 ? [] : [createButton(setting)]),
      ...modules.slice(0, BUTTONS_SHOWN).map((module) => tryButton(setting, module)),
    ],
    fallback: [MODULES.title[lang], ...modules.map(({ name }) => name)].join(" · "),
  });
}

function moduleField({ lang }: Setting, modules: readonly Listed[]): Block {
  const options = modules.map(({ name, title }) => ({
    value: name,
    label: `${title[lang]} (${name})`,
  }));
  const label = FORM.module[lang];
  const id = OWN_FIELDS.module;
  return { kind: "field", field: { id, label, required: true, kind: "choice", options } };
}

/** Every module can be chosen here, however many there are. */
function createButton({ lang }: Setting): Action {
  const value = { do: "form" } as const;
  return { label: FORM.open[lang], style: "primary", value, takesFields: true };
}

function tryButton(setting: Setting, module: Listed): Action {
  const title = module.title[setting.lang];
  const label = parts.sayIn(setting, MODULES.button, { title });
  return parts.sayButton(label, exampleOf(setting, module));
}

/** A sentence that asks for the module in plain words. */
export function exampleOf(setting: Setting, module: Listed): string {
  return parts.sayIn(setting, MODULES.example, { title: inSentence(module.title[setting.lang]) });
}

/** “App environment” loses its capital within a sentence, “VPC” does not. */
function inSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

function moduleBlocks(setting: Setting, module: Listed): Block[] {
  const { lang } = setting;
  const named = module.variables.filter(({ name }) => name !== "name" && name !== "environment");
  const needs = named.filter(({ required }) => required).map(({ name }) => name);
  const optional = named.filter(({ required }) => !required).map(({ name }) => name);
  return [
    { kind: "heading", text: module.title[lang] },
    parts.text(module.summary[lang]),
    // One block: a card has room for so many, and the catalogue grows.
    parts.subtle(
      parts.code(module.name),
      ` ${module.version} · ${module.cloud}`,
      ...variablesLine(MODULES.needs[lang], needs),
      ...variablesLine(MODULES.optional[lang], optional),
    ),
  ];
}

function variablesLine(label: string, names: readonly string[]): (Span | string)[] {
  return names.length === 0 ? [] : [`\n${label}: `, parts.code(names.join(", "))];
}
