import type { Vars } from "#deployments/change.ts";
import type { Module } from "#deployments/ports.ts";
import type { Region } from "#deployments/regions.ts";
import { BARE_WORDS, CLOUD_WORDS, DECISION_WORDS, FILLERS, KOREAN_FILLERS } from "#text/words.ts";
import type { Form, Lexicon } from "./offline-lexicon.ts";
import { matchForm } from "./offline-lexicon.ts";
import { meantEnvironment, meantModules, type MeantModules } from "./offline-modules.ts";
import {
  announcedName,
  nameAfterFor,
  possibleNames,
  without,
  type Named,
} from "./offline-names.ts";
import { knownPlace, unknownPlace, whereItIs, type Place } from "./offline-places.ts";
import { blank, findSpan, phrasePattern, type Span } from "./offline-text.ts";
import { pairsIn, propertyNames, valuesIn } from "./offline-values.ts";

/** What the rules work with. */
export type Ground = {
  readonly lexicon: Lexicon;
  readonly modules: readonly Module[];
  /** The places of every cloud. */
  readonly places: readonly Region[];
};

/** What stands in a sentence before anybody asks which tool is meant. */
export type Reading = {
  readonly sentence: string;
  readonly pairs: Vars;
  readonly announced: Named | null;
  /** The sentence without pairs and announced name. */
  readonly rest: string;
  readonly environment: { readonly value: string; readonly spans: readonly Span[] } | null;
  readonly modules: MeantModules;
  readonly place: Place | null;
  /** Where values of variables stand. */
  readonly values: readonly Span[];
  /** Names and ids of deployments that may be meant. */
  readonly deployments: readonly Named[];
};

/** The wording of a tool that fits the sentence best, and where it stands. */
export type Match = { readonly form: Form; readonly spans: readonly Span[] };

export function readSentence(sentence: string, ground: Ground): Reading {
  const { pairs, rest: plain } = pairsIn(sentence);
  const announced = announcedName(plain);
  const rest = without(plain, announced);
  const known = knownPlace(rest, ground.places);
  const meant = meantModules(rest, ground.modules);
  const modules = { ...meant, modules: whereItIs(meant.modules, known) };
  const environment = meantEnvironment(rest);
  const variables = unplaced(modules.modules.length === 1 ? modules.modules : ground.modules);
  const text = blank(rest, known?.spans ?? []);
  const values = valuesIn(text, variables, ground.lexicon.vocabulary).spans;
  const taken = [...values, ...modules.spans, ...(environment?.spans ?? [])];
  const free = (word: string) => isFree(word, ground);
  const found = {
    sentence,
    pairs,
    announced,
    rest,
    environment,
    modules,
    place: known ?? unknownPlace(blank(rest, taken), ground.places, free),
    values,
  };
  return { ...found, deployments: meantDeployments(found, ground) };
}

/** The heaviest fitting form of each tool that is meant, the heaviest tool first. */
export function matches(reading: Reading, ground: Ground): readonly Match[] {
  const { rest, modules, values } = reading;
  const text = blank(rest, modules.generic ? values : [...values, ...modules.spans]);
  const found = new Map<string, Match>();
  for (const form of ground.lexicon.forms) {
    const spans = found.has(form.tool.name) ? null : matchForm(text, form);
    if (spans !== null && fits({ form, spans }, reading)) {
      found.set(form.tool.name, { form, spans });
    }
  }
  const all = [...found.values()];
  const plain = all.filter(({ form }) => !form.bare);
  return plain.length > 0 || !isBare(reading, ground) ? plain : all;
}

/** What is left of the sentence as the subject of a lesson: without the asking and the filling. */
export function topicOf({ sentence }: Reading, spans: readonly Span[]): string {
  return blank(sentence, spans)
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}+#]+$/gu, ""))
    .filter((word) => word !== "" && !FILLERS.has(word.toLowerCase()) && !KOREAN_FILLERS.test(word))
    .map((word) => word.replace(/(?<=.)(?:을|를|에|은|는|이|가|의|부터)$/u, ""))
    .join(" ");
}

/** Words that may be a name: no word of the rules, no cloud, no decision. */
export function isFree(word: string, ground: Ground): boolean {
  return (
    !ground.lexicon.vocabulary.has(word) &&
    !DECISION_WORDS.includes(word) &&
    !Object.values(CLOUD_WORDS).some((words) => words.includes(word))
  );
}

export function mentions(text: string, words: readonly string[]): boolean {
  return words.some((word) => findSpan(text, phrasePattern(word, "verb")) !== null);
}

/** Variables that words may set; name and environment are slots of their own. */
export function ownVariables(modules: readonly Module[]): Module["variables"] {
  const seen = new Set(["name", "environment"]);
  return modules
    .flatMap((module) => module.variables)
    .filter(({ name }) => !seen.has(name) && seen.add(name));
}

/** Places are read by themselves. */
function unplaced(modules: readonly Module[]): Module["variables"] {
  const placed = new Set(modules.map((module) => module.region?.variable));
  return ownVariables(modules).filter(({ name }) => !placed.has(name));
}

function meantDeployments(reading: Omit<Reading, "deployments">, ground: Ground): readonly Named[] {
  if (reading.announced !== null) {
    return [reading.announced];
  }
  const text = blank(reading.rest, [...(reading.environment?.spans ?? []), ...reading.values]);
  const words = variableWords(ground.modules);
  const things = [...reading.modules.spans, ...(reading.place?.spans ?? [])];
  const outside = namesIn(blank(text, things), ground).filter(({ name }) => !words.has(name));
  return outside.length > 0 ? outside : namesIn(text, ground);
}

/** English words that speak of variables rather than of a deployment. */
function variableWords(modules: readonly Module[]): ReadonlySet<string> {
  const variables = modules.flatMap((module) => module.variables);
  const words = variables.flatMap(
    ({ name, label, schema }) =>
      `${name} ${label.en} ${propertyNames(schema).join(" ")}`.toLowerCase().match(/[a-z]+/g) ?? [],
  );
  return new Set(words.flatMap((word) => [word, word.replace(/s$/, "")]));
}

function fits({ form, spans }: Match, reading: Reading): boolean {
  if (form.alone && topicOf(reading, spans) !== "") {
    return false;
  }
  // "show me a joke": a polite word makes a name of nothing unless the sentence is used up by it.
  if (form.weak && form.slots.join() === "deployment" && !isUsedUp({ form, spans }, reading)) {
    return false;
  }
  return form.slots.every((slot) => {
    switch (slot) {
      case "module":
        return reading.modules.modules.length > 0;
      case "deployment":
        return reading.deployments.length > 0;
      case "environment":
        return reading.environment !== null;
      case "place":
        return reading.place !== null;
      case "name":
        return reading.announced !== null;
      case "vars":
        return true;
      default:
        return topicOf(reading, spans) !== "";
    }
  });
}

/** "A staging network": nothing but what is wanted, its name, and words of politeness. */
function isBare(reading: Reading, ground: Ground): boolean {
  const { rest, environment, modules, place, values } = reading;
  const spans = [environment, modules, place].flatMap((found) => found?.spans ?? []);
  const text = blank(rest, [...spans, ...values]);
  const left = without(
    text,
    nameAfterFor(text, (word) => isFree(word, ground)),
  );
  const words = left.toLowerCase().match(/[\p{L}\p{N}'-]+/gu) ?? [];
  return !modules.generic && !/[?？]/.test(rest) && words.every((word) => BARE_WORDS.has(word));
}

function isUsedUp({ spans }: Match, reading: Reading): boolean {
  const { deployments, environment, modules, place, values } = reading;
  const names = deployments.map(({ span }) => span);
  const things = [environment, modules, place].flatMap((found) => found?.spans ?? []);
  const known = [...names, ...things, ...values];
  return deployments.length === 1 && topicOf(reading, [...spans, ...known]) === "";
}

function namesIn(text: string, ground: Ground): Named[] {
  const names = possibleNames(text, (word) => isFree(word, ground));
  return names.filter(({ name }, at) => names.findIndex((other) => other.name === name) === at);
}
