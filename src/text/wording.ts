/** The languages every sentence exists in. */
export type Lang = "en" | "ko";

/** One sentence in every language; `{name}` marks where a parameter goes. */
export type Wording = Readonly<Record<Lang, string>>;

export type Params = Readonly<Record<string, string | number>>;

/** Fills the parameters in. A parameter that is not given leaves its mark, so that tests see it. */
export function say(wording: Wording, lang: Lang, params: Params = {}): string {
  return wording[lang].replace(/\{(\w+)\}/g, (mark, name: string) => String(params[name] ?? mark));
}

/** The word for a name that came from outside; one without a word is shown as it is. */
export function wordFor(
  words: Readonly<Record<string, Wording>>,
  name: string,
  lang: Lang,
): string {
  return Object.hasOwn(words, name) ? (words[name]?.[lang] ?? name) : name;
}

/** The language a person wrote in: any Hangul makes it Korean. */
export function languageOf(text: string): Lang {
  return /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/u.test(text) ? "ko" : "en";
}

/** A refusal in words: what happened and why (`detail`), and what to do now (`next`). */
export type RefusalWording = { readonly detail: Wording; readonly next: Wording };
