import type { Block, Card } from "#bots/card.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { MODULES } from "#text/info-cards.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

/** Buttons on one card; platforms draw five or six in a row and hide the rest in a menu. */
const BUTTONS_SHOWN = 6;

/** What the card reads of a module. */
export type Listed = Pick<Module, "name" | "version" | "cloud" | "title" | "summary"> & {
  readonly variables: readonly Pick<ModuleVariable, "name" | "required">[];
};

export type ModulesView = { readonly setting: Setting; readonly modules: readonly Listed[] };

/** The catalogue, each module with a button that says an example. */
export function modulesCard({ setting, modules }: ModulesView): Card {
  const { lang } = setting;
  const words = modules.length === 0 ? MODULES.none[lang] : MODULES.press[lang];
  return parts.card(setting, {
    title: MODULES.title[lang],
    tone: "neutral",
    body: [...modules.flatMap((module) => moduleBlocks(setting, module)), parts.subtle(words)],
    actions: modules
      .slice(0, BUTTONS_SHOWN)
      .map((module) =>
        parts.sayButton(
          parts.sayIn(setting, MODULES.button, { title: module.title[lang] }),
          exampleOf(setting, module),
        ),
      ),
    fallback: [MODULES.title[lang], ...modules.map(({ name }) => name)].join(" · "),
  });
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
    parts.subtle(parts.code(module.name), ` ${module.version} · ${module.cloud}`),
    ...variablesLine(MODULES.needs[lang], needs),
    ...variablesLine(MODULES.optional[lang], optional),
  ];
}

function variablesLine(label: string, names: readonly string[]): Block[] {
  return names.length === 0 ? [] : [parts.subtle(`${label}: `, parts.code(names.join(", ")))];
}
