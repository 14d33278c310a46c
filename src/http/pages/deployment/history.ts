import { make } from "#http/pages/console/dom.ts";
import { VOTES } from "#text/approval-card.ts";
import { DEPLOYMENT_PAGE as PAGE } from "#text/deployment-page.ts";
import type { Lang } from "#text/wording.ts";
import { section } from "./facts.ts";
import type { About } from "./wire.ts";

export function voteSection({ deployment, names, lang }: About): HTMLElement {
  const { votes } = deployment;
  if (votes.length === 0) {
    return section(PAGE.votes[lang], make("p", { class: "quiet" }, PAGE.noVotes[lang]));
  }
  const rows = votes.map(({ voter, decision, reason, platform, at }) => [
    moment(at, lang),
    `${names[voter] ?? voter} (${platform})`,
    [VOTES[decision][lang], reason].filter(Boolean).join(": "),
  ]);
  return section(PAGE.votes[lang], table(rows, lang));
}

/** The audit of this deployment, newest first. */
export function eventSection({ events, names, lang }: About): HTMLElement {
  const rows = events
    .toReversed()
    .map(({ at, actor, action, detail }) => [
      moment(at, lang),
      actor === "system" ? PAGE.system[lang] : (names[actor] ?? actor),
      `${action} ${detailOf(detail)}`,
    ]);
  return section(PAGE.events[lang], table(rows, lang));
}

function table(rows: readonly (readonly string[])[], lang: Lang): HTMLElement {
  const labels = [PAGE.when[lang], PAGE.who[lang], PAGE.what[lang]];
  const head = make("tr", {}, ...labels.map((label) => make("th", { scope: "col" }, label)));
  const body = rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, cell))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}

function detailOf(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");
}

function moment(at: string, lang: Lang): string {
  return new Date(at).toLocaleString(lang === "ko" ? "ko-KR" : "en-GB");
}
