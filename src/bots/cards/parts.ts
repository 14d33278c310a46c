import type { Action, Block, ButtonValue, Card, Span } from "#bots/card.ts";
import type { Vote } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { PersonId } from "#deployments/ids.ts";
import { BUTTONS, CARD } from "#text/cards.ts";
import { DEPLOYMENT_PAGE } from "#text/deployment-page.ts";
import { FORM } from "#text/forms.ts";
import { say, type Lang, type Params, type Wording } from "#text/wording.ts";

/** What every card is drawn with, whatever it shows. */
export type Setting = {
  readonly lang: Lang;
  /** What the card shows stands in a simulated cloud, and the card says so. */
  readonly simulated: boolean;
  /** The words come from the offline rules, not from a model. */
  readonly offline: boolean;
  /** Names of the people on the card; whoever is missing is shown by id. */
  readonly names: Readonly<Record<string, string>>;
};

/** What cards need to know of a deployment to name it and act on it. */
export type Named = Pick<Deployment, "id" | "name" | "module" | "environment" | "cloud">;

type Draft = Pick<Card, "title" | "tone" | "body" | "fallback"> & {
  readonly actions?: readonly Action[];
};

export function card(setting: Setting, draft: Draft): Card {
  const badges = [
    ...(setting.simulated ? [CARD.simulated[setting.lang]] : []),
    ...(setting.offline ? [CARD.offline[setting.lang]] : []),
  ];
  return { ...draft, badges, actions: draft.actions ?? [] };
}

export function text(...spans: readonly (Span | string)[]): Block {
  return { kind: "text", spans: spans.map(spanOf) };
}

export function subtle(...spans: readonly (Span | string)[]): Block {
  return { kind: "text", spans: spans.map(spanOf), subtle: true };
}

export function list(lines: readonly (readonly Span[])[], more?: string): Block {
  const items = lines.map((spans) => ({ spans, depth: 0 }));
  return { kind: "list", ordered: false, items, ...(more === undefined ? {} : { more }) };
}

export function callout(tone: "note" | "warning" | "danger", ...blocks: readonly Block[]): Block {
  return { kind: "callout", tone, blocks };
}

export function bold(words: string): Span {
  return { text: words, bold: true };
}

export function code(words: string): Span {
  return { text: words, code: true };
}

function spanOf(span: Span | string): Span {
  return typeof span === "string" ? { text: span } : span;
}

type Extra = Partial<Pick<Action, "style" | "input">>;

export function button(label: string, value: ButtonValue, extra: Extra = {}): Action {
  return { label, style: "plain", value, ...extra };
}

/** A button that says something for the person; a button carries 200 characters at most. */
export function sayButton(label: string, words: string): Action {
  return { label, style: "plain", value: { do: "say", text: words.slice(0, 200) } };
}

export function statusButton(setting: Setting, deployment: Named): Action {
  return button(BUTTONS.status[setting.lang], { do: "status", deployment: deployment.id });
}

/** To the page of the deployment, by a link of the presser's own. */
export function pageButton(setting: Setting, deployment: Named): Action {
  return button(DEPLOYMENT_PAGE.button[setting.lang], { do: "page", deployment: deployment.id });
}

export function cancelButton(setting: Setting, deployment: Named): Action {
  return button(BUTTONS.cancel[setting.lang], { do: "cancel", deployment: deployment.id });
}

export function replanButton(setting: Setting, deployment: Named): Action {
  return button(BUTTONS.replan[setting.lang], { do: "replan", deployment: deployment.id });
}

/** Opens the form with the deployment's values. */
export function valuesButton(setting: Setting, deployment: Named): Action {
  return button(FORM.change[setting.lang], { do: "values", deployment: deployment.id });
}

/** What a card is about, in one quiet line below what it says. */
export function identity(setting: Setting, deployment: Named, requester: PersonId): Block {
  const who = sayIn(setting, CARD.requestedBy, { name: nameOf(setting, requester) });
  return subtle(`${deployment.name} · ${deployment.module} · ${deployment.environment} · ${who}`);
}

export function nameOf(setting: Setting, person: PersonId): string {
  return setting.names[person] ?? person;
}

/** One line for each vote: who, what, when, and the reason that was given. */
export function voteLines(setting: Setting, votes: readonly Vote[], words: VoteWords): Block[] {
  if (votes.length === 0) {
    return [];
  }
  const lines = votes.map((vote) => [
    bold(nameOf(setting, vote.voter)),
    { text: ` ${words[vote.decision][setting.lang]}, ${moment(vote.at, setting.lang)}` },
    ...(vote.reason === null ? [] : [{ text: ` “${vote.reason}”`, italic: true }]),
  ]);
  return [list(lines)];
}

export type VoteWords = Readonly<Record<Vote["decision"], Wording>>;

/** Day and time in UTC, said so: the people of a thread sit in many time zones. */
/** So much of a commit, or of the hash of a folder, as tells it from others. */
export function shortCommit(commit: string): string {
  return /^(?:tree-)?.{7}/.exec(commit)?.[0] ?? commit;
}

export function moment(at: Date, lang: Lang): string {
  const locale = lang === "ko" ? "ko-KR" : "en-GB";
  const date = at.toLocaleDateString(locale, { timeZone: "UTC", day: "numeric", month: "short" });
  return say(CARD.at, lang, { date, time: at.toISOString().slice(11, 16) });
}

export function duration(ms: number, lang: Lang): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) {
    return say(CARD.seconds, lang, { s: seconds });
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return say(CARD.minutes, lang, { m: minutes, s: seconds % 60 });
  }
  return say(CARD.hours, lang, { h: Math.floor(minutes / 60), m: minutes % 60 });
}

export function sayIn(setting: Setting, wording: Wording, params: Params = {}): string {
  return say(wording, setting.lang, params);
}
