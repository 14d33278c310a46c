import type { Card } from "#bots/card.ts";
import type { RunEvent } from "#deployments/run.ts";
import { LOGS } from "#text/info-cards.ts";
import * as parts from "./parts.ts";
import type { Named, Setting } from "./parts.ts";

/** Lines and characters that fit a card beside its frame; the whole log has a route of its own. */
const LINES_SHOWN = 30;
const LINE_LENGTH = 200;

export type LogsView = {
  readonly setting: Setting;
  readonly deployment: Named;
  readonly events: readonly RunEvent[];
};

/** The end of what the last run said. */
export function logsCard({ setting, deployment, events }: LogsView): Card {
  const title = parts.sayIn(setting, LOGS.title, { name: deployment.name });
  const shown = events.slice(-LINES_SHOWN);
  const last = parts.sayIn(setting, LOGS.last, { n: shown.length, all: events.length });
  return parts.card(setting, {
    title,
    tone: "neutral",
    body:
      shown.length === 0
        ? [parts.text(LOGS.none[setting.lang])]
        : [parts.subtle(last), { kind: "code", text: shown.map(lineOf).join("\n") }],
    actions: [parts.statusButton(setting, deployment)],
    fallback: title,
  });
}

function lineOf({ at, message }: RunEvent): string {
  const line = message.length > LINE_LENGTH ? `${message.slice(0, LINE_LENGTH - 1)}…` : message;
  return `${at.toISOString().slice(11, 19)} ${line}`;
}
