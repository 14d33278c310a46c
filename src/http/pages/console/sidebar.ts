import { PAGE, STAND_INS } from "#text/console-page.ts";
import type { Lang } from "#text/wording.ts";
import { make } from "./dom.ts";
import { timeOf } from "./time.ts";
import type { Info, ThreadEntry } from "./wire.ts";

export type SidebarView = {
  readonly lang: Lang;
  readonly info: Info;
  readonly threads: readonly ThreadEntry[];
  readonly current: string | null;
  readonly unread: ReadonlySet<string>;
  readonly onOpen: (thread: string | null) => void;
  readonly onLang: (lang: Lang) => void;
};

/** Conversations, what stands in for the real thing, and the language. */
export function drawSidebar(view: SidebarView): HTMLElement[] {
  const { lang, onOpen } = view;
  const fresh = make("button", { class: "new-thread", type: "button", click: () => onOpen(null) });
  fresh.append(make("span", { "aria-hidden": "true" }, "+"), PAGE.newThread[lang]);
  return [
    make("h1", { class: "brand" }, PAGE.brand[lang]),
    fresh,
    make("nav", { class: "threads", "aria-label": PAGE.threads[lang] }, threadList(view)),
    make("div", { class: "sidebar-foot" }, standIns(view), foot(view)),
  ];
}

function threadList(view: SidebarView): HTMLElement {
  const { lang, threads } = view;
  if (threads.length === 0) {
    return make("p", { class: "quiet" }, PAGE.noThreads[lang]);
  }
  return make("ul", {}, ...threads.map((entry) => make("li", {}, threadButton(view, entry))));
}

function threadButton(view: SidebarView, { thread, title, at }: ThreadEntry): HTMLElement {
  const { lang, current, unread, onOpen } = view;
  const isUnread = unread.has(thread) && thread !== current;
  return make(
    "button",
    {
      type: "button",
      class: isUnread ? "thread unread" : "thread",
      "aria-current": thread === current ? "true" : false,
      click: () => onOpen(thread),
    },
    make("span", { class: "thread-title" }, title),
    isUnread ? make("span", { class: "hidden" }, `, ${PAGE.unread[lang]}`) : null,
    make("span", { class: "thread-at" }, timeOf(at ?? null, lang)),
  );
}

function standIns({ info, lang }: SidebarView): HTMLElement {
  const shown = [
    ...(info.simulated ? [[STAND_INS.simulated, STAND_INS.simulatedWhy] as const] : []),
    ...(info.offline ? [[STAND_INS.offline, STAND_INS.offlineWhy] as const] : []),
    [STAND_INS.people, STAND_INS.peopleWhy] as const,
  ];
  const items = shown.map(([name, why]) =>
    make("li", {}, make("strong", {}, name[lang]), make("span", {}, why[lang])),
  );
  return make("ul", { class: "stand-ins" }, ...items);
}

function foot({ lang, onLang }: SidebarView): HTMLElement {
  const gallery = make("a", { href: "/console/gallery" }, PAGE.gallery[lang]);
  return make("div", { class: "foot" }, languageSwitch(lang, onLang), gallery);
}

const LANGUAGES = [
  ["en", "English"],
  ["ko", "한국어"],
] as const;

export function languageSwitch(current: Lang, onLang: (lang: Lang) => void): HTMLElement {
  const buttons = LANGUAGES.map(([lang, name]) =>
    make(
      "button",
      {
        type: "button",
        lang,
        "aria-pressed": lang === current ? "true" : "false",
        click: () => onLang(lang),
      },
      name,
    ),
  );
  return make(
    "div",
    { class: "languages", role: "group", "aria-label": PAGE.language[current] },
    ...buttons,
  );
}
