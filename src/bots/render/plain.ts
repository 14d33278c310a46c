import { stripVTControlCharacters } from "node:util";

/**
 * Makes untrusted text mean nothing but itself: terminal escapes and other control characters
 * go, so do the marks that reverse reading order (they can make a name look like another one),
 * and `{{DATE(…)}}`, which card hosts would compute, is broken by an invisible character.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(CONTROL, "")
    .replace(REORDERING, "")
    .replace(/\{\{(?=\s*(?:DATE|TIME))/g, "{\u200b{");
}

/** All control characters but line break and tab. */
const CONTROL = /[^\P{Cc}\n\t]/gu;
const REORDERING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;

/** Web addresses only: a link may not start a script or another program. */
export function safeLink(link: string): string | null {
  return /^https?:\/\/[^\s]+$/i.test(link) ? link : null;
}
