import * as z from "zod/mini";
import { make } from "#http/pages/console/dom.ts";
import { DEPLOYMENT_PAGE as PAGE, RUN_KINDS, RUN_STATUSES } from "#text/deployment-page.ts";
import { stepWords } from "#text/progress-card.ts";
import { say, wordFor, type Lang } from "#text/wording.ts";
import { choiceOf } from "./choice.ts";
import { section } from "./facts.ts";
import { lineBox, type LineBox } from "./line-box.ts";
import { clockOf, moment } from "./moment.ts";
import type { Run } from "./wire.ts";

const Line = z.object({ at: z.string(), type: z.string(), message: z.string() });
const End = z.object({ status: z.string() });

/** The log of a run, live while it runs; the newest run unless a person chose another. */
export function logSection(lang: Lang): {
  element: HTMLElement;
  follow(runs: readonly Run[]): void;
} {
  const choice = choiceOf(PAGE.logOf[lang]);
  const state = make("span", { class: "quiet", role: "status" });
  const box = lineBox(lang);
  let stream: EventSource | null = null;
  let following = "";

  function follow(run: string): void {
    // A stream that the browser gave up is begun anew; one that is over has its end shown.
    if (run === following && stream?.readyState !== EventSource.CLOSED) {
      return;
    }
    following = run;
    stream?.close();
    box.clear();
    stream = read(run, { box, state, lang, over: () => (stream = null) });
  }

  const tools = make("div", { class: "tools" }, choice.element, state);
  return {
    element: section(PAGE.log[lang], tools, box.element),
    follow(runs) {
      choice.element.hidden = runs.length === 0;
      if (runs.length === 0) {
        state.textContent = PAGE.noRuns[lang];
      }
      choice.offer(
        runs.map((run) => [run.id, optionOf(run, lang)]),
        follow,
      );
    },
  };
}

function optionOf({ kind, status, queuedAt }: Run, lang: Lang): string {
  return [RUN_KINDS[kind][lang], RUN_STATUSES[status][lang], moment(queuedAt, lang)].join(" · ");
}

type Reading = {
  readonly box: LineBox;
  readonly state: HTMLElement;
  readonly lang: Lang;
  /** Called when the run has ended and all of it is shown. */
  readonly over: () => void;
};

/** A lost connection goes on after the last line that came: the browser sends its number along. */
function read(run: string, { box, state, lang, over }: Reading): EventSource {
  const stream = new EventSource(`${location.pathname}/log?run=${encodeURIComponent(run)}`);
  const clock = clockOf(lang);
  stream.addEventListener("open", () => {
    state.textContent = PAGE.live[lang];
  });
  stream.addEventListener("message", (event) => {
    const { at, type, message } = Line.parse(JSON.parse(String(event.data)));
    const words = type === "step" ? stepWords(message, lang) : message;
    box.add({ type, words: `${clock(at)} ${words}` });
  });
  stream.addEventListener("end", (event) => {
    box.draw();
    const data = event instanceof MessageEvent ? String(event.data) : "{}";
    const status = wordFor(RUN_STATUSES, End.parse(JSON.parse(data)).status, lang);
    state.textContent = say(PAGE.logEnded, lang, { status });
    stream.close();
    over();
  });
  stream.addEventListener("error", () => {
    state.textContent = PAGE.logLost[lang];
  });
  return stream;
}
