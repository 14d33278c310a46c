import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import "./deployment.css";
import { make, pageRoot } from "./console/dom.ts";
import { fetchAbout } from "./deployment/wire.ts";
import { headerOf, factsOf } from "./deployment/facts.ts";
import { planSection } from "./deployment/plan.ts";
import { logSection } from "./deployment/log.ts";
import { eventSection, voteSection } from "./deployment/history.ts";

const LOOK_EVERY_MS = 3_000;

const root = pageRoot();
const first = await fetchAbout(location.pathname);

if ("problem" in first) {
  root.append(make("section", { class: "problem", role: "alert" }, first.problem));
} else {
  show(first);
}

/** Head, facts, votes and events are drawn anew when something moved; plan and log keep their place. */
function show(about: Exclude<typeof first, { problem: string }>): void {
  const { lang, deployment } = about;
  document.documentElement.lang = lang;
  document.title = `${deployment.name} · ${PAGE.title[lang]}`;
  const head = make("header", {});
  const facts = make("div", { class: "facts" });
  const history = make("div", { class: "history" });
  const plan = planSection(lang);
  const log = logSection(lang);
  root.append(head, facts, plan.element, log.element, history);
  let drawn = "";

  function draw(now: typeof about): void {
    const state = JSON.stringify(now);
    if (state === drawn) {
      return;
    }
    drawn = state;
    head.replaceChildren(...headerOf(now));
    facts.replaceChildren(...factsOf(now));
    history.replaceChildren(voteSection(now), eventSection(now));
    plan.follow(now.deployment);
    log.follow(now.deployment.runs);
  }

  draw(about);
  setInterval(() => {
    fetchAbout(location.pathname).then(
      (now) => ("problem" in now ? undefined : draw(now)),
      () => {
        // The server is away; the next look may find it again.
      },
    );
  }, LOOK_EVERY_MS);
}
