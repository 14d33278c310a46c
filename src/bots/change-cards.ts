import { wantsName } from "#deployments/approval.ts";
import type { EndedChange, OpenChange } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Policy } from "#deployments/policy.ts";
import type { Run } from "#deployments/run.ts";
import { approvalCard, type VotedChange } from "./cards/approval.ts";
import type { Setting } from "./cards/parts.ts";
import { progressCard } from "./cards/progress.ts";
import { reportCard } from "./cards/report.ts";
import type { Card } from "./card.ts";

/** One change at one moment, with everything its cards show. */
export type ChangeView = {
  readonly setting: Setting;
  readonly deployment: Deployment;
  readonly change: OpenChange | EndedChange;
  /** The change's own runs, each with the step under way. */
  readonly runs: readonly { readonly run: Run; readonly step: string | null }[];
  readonly policy: Policy;
  readonly now: Date;
};

export type ChangeCard = {
  readonly key: string;
  readonly kind: "progress" | "approval" | "report";
  readonly card: Card;
};

/** Every card that this change can have at this moment; which of them are shown is not said here. */
export function drawChange(view: ChangeView): ChangeCard[] {
  return [...progressCards(view), ...approvalCards(view), ...reportCards(view)];
}

function progressCards({ setting, deployment, change, runs, now }: ChangeView): ChangeCard[] {
  return runs.map(({ run, step }) => ({
    key: `progress:${run.id}`,
    kind: "progress",
    card: progressCard({ setting, deployment, change, run, step, now }),
  }));
}

function approvalCards({ setting, deployment, change, policy }: ChangeView): ChangeCard[] {
  if (!hasPlan(change)) {
    return [];
  }
  const votesNeeded = policy.approval.votes;
  const confirmName = wantsName(change, policy);
  const card = approvalCard({ setting, deployment, change, votesNeeded, confirmName });
  return [{ key: `approval:${change.id}`, kind: "approval", card }];
}

function hasPlan(change: OpenChange | EndedChange): change is VotedChange {
  return "plan" in change && change.plan !== null;
}

function reportCards({ setting, deployment, change }: ChangeView): ChangeCard[] {
  if (change.state !== "ended") {
    return [];
  }
  const card = reportCard({ setting, deployment, change });
  return [{ key: `report:${change.id}`, kind: "report", card }];
}
