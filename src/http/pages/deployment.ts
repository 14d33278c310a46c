import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import { say, type Lang } from "#text/wording.ts";
import "./deployment.css";
import { make, pageRoot } from "./console/dom.ts";
import { savedLang } from "./console/settings.ts";
import { fetchAbout, type About } from "./deployment/wire.ts";
import { headerOf, factsOf } from "./deployment/facts.ts";
import { planSection } from "./deployment/plan.ts";
import { logSection } from "./deployment/log.ts";
import { clockOf } from "./deployment/moment.ts";
import { eventSection, voteSection } from "./deployment/history.ts";

const LOOK_EVERY_MS = 3_000;

const lang = savedLang();
document.documentElement.lang = lang;
const root = pageRoot();
const first = await fetchAbout(location.pathname, lang).catch(() => ({
  problem: away(lang, new Date()),
}));

if ("problem" in first) {
  const words = make("p", {}, first.problem);
  root.append(
    make("section", { class: "problem", role: "alert" }, make("h1", {}, PAGE.title[lang]), words),
  );
} else {
  show(first);
}

/** Each part is drawn anew when what it tells of has moved; plan and log keep their place. */
function show(about: About): void {
  const { deployment } = about;
  document.title = `${deployment.name} · ${PAGE.title[lang]}`;
  const notice = make("p", { class: "notice", role: "alert", hidden: true });
  const plan = planSection(lang);
  const log = logSection(lang);
  const head = part(make("header", {}), headerOf);
  const facts = part(make("div", { class: "facts" }), factsOf);
  const votes = part(make("div", { class: "history" }), (now) => [voteSection(now)]);
  const events = part(make("div", { class: "history" }), (now) => [eventSection(now)]);
  root.append(notice, head.element, facts.element, plan.element, log.element);
  root.append(votes.element, events.element);

  function draw(now: About): void {
    head.draw(now, [now.deployment.status, now.deployment.risk]);
    const { runs: _runs, ...rest } = now.deployment;
    facts.draw(now, rest);
    votes.draw(now, now.events);
    events.draw(now, now.events);
    plan.follow(now);
    log.follow(now.deployment.runs);
  }

  draw(about);
  keepLooking(notice, draw);
}

type Part = { readonly element: HTMLElement; draw(now: About, of: unknown): void };

/** A place of the page that is drawn when what it is made `of` is not what it was. */
function part(element: HTMLElement, drawn: (now: About) => Node[]): Part {
  let shown = "";
  return {
    element,
    draw(now, of) {
      const next = JSON.stringify(of);
      if (next !== shown) {
        shown = next;
        element.replaceChildren(...drawn(now));
      }
    },
  };
}

/** A page that can learn nothing new says so, and since when. */
function keepLooking(notice: HTMLElement, draw: (now: About) => void): void {
  let lastAt = new Date();
  function tell(words: string | null): void {
    notice.hidden = words === null;
    // Said once: what is written again is read aloud again.
    if (words !== null && notice.textContent !== words) {
      notice.textContent = words;
    }
  }
  setInterval(() => {
    fetchAbout(location.pathname, lang).then(
      (now) => {
        lastAt = new Date();
        tell("problem" in now ? now.problem : null);
        if (!("problem" in now)) {
          draw(now);
        }
      },
      () => tell(away(lang, lastAt)),
    );
  }, LOOK_EVERY_MS);
}

function away(lang: Lang, since: Date): string {
  return say(PAGE.away, lang, { at: clockOf(lang)(since.toISOString()) });
}
