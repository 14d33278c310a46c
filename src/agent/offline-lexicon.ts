import type { Phrase, ToolPhrases } from "#text/phrases.ts";
import { blank, findSpan, letters, phrasePattern, type Span } from "./offline-text.ts";

/** What the rules need to know of a tool besides its declaration. */
export type Phrased = {
  readonly name: string;
  readonly effect: "reads" | "proposes";
  readonly phrases: ToolPhrases;
};

/** One way to ask for a tool, alternatives spelled out. */
export type Form = {
  readonly tool: Phrased;
  readonly chunks: readonly RegExp[];
  readonly slots: readonly string[];
  readonly gives: Readonly<Record<string, string>>;
  readonly alone: boolean;
  readonly weak: boolean;
  readonly bare: boolean;
  /** More letters and more slots beat fewer. */
  readonly weight: number;
};

export type Lexicon = {
  readonly forms: readonly Form[];
  /** English words of the forms: none of them is taken for a name. */
  readonly vocabulary: ReadonlySet<string>;
};

const SLOT_WEIGHT = 3;
const WEAK = 0.01;

export function compileLexicon(tools: readonly Phrased[]): Lexicon {
  const forms = tools.flatMap((tool) =>
    [...tool.phrases.ask.en, ...tool.phrases.ask.ko].flatMap((phrase) => compile(tool, phrase)),
  );
  const words = tools.flatMap((tool) =>
    tool.phrases.ask.en.flatMap((phrase) => expand(wordingOf(phrase)).flatMap(wordsOf)),
  );
  return {
    forms: forms.toSorted((a, b) => b.weight - a.weight),
    vocabulary: new Set(words),
  };
}

/** Where the form's parts stand in the text, in order; null when one is missing. */
export function matchForm(text: string, form: Form): Span[] | null {
  const spans: Span[] = [];
  let at = 0;
  for (const chunk of form.chunks) {
    const span = findSpan(blank(text, [{ from: 0, to: at }]), chunk);
    if (span === null) {
      return null;
    }
    spans.push(span);
    at = span.to;
  }
  return spans;
}

/** Spells out `(a|b)` and `[a]`, innermost first. */
export function expand(template: string): string[] {
  const group = /\(([^()[\]]*)\)|\[([^()[\]]*)\]/.exec(template);
  if (group === null) {
    return [template.replace(/\s+/g, " ").trim()];
  }
  const [whole, either, maybe] = group;
  const options = either === undefined ? [maybe ?? "", ""] : either.split("|");
  const before = template.slice(0, group.index);
  const after = template.slice(group.index + whole.length);
  return [...new Set(options.flatMap((option) => expand(`${before}${option}${after}`)))];
}

export function wordingOf(phrase: Phrase): string {
  return typeof phrase === "string" ? phrase : phrase.say;
}

function compile(tool: Phrased, phrase: Phrase): Form[] {
  const options: Exclude<Phrase, string> = typeof phrase === "string" ? { say: phrase } : phrase;
  return expand(options.say).map((sentence) => {
    const chunks = sentence
      .split(/\{\w+\}/)
      .map((chunk) => chunk.trim())
      .filter((chunk) => chunk !== "");
    const slots = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? "");
    return {
      tool,
      chunks: chunks.map((chunk) => phrasePattern(chunk, "verb")),
      slots,
      gives: options.gives ?? {},
      alone: options.alone ?? false,
      weak: options.weak ?? false,
      bare: options.bare ?? false,
      weight: (letters(chunks.join(" ")) + SLOT_WEIGHT * slots.length) * factorOf(options),
    };
  });
}

function factorOf({ weak, bare }: Exclude<Phrase, string>): number {
  const factor = weak === true ? WEAK : 1;
  return bare === true ? 0 : factor;
}

function wordsOf(sentence: string): string[] {
  return sentence.replace(/\{\w+\}/g, " ").match(/[a-z][a-z'-]*/g) ?? [];
}
