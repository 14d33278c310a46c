import { SANDBOX } from "#text/sandbox.ts";
import "./shell.css";
import { make, pageRoot } from "./console/dom.ts";
import { lessonText } from "./shell/lesson.ts";
import { fetchAbout } from "./shell/about.ts";
import { openTerminal } from "./shell/terminal.ts";

const root = pageRoot();
const about = await fetchAbout(location.pathname);

if ("problem" in about) {
  root.append(make("section", { class: "problem", role: "alert" }, about.problem));
} else {
  const { lang, driver, lesson } = about;
  document.documentElement.lang = lang;
  document.title = lesson?.title ?? SANDBOX.shellTitle[lang];
  const screen = make("div", { class: "screen" });
  const state = make("p", { class: "state", role: "status" }, SANDBOX.connecting[lang]);
  root.append(
    make("article", { class: "lesson" }, ...lessonText(lesson, lang)),
    make(
      "section",
      { class: "shell", "aria-label": SANDBOX.terminalLabel[lang] },
      make("p", { class: "driver" }, SANDBOX[driver][lang]),
      screen,
      state,
    ),
  );
  openTerminal({ screen, state, lang, path: `${location.pathname}/socket` });
}
