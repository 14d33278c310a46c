import { STARTERS, WELCOME } from "#text/console-page.ts";
import { say, type Lang } from "#text/wording.ts";
import { make } from "./dom.ts";

type Welcome = {
  readonly lang: Lang;
  readonly name: string;
  readonly onSay: (text: string) => void;
};

/** An empty conversation: what this is, and sentences to begin with. */
export function drawWelcome({ lang, name, onSay }: Welcome): HTMLElement {
  const starters = Object.values(STARTERS).map((starter) =>
    make("button", { type: "button", click: () => onSay(starter[lang]) }, starter[lang]),
  );
  return make(
    "section",
    { class: "welcome" },
    make("h2", {}, say(WELCOME.hello, lang, { name })),
    make("p", {}, WELCOME.how[lang]),
    make("div", { class: "starters" }, ...starters),
  );
}
