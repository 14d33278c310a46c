import type { Lang } from "#text/wording.ts";
import { make } from "./dom.ts";

/** A time where the reader is: the clock today, the day too for what is older; in full on demand. */
export function timeOf(at: string | null, lang: Lang): HTMLElement | null {
  if (at === null || Number.isNaN(Date.parse(at))) {
    return null;
  }
  const [locale, date] = [lang === "ko" ? "ko-KR" : "en-GB", new Date(at)];
  const isToday = date.toDateString() === new Date().toDateString();
  const words = date.toLocaleString(locale, {
    ...(isToday ? {} : { month: "short", day: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
  });
  return make("time", { datetime: at, title: date.toLocaleString(locale) }, words);
}
