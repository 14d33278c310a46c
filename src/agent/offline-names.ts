import { FILLERS, FOR_CUES, NAME_CUES } from "#text/words.ts";
import { blank, type Span } from "./offline-text.ts";

/** Names of deployments in a sentence: those that are announced as one, and words that could be one. */
export type Named = { readonly name: string; readonly span: Span };

const IDENTIFIER = "([a-z][a-z0-9-]{0,39})(?![a-z0-9_=@]|\\.[a-z0-9])";
const QUOTED = /["'`]([a-z][a-z0-9-]{0,39})["'`]/iu;

/** "called shop", "shop이라는", “shop”. */
export function announcedName(text: string): Named | null {
  return firstCue(text, NAME_CUES, () => true) ?? named(QUOTED.exec(text));
}

/** "an environment for shop"; `free` says whether a word may be a name. */
export function nameAfterFor(text: string, free: (word: string) => boolean): Named | null {
  return firstCue(text, FOR_CUES, (word) => free(word) && !FILLERS.has(word));
}

/** Words that nothing else explains, in order. */
export function possibleNames(text: string, free: (word: string) => boolean): Named[] {
  const pattern = new RegExp(`(?<![a-z0-9_.=@'-])${IDENTIFIER}`, "giu");
  return [...text.matchAll(pattern)]
    .map((found) => named(found))
    .filter((found) => found !== null)
    .filter(({ name }) => free(name) && !FILLERS.has(name));
}

/** What is left to read once a name is taken out. */
export function without(text: string, found: Named | null): string {
  return found === null ? text : blank(text, [found.span]);
}

function firstCue(
  text: string,
  cues: readonly string[],
  fits: (word: string) => boolean,
): Named | null {
  for (const cue of cues) {
    const found = named(cuePattern(cue).exec(text));
    if (found !== null && fits(found.name)) {
      return found;
    }
  }
  return null;
}

function cuePattern(cue: string): RegExp {
  const [before = "", after = ""] = cue.split("#");
  const edge = /^[a-z]/.test(before) ? "(?<![a-z0-9_-])" : "";
  const start = before.trim() === "" ? "(?<![a-z0-9_.=@-])" : "";
  const lead =
    before.trim().replaceAll(" ", "\\s+") + (before.trim() === "" ? "" : "\\s*[\"'`:]?\\s*");
  return new RegExp(`${edge}${lead}${start}${IDENTIFIER}["'\`]?\\s*${after}`, "iu");
}

function named(found: RegExpExecArray | null): Named | null {
  const name = found?.[1];
  return found === null || name === undefined
    ? null
    : {
        name: name.toLowerCase(),
        span: { from: found.index, to: found.index + found[0].length },
      };
}
