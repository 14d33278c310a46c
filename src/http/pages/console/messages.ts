import { PAGE } from "#text/console-page.ts";
import type { Lang } from "#text/wording.ts";
import { drawCard, type Pressed } from "./card.ts";
import { linked, make } from "./dom.ts";
import { avatar } from "./people.ts";
import { timeOf } from "./time.ts";
import type { Message, Person } from "./wire.ts";

export type MessageView = {
  readonly lang: Lang;
  readonly people: readonly Person[];
  readonly user: string;
  readonly onPress: (message: string, pressed: Pressed) => void;
};

export type MessageList = {
  readonly element: HTMLElement;
  /** Shows these messages and nothing else, the newest in sight. */
  show(messages: readonly Message[]): void;
  /** Adds a message, or puts a newer revision in the place of the one shown. */
  put(message: Message): void;
  setWorking(working: boolean): void;
};

/** The conversation: new messages are read aloud, edited cards are replaced where they stand. */
export function makeMessageList(view: () => MessageView): MessageList {
  const element = make("div", { class: "messages", role: "log", "aria-live": "polite" });
  const shown = new Map<string, { revision: number; node: HTMLElement }>();
  const working = make("div", { class: "working", role: "status", hidden: true });

  function put(message: Message): void {
    const known = shown.get(message.id);
    if (known !== undefined && known.revision >= message.revision) {
      return;
    }
    const atEnd = isAtEnd(element) || message.from === view().user;
    const node = drawMessage(view(), message);
    shown.set(message.id, { revision: message.revision, node });
    if (known === undefined) {
      working.before(node);
      setWorking(isPerson(view(), message));
    } else {
      replaceQuietly(known.node, node);
    }
    if (atEnd) {
      element.scrollTop = element.scrollHeight;
    }
  }

  function show(messages: readonly Message[]): void {
    const held = [...shown].find(([, { node }]) => node.contains(document.activeElement));
    shown.clear();
    element.setAttribute("aria-label", PAGE.messages[view().lang]);
    element.replaceChildren(working);
    setWorking(false);
    // Reading a whole old conversation aloud would drown what is new.
    element.setAttribute("aria-live", "off");
    messages.forEach(put);
    focusIn(shown.get(held?.[0] ?? "")?.node);
    element.scrollTop = element.scrollHeight;
    requestAnimationFrame(() => element.setAttribute("aria-live", "polite"));
  }

  function setWorking(isWorking: boolean): void {
    working.replaceChildren(...dots(), make("span", {}, PAGE.working[view().lang]));
    working.hidden = !isWorking;
  }

  return { element, show, put, setWorking };
}

function dots(): HTMLElement[] {
  return ["", "", ""].map(() => make("i"));
}

/** Whoever wrote last tells whether an answer is still to come. */
function isPerson({ people }: MessageView, { from }: Message): boolean {
  return people.some(({ id }) => id === from);
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < 160;
}

/**
 * A card that changes under the hand must not throw the keyboard back to the page's start, and
 * progress that is read aloud every few seconds would drown everything.
 */
function replaceQuietly(old: HTMLElement, next: HTMLElement): void {
  next.setAttribute("aria-live", "off");
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(next);
  if (hadFocus) {
    focusIn(next);
  }
}

function focusIn(message: HTMLElement | undefined): void {
  const first = message?.querySelector<HTMLElement>("button, input, a") ?? message;
  first?.focus({ preventScroll: true });
}

function drawMessage(view: MessageView, message: Message): HTMLElement {
  const person = view.people.find(({ id }) => id === message.from);
  const name = person?.name ?? PAGE.bot[view.lang];
  const isMine = message.from === view.user;
  const head = make(
    "div",
    { class: "message-head" },
    make("strong", {}, name),
    timeOf(message.at ?? null, view.lang),
    ...notes(view, message, person !== undefined),
  );
  return make(
    "article",
    {
      class: `message${person === undefined ? " bot" : ""}${isMine ? " mine" : ""}`,
      tabindex: "-1",
      "data-message": message.id,
      "data-revision": String(message.revision),
    },
    person === undefined ? botAvatar() : avatar(person.id, person.name),
    make("div", { class: "message-body" }, head, content(view, message)),
  );
}

function notes({ lang }: MessageView, message: Message, isPerson: boolean): HTMLElement[] {
  const isPrivate = message.to !== undefined && message.to !== null;
  const isEdited = !isPerson && message.revision > 1;
  return [
    ...(isPrivate ? [make("span", { class: "note" }, PAGE.onlyYou[lang])] : []),
    ...(isEdited ? [make("span", { class: "note" }, PAGE.edited[lang])] : []),
  ];
}

function botAvatar(): HTMLElement {
  return make("span", { class: "avatar bot-avatar", "aria-hidden": "true" }, "◆");
}

/** A card says everything itself; its message's text is for places that cannot show cards. */
function content(view: MessageView, message: Message): HTMLElement {
  if (message.card !== undefined && message.card !== null) {
    const card = drawCard(message.card, (pressed) => {
      hold(card);
      view.onPress(message.id, pressed);
    });
    card.addEventListener("click", (event) => whileHeld(card, event), { capture: true });
    return card;
  }
  return make("p", { class: "text" }, ...linked(message.text ?? ""));
}

/**
 * One press is enough: the server's answer edits the card, or the buttons come back. They are not
 * `disabled`, which would take the focus from the one that was pressed.
 */
function hold(card: HTMLElement): void {
  card.setAttribute("aria-busy", "true");
  setTimeout(() => card.removeAttribute("aria-busy"), PRESS_PAUSE_MS);
}

function whileHeld(card: HTMLElement, event: MouseEvent): void {
  const isButton = event.target instanceof Element && event.target.closest("button") !== null;
  if (isButton && card.hasAttribute("aria-busy")) {
    event.preventDefault();
    event.stopPropagation();
  }
}

const PRESS_PAUSE_MS = 2500;
