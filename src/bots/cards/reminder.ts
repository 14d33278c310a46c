import type { Card } from "#bots/card.ts";
import type { Tally } from "#deployments/tally.ts";
import { REMINDER } from "#text/asking.ts";
import { whoFact } from "./asked.ts";
import * as parts from "./parts.ts";
import type { Named, Setting } from "./parts.ts";

export type ReminderView = {
  readonly setting: Setting;
  readonly deployment: Named;
  /** `reminder` at half of the time, `escalation` when a second group is asked. */
  readonly kind: "reminder" | "escalation";
  readonly tally: Tally;
  /** The change waits still. */
  readonly isOpen: boolean;
};

/** A message of its own, so that people are notified; votes count on the approval card only. */
export function reminderCard({ setting, deployment, kind, tally, isOpen }: ReminderView): Card {
  const group = tally.asking.demand.escalate ?? "";
  const { title: titles, body } = WORDS[kind];
  const title = parts.sayIn(setting, titles, { name: deployment.name, group });
  const words = parts.sayIn(setting, isOpen ? body : REMINDER.over, {
    got: tally.got,
    needed: tally.needed,
    group,
    expires: parts.moment(tally.asking.expiresAt, setting.lang),
  });
  return parts.card(setting, {
    title,
    tone: isOpen ? "attention" : "neutral",
    body: [
      parts.text(words),
      ...(isOpen ? [{ kind: "facts" as const, facts: [whoFact(setting, tally)] }] : []),
    ],
    actions: [parts.statusButton(setting, deployment)],
    fallback: `${title}. ${words}`,
  });
}

const WORDS = {
  reminder: { title: REMINDER.reminderTitle, body: REMINDER.waits },
  escalation: { title: REMINDER.escalationTitle, body: REMINDER.asks },
} as const;
