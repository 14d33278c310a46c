import type { Action, Block, Card } from "#bots/card.ts";
import type { Advice } from "#deployments/advice.ts";
import type { Json } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { ADVICE, ADVICE_CARD } from "#text/advice.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type AdviceView = {
  readonly setting: Setting;
  readonly deployment: Deployment;
  readonly advice: readonly Advice[];
  /** What was done about it, newest last. */
  readonly notes: readonly string[];
};

/** A card has room for so many buttons, two for each value that is suggested. */
const MOST_FIXES = 3;

/** What is odd about a request, each with a button that changes it and one that leaves it. */
export function adviceCard({ setting, deployment, advice, notes }: AdviceView): Card {
  const { lang } = setting;
  const title = parts.sayIn(setting, ADVICE_CARD.title, { name: deployment.name });
  const fixes = advice.filter(({ suggested }) => suggested !== null).slice(0, MOST_FIXES);
  const sentences = advice.map(({ code, params }) => parts.sayIn(setting, ADVICE[code], params));
  const next = ADVICE_CARD[fixes.length === 0 ? "nextPlain" : "next"][lang];
  return parts.card(setting, {
    title,
    tone: advice.some(({ level }) => level !== "info") ? "attention" : "neutral",
    body: [
      ...advice.map((one) => adviceBlock(setting, one)),
      ...(advice.length === 0 ? [parts.text(ADVICE_CARD.nothing[lang])] : []),
      ...notes.map((note) => parts.subtle(note)),
      parts.identity(setting, deployment, deployment.requester),
      ...(advice.length === 0 ? [] : [parts.text(next)]),
    ],
    actions: fixes.flatMap((one) => buttonsFor(setting, deployment, one)),
    fallback: [title, ...sentences, ...notes].join(". "),
  });
}

function adviceBlock(setting: Setting, { level, code, params }: Advice): Block {
  const sentence = parts.text(parts.sayIn(setting, ADVICE[code], params));
  return parts.callout(level === "info" ? "note" : "warning", sentence);
}

function buttonsFor(setting: Setting, deployment: Deployment, advice: Advice): Action[] {
  const { code, suggested } = advice;
  const vars = deployment.change?.vars ?? deployment.vars;
  const now = suggested === null ? undefined : vars[suggested.variable];
  const which = { deployment: deployment.id, advice: code };
  const use = labelled(setting, "use", suggested?.value ?? null);
  const keep = labelled(setting, "keep", now ?? null);
  return [
    parts.button(use, { do: "fix", ...which }, { style: "primary" }),
    parts.button(keep, { do: "keep", ...which }),
  ];
}

/** A short value stands on the button itself. */
const LABEL_LENGTH = 24;

function labelled(setting: Setting, what: "use" | "keep", value: Json): string {
  const isPlain = typeof value === "string" || typeof value === "number";
  return isPlain && String(value).length <= LABEL_LENGTH
    ? parts.sayIn(setting, ADVICE_CARD[what], { value })
    : ADVICE_CARD[`${what}AsSaid`][setting.lang];
}
