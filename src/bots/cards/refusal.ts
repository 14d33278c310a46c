import type { Action, Block, Card } from "#bots/card.ts";
import { ADVICE_CARD } from "#text/advice.ts";
import { CARD } from "#text/cards.ts";
import { REFUSAL_CARD } from "#text/info-cards.ts";
import { REFUSALS } from "#text/refusals.ts";
import type { Refusal } from "#text/refusal.ts";
import { sayProblem } from "#text/variables.ts";
import type { RefusalWording } from "#text/wording.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type RefusalView = { readonly setting: Setting; readonly refusal: Refusal };

/** A request turned down: what happened and why, then what to do now. */
export function refusalCard({ setting, refusal }: RefusalView): Card {
  const wording: RefusalWording = REFUSALS[refusal.code];
  const detail = parts.sayIn(setting, wording.detail, refusal.params);
  const next = parts.sayIn(setting, wording.next, refusal.params);
  return parts.card(setting, {
    title: REFUSAL_CARD.title[setting.lang],
    tone: "attention",
    body: [
      parts.text(detail),
      ...problemBlocks(setting, refusal),
      parts.text(parts.bold(`${CARD.next[setting.lang]}: `), next),
    ],
    actions: buttonsFor(setting, refusal),
    fallback: `${detail} ${next}`,
  });
}

/** Asks once more, as whoever presses it, with the value that is suggested. */
function buttonsFor(setting: Setting, { suggested, instead }: Refusal): Action[] {
  if (suggested === undefined || instead === undefined) {
    return [];
  }
  const { variable, value } = suggested;
  // "Use true" says nothing.
  const shown = typeof value === "boolean" ? `${variable}=${value}` : value;
  const label = parts.sayIn(setting, ADVICE_CARD.use, { value: shown });
  return [{ ...parts.sayButton(label, instead), style: "primary" }];
}

/** A problem that the refusal itself tells is not told twice. */
function problemBlocks(setting: Setting, { code, problems }: Refusal): Block[] {
  const others = problems.filter((problem) => problem.code !== code);
  const lines = others.map((problem) => [{ text: sayProblem(problem, setting.lang) }]);
  return lines.length === 0 ? [] : [parts.list(lines)];
}
