import { make } from "#http/pages/console/dom.ts";
import { VOTES } from "#text/approval-card.ts";
import { DEPLOYMENT_PAGE as PAGE, EVENTS } from "#text/deployment-page.ts";
import { CHANGE_KINDS, OUTCOMES } from "#text/states.ts";
import { say, wordFor, type Lang, type Wording } from "#text/wording.ts";
import { changesOf } from "./changes.ts";
import { section } from "./facts.ts";
import { moment } from "./moment.ts";
import type { About } from "./wire.ts";

type Event = About["events"][number];

/** Every vote on any change of this deployment, newest first. */
export function voteSection({ events, names, lang }: About): HTMLElement {
  const votes = events.filter(({ action }) => action === "voted").toReversed();
  if (votes.length === 0) {
    return section(PAGE.votes[lang], make("p", { class: "quiet" }, PAGE.noVotes[lang]));
  }
  const kinds = new Map(changesOf(events).map(({ id, kind }) => [id, kind]));
  const rows = votes.map(({ at, actor, detail: { decision, reason, platform, change } }) => [
    moment(at, lang),
    `${names[actor] ?? actor} (${String(platform)})`,
    [wordFor(VOTES, String(decision), lang), reason].filter(Boolean).join(": "),
    wordFor(CHANGE_KINDS, kinds.get(String(change)) ?? "", lang),
  ]);
  const labels = [PAGE.when, PAGE.who, PAGE.what, PAGE.voteOn].map((label) => label[lang]);
  return section(PAGE.votes[lang], table(labels, rows));
}

/** The audit of this deployment, newest first. */
export function eventSection({ events, names, lang }: About): HTMLElement {
  const rows = events
    .toReversed()
    .map((event) => [
      moment(event.at, lang),
      event.actor === "system" ? PAGE.system[lang] : (names[event.actor] ?? event.actor),
      what(event, lang),
    ]);
  const labels = [PAGE.when, PAGE.who, PAGE.what].map((label) => label[lang]);
  return section(PAGE.events[lang], table(labels, rows));
}

/** In words, and on demand the record itself, which the audit's proof is over. */
function what({ action, detail }: Event, lang: Lang): HTMLElement {
  const wordings: Readonly<Record<string, Wording>> = EVENTS;
  const words = say(wordings[action] ?? { en: action, ko: action }, lang, {
    kind: wordFor(CHANGE_KINDS, String(detail["kind"]), lang),
    outcome: wordFor(OUTCOMES, String(detail["outcome"]), lang),
    decision: wordFor(VOTES, String(detail["decision"]), lang),
  });
  const record = Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}=${String(value)}`);
  return make(
    "details",
    {},
    make("summary", {}, words),
    make("pre", {}, [action, ...record].join("\n")),
  );
}

function table(
  labels: readonly string[],
  rows: readonly (readonly (string | HTMLElement)[])[],
): HTMLElement {
  const head = make("tr", {}, ...labels.map((label) => make("th", { scope: "col" }, label)));
  const body = rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, cell))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}
