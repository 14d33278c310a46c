import type { ChangeAnnouncement } from "#deployments/announcement.ts";
import type { EndedChange, OpenChange } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Run } from "#deployments/run.ts";
import type { Counting } from "#deployments/approval.ts";
import { tallyOf } from "#deployments/tally.ts";
import { approvalCard, type VotedChange } from "./cards/approval.ts";
import type { Setting } from "./cards/parts.ts";
import { progressCard } from "./cards/progress.ts";
import { reminderCard } from "./cards/reminder.ts";
import { reportCard } from "./cards/report.ts";
import type { Card } from "./card.ts";

/** One change at one moment, with everything its cards show. */
export type ChangeView = Counting & {
  readonly setting: Setting;
  readonly deployment: Deployment;
  readonly change: OpenChange | EndedChange;
  /** The change's own runs, each with the step under way. */
  readonly runs: readonly { readonly run: Run; readonly step: string | null }[];
};

export type ChangeCard = {
  readonly key: string;
  readonly kind: ChangeAnnouncement["card"];
  readonly card: Card;
};

/** Every card that this change can have at this moment; which of them are shown is not said here. */
export function drawChange(view: ChangeView): ChangeCard[] {
  return [
    ...progressCards(view),
    ...approvalCards(view),
    ...reminderCards(view),
    ...reportCards(view),
  ];
}

function progressCards({ setting, deployment, change, runs, now }: ChangeView): ChangeCard[] {
  return runs.map(({ run, step }) => ({
    key: `progress:${run.id}`,
    kind: "progress",
    card: progressCard({ setting, deployment, change, run, step, now }),
  }));
}

function approvalCards(view: ChangeView): ChangeCard[] {
  const { setting, deployment, change } = view;
  if (!hasPlan(change)) {
    return [];
  }
  const tally = tallyOf(deployment, change, view);
  const card = approvalCard({ setting, deployment, change, tally });
  return [{ key: `approval:${change.id}`, kind: "approval", card }];
}

function hasPlan(change: OpenChange | EndedChange): change is VotedChange {
  return "plan" in change && change.plan !== null;
}

/** Those that were sent: they stay, and say so when it is over. */
function reminderCards(view: ChangeView): ChangeCard[] {
  const { setting, deployment, change } = view;
  const tally = tallyOf(deployment, change, view);
  if (tally === null) {
    return [];
  }
  const isOpen = change.state === "awaiting_approval";
  const { remindedAt, escalatedAt } = tally.asking;
  const sent = { reminder: remindedAt, escalation: escalatedAt };
  return (["reminder", "escalation"] as const)
    .filter((kind) => sent[kind] !== null)
    .map((kind) => ({
      key: `${kind}:${change.id}`,
      kind,
      card: reminderCard({ setting, deployment, kind, tally, isOpen }),
    }));
}

function reportCards({ setting, deployment, change }: ChangeView): ChangeCard[] {
  if (change.state !== "ended") {
    return [];
  }
  const card = reportCard({ setting, deployment, change });
  return [{ key: `report:${change.id}`, kind: "report", card }];
}
