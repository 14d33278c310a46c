import type { Module } from "#deployments/ports.ts";
import { CLOUD_WORDS, ENVIRONMENT_WORDS, THING_WORDS } from "#text/words.ts";
import { covered, findSpan, phrasePattern, type Span } from "./offline-text.ts";

/** Modules that a sentence may mean, the best-fitting ones only. */
export type MeantModules = {
  readonly modules: readonly Module[];
  readonly spans: readonly Span[];
  /** Only a word like "environment" was said. */
  readonly generic: boolean;
};

/**
 * The modules whose names, titles and aliases cover most of the sentence; equal ones stay together.
 * A word like "environment" decides only where no module is said in words of its own.
 */
export function meantModules(text: string, modules: readonly Module[]): MeantModules {
  const own = best(text, modules, (phrase) => !THING_WORDS.includes(phrase.toLowerCase()));
  if (own !== null) {
    return own;
  }
  const shared = best(text, modules, () => true);
  if (shared !== null) {
    return { ...shared, generic: true };
  }
  const things = spansOf(text, THING_WORDS);
  return { modules: things.length === 0 ? [] : modules, spans: things, generic: things.length > 0 };
}

function best(
  text: string,
  modules: readonly Module[],
  counts: (phrase: string) => boolean,
): MeantModules | null {
  const scored = modules.map((module) => {
    const phrases = [module.name, module.title.en, module.title.ko, ...module.aliases];
    const spans = spansOf(text, phrases.filter(counts));
    const cloud = spans.length === 0 ? [] : spansOf(text, CLOUD_WORDS[module.cloud] ?? []);
    const all = [...spans, ...cloud];
    return { module, spans: all, score: covered(text, all) };
  });
  const highest = Math.max(0, ...scored.map(({ score }) => score));
  const fits = scored.filter(({ score }) => score === highest);
  return highest === 0
    ? null
    : {
        modules: fits.map(({ module }) => module),
        spans: fits.flatMap(({ spans }) => spans),
        generic: false,
      };
}

/** The environment that is said, as the schema writes it. */
export function meantEnvironment(text: string): { value: string; spans: readonly Span[] } | null {
  for (const [value, words] of Object.entries(ENVIRONMENT_WORDS)) {
    const spans = spansOf(text, words);
    if (spans.length > 0) {
      return { value, spans };
    }
  }
  return null;
}

function spansOf(text: string, phrases: readonly string[]): Span[] {
  return phrases.flatMap((phrase) => findSpan(text, phrasePattern(phrase, "noun")) ?? []);
}
