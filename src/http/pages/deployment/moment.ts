import type { Lang } from "#text/wording.ts";

const LOCALES = { en: "en-GB", ko: "ko-KR" } as const satisfies Record<Lang, string>;

/** Day and time where the reader is. */
export function moment(at: string, lang: Lang): string {
  return new Date(at).toLocaleString(LOCALES[lang], { dateStyle: "medium", timeStyle: "medium" });
}

/** `17:41:31` where the reader is. Made once: a formatter costs more than a thousand uses of it. */
export function clockOf(lang: Lang): (at: string) => string {
  const format = new Intl.DateTimeFormat(LOCALES[lang], {
    timeStyle: "medium",
    hourCycle: "h23",
  });
  return (at) => format.format(new Date(at));
}
