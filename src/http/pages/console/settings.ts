import type { Lang } from "#text/wording.ts";

/**
 * Who you are belongs to the tab, so that two tabs can be two people; the language belongs to
 * the browser.
 */
export function savedUser(): string | null {
  return new URLSearchParams(location.search).get("user") ?? sessionStorage.getItem("user");
}

export function saveUser(user: string): void {
  sessionStorage.setItem("user", user);
}

export function savedLang(): Lang {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("lang");
  const lang = asked ?? document.documentElement.lang;
  return lang === "ko" ? "ko" : "en";
}

export function saveLang(lang: Lang): void {
  localStorage.setItem("lang", lang);
  document.documentElement.lang = lang;
}

/** The open conversation stands in the address, so that a reload and a link keep it. */
export function savedThread(): string | null {
  const thread = decodeURIComponent(location.hash.slice(1));
  return thread === "" ? null : thread;
}

export function saveThread(thread: string | null): void {
  const hash =
    thread === null ? location.pathname + location.search : `#${encodeURIComponent(thread)}`;
  history.replaceState(null, "", hash);
}
