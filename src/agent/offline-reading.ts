import type { Vars } from "#deployments/change.ts";
import type { Module } from "#deployments/ports.ts";
import { CLOUD_WORDS, DECISION_WORDS, FILLERS, KOREAN_FILLERS } from "#text/words.ts";
import type { Form, Lexicon } from "./offline-lexicon.ts";
import { matchForm } from "./offline-lexicon.ts";
import { meantEnvironment, meantModules, type MeantModules } from "./offline-modules.ts";
import { announcedName, possibleNames, without, type Named } from "./offline-names.ts";
import { blank, findSpan, phrasePattern, type Span } from "./offline-text.ts";
import { pairsIn, valuesIn } from "./offline-values.ts";

/** What the rules work with. */
export type Ground = {
  readonly lexicon: Lexicon;
  readonly modules: readonly Module[];
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
};

/** The wording of a tool that fits the sentence best, and where it stands. */
export type Match = { readonly form: Form; readonly spans: readonly Span[] };

export function readSentence(sentence: string, ground: Ground): Reading {
  const { pairs, rest: plain } = pairsIn(sentence);
  const announced = announcedName(plain);
  const rest = without(plain, announced);
  return {
    sentence,
    pairs,
    announced,
    rest,
    environment: meantEnvironment(rest),
    modules: meantModules(rest, ground.modules),
  };
}

/** The heaviest form whose parts and slots are all there; null when no tool is meant. */
export function bestMatch(reading: Reading, ground: Ground): Match | null {
  const { rest, modules } = reading;
  const text = modules.generic ? rest : blank(rest, modules.spans);
  for (const form of ground.lexicon.forms) {
    const spans = matchForm(text, form);
    if (spans !== null && fits({ form, spans }, reading, ground)) {
      return { form, spans };
    }
  }
  return null;
}

/** Names and ids of deployments that the sentence may mean. */
export function meantDeployments(reading: Reading, ground: Ground): readonly string[] {
  if (reading.announced !== null) {
    return [reading.announced.name];
  }
  const environment = reading.environment?.spans ?? [];
  const values = valuesIn(reading.rest, topLevel(ground.modules), ground.lexicon.vocabulary).spans;
  const text = blank(reading.rest, [...environment, ...values]);
  const outside = namesIn(blank(text, reading.modules.spans), ground);
  return outside.length > 0 ? outside : namesIn(text, ground);
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

/** A change of values by words is only read for variables that stand for themselves. */
export function topLevel(modules: readonly Module[]): Module["variables"] {
  const seen = new Set(["name", "environment"]);
  return modules
    .flatMap((module) => module.variables)
    .filter((variable) => !seen.has(variable.name) && !Array.isArray(variable.default))
    .filter((variable) => (seen.has(variable.name) ? false : seen.add(variable.name)));
}

function fits({ form, spans }: Match, reading: Reading, ground: Ground): boolean {
  if (form.alone && topicOf(reading, spans) !== "") {
    return false;
  }
  return form.slots.every((slot) => {
    switch (slot) {
      case "module":
        return reading.modules.modules.length > 0;
      case "deployment":
        return meantDeployments(reading, ground).length > 0;
      case "environment":
        return reading.environment !== null;
      default:
        return topicOf(reading, spans) !== "";
    }
  });
}

function namesIn(text: string, ground: Ground): string[] {
  const names = possibleNames(text, (word) => isFree(word, ground)).map(({ name }) => name);
  return [...new Set(names)];
}
