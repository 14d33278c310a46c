import { PAGE } from "#text/console-page.ts";
import { makeComposer } from "./composer.ts";
import type { Acts, Desk } from "./desk.ts";
import { make } from "./dom.ts";
import { makeMessageList } from "./messages.ts";
import { drawPeople } from "./people.ts";
import { drawSidebar } from "./sidebar.ts";
import { drawWelcome } from "./welcome.ts";
import type { Message } from "./wire.ts";

/** What is on the screen; it draws what the desk knows and passes on what people do. */
export type Frame = {
  showMessages(messages: readonly Message[]): void;
  put(message: Message): void;
  setWorking(working: boolean): void;
  /** Puts the cursor in the field to write in, where that opens no keyboard over the page. */
  focus(): void;
  /** A sentence at the foot of the page; null takes it away. */
  say(words: string | null): void;
  /** Conversations and people anew. */
  drawSides(): void;
  /** Everything whose words depend on the language alone. */
  drawWords(): void;
};

export function makeFrame(root: HTMLElement, desk: Desk, acts: Acts): Frame {
  const parts = makeParts(desk, acts);
  root.replaceChildren(parts.layout);
  const welcome = () => {
    const name = desk.info.people.find(({ id }) => id === desk.user)?.name ?? desk.user;
    const section = drawWelcome({ lang: desk.lang, name, onSay: (text) => void acts.send(text) });
    parts.list.element.replaceChildren(section);
  };
  const frame: Frame = {
    showMessages: (messages) => {
      parts.openMenu(false);
      parts.list.show(messages);
      if (desk.thread === null) {
        welcome();
      }
    },
    put: (message) => parts.list.put(message),
    setWorking: (working) => parts.list.setWorking(working),
    focus: () => {
      if (!matchMedia("(pointer: coarse)").matches) {
        parts.composer.focus();
      }
    },
    say: (words) => tell(parts.notice, words, PAGE.close[desk.lang]),
    drawSides: () => drawSides(parts, desk, acts),
    drawWords: () => {
      parts.composer.setLang(desk.lang);
      parts.menu.setAttribute("aria-label", PAGE.menu[desk.lang]);
    },
  };
  frame.drawWords();
  return frame;
}

type Parts = ReturnType<typeof makeParts>;

function makeParts(desk: Desk, acts: Acts) {
  const list = makeMessageList(() => ({
    lang: desk.lang,
    people: desk.info.people,
    user: desk.user,
    onPress: (message, pressed) => void acts.press(message, pressed),
  }));
  const composer = makeComposer(desk.lang, (text) => acts.send(text));
  const notice = make("div", { class: "notice", role: "alert", hidden: true });
  const sidebar = make("aside", { class: "sidebar", id: "sidebar" });
  const menu = make("button", { type: "button", class: "menu", "aria-controls": "sidebar" }, "☰");
  const title = make("h2", { class: "thread-name" });
  const people = make("div", { class: "people-place" });
  const header = make("header", { class: "top" }, menu, title, people);
  const chat = make("section", { class: "chat" }, header, list.element, notice, composer.element);
  const layout = make("div", { class: "layout" }, sidebar, chat);
  const openMenu = (isOpen: boolean) => {
    layout.classList.toggle("menu-open", isOpen);
    menu.setAttribute("aria-expanded", String(isOpen));
  };
  menu.addEventListener("click", () => openMenu(!layout.classList.contains("menu-open")));
  layout.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      openMenu(false);
    }
  });
  return { layout, list, composer, notice, sidebar, menu, openMenu, title, people };
}

function drawSides(parts: Parts, desk: Desk, acts: Acts): void {
  const focused = focusMark();
  parts.sidebar.replaceChildren(
    ...drawSidebar({
      ...desk,
      current: desk.thread,
      onOpen: (thread) => void acts.open(thread),
      onLang: (lang) => void acts.speak(lang),
    }),
  );
  const open = desk.threads.find(({ thread }) => thread === desk.thread);
  parts.title.textContent = open?.title ?? PAGE.newThread[desk.lang];
  document.title = `${parts.title.textContent} · ${PAGE.brand[desk.lang]}`;
  parts.people.replaceChildren(
    drawPeople({
      people: desk.info.people,
      current: desk.user,
      lang: desk.lang,
      onChoose: (user) => void acts.become(user),
    }),
  );
  focused();
}

/** Remembers which person or language was focused; the answer puts the focus on the new one. */
function focusMark(): () => void {
  const active = document.activeElement;
  const selector =
    active instanceof HTMLInputElement && active.name === "person"
      ? ".people input:checked"
      : active?.closest(".languages") === null || active === null
        ? null
        : '.languages [aria-pressed="true"]';
  return () => {
    if (selector !== null) {
      document.querySelector<HTMLElement>(selector)?.focus();
    }
  };
}

function tell(notice: HTMLElement, words: string | null, close: string): void {
  notice.hidden = words === null;
  if (words !== null) {
    const shut = () => (notice.hidden = true);
    notice.replaceChildren(
      make("span", {}, words),
      make("button", { type: "button", "aria-label": close, click: shut }, "×"),
    );
  }
}
