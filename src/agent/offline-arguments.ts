import { z } from "zod";
import { Json, type Vars } from "#deployments/change.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { FILLERS, KOREAN_FILLERS } from "#text/words.ts";
import type { ToolDeclaration } from "./model.ts";
import { meantEnvironment } from "./offline-modules.ts";
import { codeFor, knownPlace } from "./offline-places.ts";
import { nameAfterFor, possibleNames, type Named } from "./offline-names.ts";
import {
  isFree,
  topicOf,
  ownVariables,
  type Ground,
  type Match,
  type Reading,
} from "./offline-reading.ts";
import { blank, type Span } from "./offline-text.ts";
import { coerce, valuesIn, type Values } from "./offline-values.ts";

/** Arguments as far as the sentence gives them. */
export type Filled = {
  readonly args: Readonly<Record<string, unknown>>;
  /** The one module that is meant, if there is one. */
  readonly module: Module | null;
  /** Words that no rule explains. */
  readonly unused: readonly string[];
};

const InputSchema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

export function slotsOf(declaration: ToolDeclaration): { all: string[]; required: string[] } {
  const { properties, required } = InputSchema.parse(declaration.input);
  return { all: Object.keys(properties), required };
}

/** Fills the declared properties by their names: module, name, environment, vars, deployment, lesson. */
export function fillArguments(
  declaration: ToolDeclaration,
  { reading, match, ground }: { reading: Reading; match: Match; ground: Ground },
): Filled {
  const { all } = slotsOf(declaration);
  const scene = { reading, match, ground };
  const module = all.includes("module") ? theModule(reading, ground) : null;
  const place = placeFor(module, reading, ground);
  const variables = variablesFor(all, module, ground);
  const text = blank(reading.rest, [...wordSpans(reading), ...place.spans]);
  const values = valuesIn(text, variables, ground.lexicon.vocabulary);
  const name = all.includes("name") ? nameOf(scene, values.spans) : null;
  const deployment = all.includes("deployment") ? theOnly(reading.deployments) : undefined;
  const names = [name, deployment].flatMap((found) => found?.span ?? []);
  const spans = [...values.spans, ...names, ...place.spans];
  const known: Record<string, unknown> = {
    module: module?.name,
    name: name?.name,
    environment: reading.environment?.value,
    vars: varsOf({ ...reading.pairs, ...place.vars }, { all, variables, values }),
    deployment: deployment?.name,
    lesson: match.form.slots.includes("lesson") ? topicOf(reading, match.spans) : undefined,
    ...match.form.gives,
    ...ownPairs(reading.pairs, all),
  };
  const given = all.filter((slot) => known[slot] !== undefined);
  return {
    args: Object.fromEntries(given.map((slot) => [slot, known[slot]])),
    module,
    unused: unusedWords(scene, spans),
  };
}

type Scene = { readonly reading: Reading; readonly match: Match; readonly ground: Ground };

function theModule({ modules, pairs }: Reading, ground: Ground): Module | null {
  const named = ground.modules.find(({ name }) => name === pairs["module"]);
  return named ?? theOnly(modules.modules) ?? null;
}

function theOnly<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

/** Variables that words may set: not those that the tool's own slots or the server fill. */
function variablesFor(
  slots: readonly string[],
  module: Module | null,
  ground: Ground,
): readonly ModuleVariable[] {
  if (!slots.includes("vars")) {
    return [];
  }
  // Of a deployment that stands, only values that are whole by themselves can be told from words:
  // its lists are not known here.
  const all = slots.includes("module")
    ? (module?.variables ?? [])
    : ownVariables(ground.modules).filter((variable) => !Array.isArray(variable.default));
  const placed = module?.region?.variable;
  return all.filter(
    ({ name, sensitive }) => !slots.includes(name) && name !== placed && !sensitive,
  );
}

/** The place as the module's own variable for it takes it. */
function placeFor(
  module: Module | null,
  { pairs, place }: Reading,
  ground: Ground,
): { vars: Vars; spans: readonly Span[] } {
  const variable = module?.region?.variable;
  if (module === null || variable === undefined) {
    return { vars: {}, spans: [] };
  }
  const paired = pairs[variable];
  if (paired !== undefined) {
    return { vars: { [variable]: codeOf(paired, module, ground) }, spans: [] };
  }
  return place === null
    ? { vars: {}, spans: [] }
    : { vars: { [variable]: codeFor(place, module) }, spans: place.spans };
}

/** A pair takes a city as well as a code; what is more than one place stays as it was written. */
function codeOf(paired: Json, module: Module, { places }: Ground): Json {
  const place = typeof paired === "string" ? knownPlace(paired, places) : null;
  return place === null || place.said !== paired ? paired : codeFor(place, module);
}

function varsOf(
  pairs: Vars,
  from: { all: readonly string[]; variables: readonly ModuleVariable[]; values: Values },
): Vars | undefined {
  const own = Object.entries(pairs).filter(([key]) => !from.all.includes(key));
  const typed = own.map(([key, value]): [string, Json] => {
    const variable = from.variables.find(({ name }) => name === key);
    return [key, variable === undefined ? value : coerce(variable, value)];
  });
  const vars = { ...from.values.vars, ...Object.fromEntries(typed) };
  return Object.keys(vars).length === 0 ? undefined : vars;
}

/** `name=shop environment=staging` are slots of the tool, not variables. */
function ownPairs(pairs: Vars, slots: readonly string[]): Record<string, unknown> {
  const own = Object.entries(pairs).filter(([key]) => slots.includes(key) && key !== "vars");
  return Object.fromEntries(own.map(([key, value]) => [key, slotValue(key, value)]));
}

function slotValue(slot: string, value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return slot === "environment" ? (meantEnvironment(text)?.value ?? text) : text;
}

function nameOf({ reading, match, ground }: Scene, values: readonly Span[]): Named | null {
  if (reading.announced !== null) {
    return reading.announced;
  }
  const places = reading.place?.spans ?? [];
  const spans = [...values, ...wordSpans(reading), ...places, ...match.spans];
  const text = blank(reading.rest, spans);
  const free = (word: string) => isFree(word, ground);
  return nameAfterFor(text, free) ?? besideModule(text, reading, free);
}

/** "app environment shop", "shop 앱 환경": English puts a name behind the thing, Korean before it. */
function besideModule(
  text: string,
  { rest, modules, environment }: Reading,
  free: (word: string) => boolean,
): Named | null {
  const things = [...modules.spans, ...(environment?.spans ?? [])];
  const fits = possibleNames(text, free).filter(({ span }) => {
    const before = things.some(
      ({ from }) => from >= span.to && rest.slice(span.to, from).trim() === "",
    );
    const behind = modules.spans.some(
      ({ to }) => to <= span.from && rest.slice(to, span.from).trim() === "",
    );
    return behind || (before && /\p{Script=Hangul}/u.test(rest));
  });
  return theOnly(fits) ?? null;
}

function unusedWords({ reading, match }: Scene, more: readonly Span[]): string[] {
  const left = blank(reading.rest, [...wordSpans(reading), ...match.spans, ...more]);
  const words = left.match(/[\p{L}\p{N}](?:[\p{L}\p{N}'._-]*[\p{L}\p{N}])?/gu) ?? [];
  return words.filter(
    (word) =>
      (word.length > 1 || /\d/.test(word)) &&
      !FILLERS.has(word.toLowerCase()) &&
      !KOREAN_FILLERS.test(word),
  );
}

function wordSpans({ modules, environment }: Reading): Span[] {
  return [...modules.spans, ...(environment?.spans ?? [])];
}
