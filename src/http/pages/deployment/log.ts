import * as z from "zod/mini";
import { make } from "#http/pages/console/dom.ts";
import { DEPLOYMENT_PAGE as PAGE, RUN_KINDS } from "#text/deployment-page.ts";
import { stepWords } from "#text/progress-card.ts";
import { say, type Lang } from "#text/wording.ts";
import { section } from "./facts.ts";
import type { Run } from "./wire.ts";

const Line = z.object({ at: z.string(), type: z.string(), message: z.string() });
const End = z.object({ status: z.string() });

/** More lines than a page can hold well; the oldest go, the API has them all. */
const MOST_LINES = 5_000;

/** The log of a run, live while it runs; the newest run unless a person chose another. */
export function logSection(lang: Lang): {
  element: HTMLElement;
  follow(runs: readonly Run[]): void;
} {
  const choice = make("select", {});
  choice.setAttribute("aria-label", PAGE.logOf[lang]);
  const state = make("span", { class: "quiet", role: "status" });
  const lines = make("pre", { class: "log", tabindex: "0" });
  let stream: EventSource | null = null;
  let following = "";
  let chosen = false;

  function follow(run: string): void {
    if (run === following) {
      return;
    }
    following = run;
    stream?.close();
    lines.replaceChildren();
    stream = read(run, { lines, state, lang });
  }

  choice.addEventListener("change", () => {
    chosen = true;
    follow(choice.value);
  });

  return {
    element: section(PAGE.log[lang], make("div", { class: "tools" }, choice, state), lines),
    follow(runs) {
      const newest = runs[0];
      if (newest === undefined) {
        state.textContent = PAGE.noRuns[lang];
        return;
      }
      const selected = chosen ? choice.value : newest.id;
      choice.replaceChildren(...runs.map((run) => option(run, lang)));
      choice.value = selected;
      follow(selected);
    },
  };
}

function option(run: Run, lang: Lang): HTMLElement {
  const at = new Date(run.queuedAt).toLocaleString(lang === "ko" ? "ko-KR" : "en-GB");
  return make("option", { value: run.id }, `${RUN_KINDS[run.kind][lang]} · ${run.status} · ${at}`);
}

type Reading = { readonly lines: HTMLElement; readonly state: HTMLElement; readonly lang: Lang };

/** A lost connection goes on after the last line that came: the browser sends its number along. */
function read(run: string, { lines, state, lang }: Reading): EventSource {
  const stream = new EventSource(`${location.pathname}/log?run=${encodeURIComponent(run)}`);
  stream.addEventListener("open", () => {
    state.textContent = PAGE.live[lang];
  });
  stream.addEventListener("message", (event) => {
    const { at, type, message } = Line.parse(JSON.parse(String(event.data)));
    const atEnd = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 40;
    const words = type === "step" ? stepWords(message, lang) : message;
    lines.append(make("div", { class: `line ${type}` }, `${at.slice(11, 19)} ${words}`));
    if (lines.childElementCount > MOST_LINES) {
      lines.firstElementChild?.remove();
    }
    if (atEnd) {
      lines.scrollTop = lines.scrollHeight;
    }
  });
  stream.addEventListener("end", (event) => {
    const data = event instanceof MessageEvent ? String(event.data) : "{}";
    state.textContent = say(PAGE.logEnded, lang, End.parse(JSON.parse(data)));
    stream.close();
  });
  stream.addEventListener("error", () => {
    state.textContent = PAGE.logLost[lang];
  });
  return stream;
}
