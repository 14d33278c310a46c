import { make } from "#http/pages/console/dom.ts";
import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import { say, type Lang } from "#text/wording.ts";

export type LogLine = { readonly type: string; readonly words: string };

export type LineBox = {
  readonly element: HTMLElement;
  add(line: LogLine): void;
  clear(): void;
  /** Draws what waits at once: an end is not told before the last line stands. */
  draw(): void;
};

/** More lines than a page can hold well; the oldest go, and the page says so. */
const MOST_LINES = 5_000;

/** Lines come by the thousand: the browser lays out what is long only once for all of them. */
const DRAW_EVERY_MS = 100;

/** Lines in the order they come; it stays at its end while nobody scrolls back. */
export function lineBox(lang: Lang): LineBox {
  const note = make("p", { class: "quiet", hidden: true });
  const lines = make("pre", { class: "log", tabindex: "0", "aria-label": PAGE.log[lang] });
  let waiting: LogLine[] = [];
  let gone = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function draw(): void {
    clearTimeout(timer ?? undefined);
    timer = null;
    const atEnd = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 40;
    const fresh = waiting.slice(-MOST_LINES);
    gone += waiting.length - fresh.length;
    waiting = [];
    lines.append(...fresh.map(({ type, words }) => make("div", { class: `line ${type}` }, words)));
    for (; lines.childElementCount > MOST_LINES; gone += 1) {
      lines.firstElementChild?.remove();
    }
    note.hidden = gone === 0;
    note.textContent = say(PAGE.logCut, lang, { n: MOST_LINES, earlier: gone });
    if (atEnd) {
      lines.scrollTop = lines.scrollHeight;
    }
  }

  return {
    element: make("div", {}, note, lines),
    add(line) {
      waiting.push(line);
      timer ??= setTimeout(draw, DRAW_EVERY_MS);
    },
    draw,
    clear() {
      waiting = [];
      gone = 0;
      note.hidden = true;
      lines.replaceChildren();
    },
  };
}
