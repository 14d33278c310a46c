import type { Action, Block, Card } from "#bots/card.ts";
import type { EndedChange, OpenChange, Outcome, Plan, Vote } from "#deployments/change.ts";
import type { Tally } from "#deployments/tally.ts";
import { APPROVAL, APPROVAL_STANDS, APPROVAL_TITLES, VOTES } from "#text/approval-card.ts";
import { BUTTONS, CARD } from "#text/cards.ts";
import { CHANGE_KINDS, RISK_LEVELS } from "#text/states.ts";
import {
  excludedWords,
  ownerUnknown,
  sentFacts,
  waitingBlocks,
  whoFact,
  whyBlocks,
} from "./asked.ts";
import * as parts from "./parts.ts";
import type { Named, Setting } from "./parts.ts";
import { counts, planBlocks } from "./plan-blocks.ts";

/** A change that has a plan: only those have something to vote on. */
export type VotedChange =
  | Exclude<OpenChange, { state: "planning" }>
  | (EndedChange & { readonly plan: Plan });

export type ApprovalView = {
  readonly setting: Setting;
  readonly deployment: Named;
  readonly change: VotedChange;
  /** How the vote stands; null while nobody is asked. */
  readonly tally: Tally | null;
};

/** Pending and decided share this body; only what can still be pressed differs. */
export function approvalCard(view: ApprovalView): Card {
  const { setting, deployment, change } = view;
  const stand = standOf(change);
  const title = parts.sayIn(setting, APPROVAL_TITLES[stand], { name: deployment.name });
  const level = RISK_LEVELS[change.plan.risk.level][setting.lang];
  return parts.card(setting, {
    title,
    tone: TONES[stand],
    body: [
      facts(view),
      ...moveBlocks(view),
      ...planBlocks(setting, change.plan),
      { kind: "divider" },
      parts.text(standWords(view, stand)),
      ...parts.voteLines(setting, votesOf(change), VOTES),
      ...blocksOfStand(view),
    ],
    actions: [...actionsOf(view), parts.pageButton(setting, deployment)],
    fallback: parts.sayIn(setting, APPROVAL.fallback, {
      title,
      counts: counts(setting, change.plan.summary),
      level,
    }),
  });
}

type Stand = Exclude<OpenChange["state"], "planning"> | Outcome;

const TONES = {
  planned: "neutral",
  awaiting_approval: "attention",
  approved: "good",
  applying: "good",
  applied: "good",
  unchanged: "neutral",
  rejected: "danger",
  expired: "neutral",
  cancelled: "neutral",
  failed: "danger",
  interrupted: "danger",
  superseded: "neutral",
} as const satisfies Record<Stand, Card["tone"]>;

function standOf(change: VotedChange): Stand {
  return change.state === "ended" ? change.outcome : change.state;
}

/** What holds it up, or why it ended where the outcome alone does not say it. */
function blocksOfStand({ setting, change, tally }: ApprovalView): Block[] {
  if (change.state === "awaiting_approval") {
    const demand = change.asking.demand;
    return [
      ...(excludedWords(setting, change, demand) === null ? [ownerUnknown(setting, change)] : []),
      ...(tally === null ? [] : waitingBlocks(setting, tally)),
    ];
  }
  return isReplaced(change)
    ? [...whyBlocks(setting, change.reason), parts.text(newerWords(setting, change.reason))]
    : [];
}

type Replaced = Extract<VotedChange, { readonly state: "ended" }>;

function isReplaced(change: VotedChange): change is Replaced {
  return change.state === "ended" && change.outcome === "superseded";
}

/** Records of before 2026-11-21 do not know what took their place. */
function newerWords(setting: Setting, { params: { next } }: Replaced["reason"]): string {
  return next === undefined
    ? parts.sayIn(setting, APPROVAL.newest)
    : parts.sayIn(setting, APPROVAL.newer, { next });
}

function facts({ setting, deployment, change, tally }: ApprovalView): Block {
  const { lang } = setting;
  const waiting = change.state === "awaiting_approval" ? tally : null;
  return {
    kind: "facts",
    facts: [
      [CARD.deployment[lang], `${deployment.name} (${CHANGE_KINDS[change.kind][lang]})`],
      [CARD.module[lang], deployment.module],
      [CARD.environment[lang], deployment.environment],
      [CARD.requester[lang], parts.nameOf(setting, change.requester)],
      [CARD.change[lang], change.id],
      [CARD.digest[lang], change.plan.digest.slice(0, 12)],
      ...(waiting === null ? [] : askedFacts(setting, waiting)),
    ],
  };
}

/** Other files of the module may do other things than those that the last vote was on. */
function moveBlocks({ setting, deployment, change }: ApprovalView): Block[] {
  const { movesFrom, moduleCommit } = change.plan.summary;
  if (movesFrom === null) {
    return [];
  }
  const [from, to] = [parts.shortCommit(movesFrom), parts.shortCommit(moduleCommit)];
  const words = parts.sayIn(setting, APPROVAL.moves, { module: deployment.module, from, to });
  return [parts.callout("warning", parts.text(words))];
}

function askedFacts(setting: Setting, tally: Tally): (readonly [string, string])[] {
  const ends = parts.moment(tally.asking.expiresAt, setting.lang);
  return [
    whoFact(setting, tally),
    [APPROVAL.expires[setting.lang], ends],
    ...sentFacts(setting, tally),
  ];
}

function standWords(view: ApprovalView, stand: Stand): string {
  const { setting, deployment, change, tally } = view;
  const words = parts.sayIn(setting, APPROVAL_STANDS[stand], {
    id: deployment.id,
    got: tally?.got ?? 0,
    needed: tally?.needed ?? 0,
    expires: tally === null ? "" : parts.moment(tally.asking.expiresAt, setting.lang),
  });
  const excluded =
    change.state === "awaiting_approval"
      ? excludedWords(setting, change, change.asking.demand)
      : null;
  return excluded === null ? words : `${words} ${excluded}`;
}

function votesOf(change: VotedChange): readonly Vote[] {
  return change.state === "planned" ? [] : change.votes;
}

function actionsOf(view: ApprovalView): Action[] {
  const { setting, deployment, change } = view;
  const replan = parts.replanButton(setting, deployment);
  const cancel = parts.cancelButton(setting, deployment);
  // What is to be destroyed has no values to choose.
  const values = change.kind === "destroy" ? [] : [parts.valuesButton(setting, deployment)];
  switch (change.state) {
    case "planned":
      return [...values, replan, cancel];
    case "awaiting_approval":
      return [approve(view), reject(view), ...values, replan, cancel];
    case "approved":
    case "applying":
      return [];
    case "ended":
      return isReplaced(change) ? [parts.statusButton(setting, deployment)] : [];
  }
}

function approve({ setting, deployment, change, tally }: ApprovalView): Action {
  const label = parts.sayIn(setting, BUTTONS.confirmName, { name: deployment.name });
  const input = { id: "confirmName", label, required: true };
  return parts.button(
    BUTTONS.approve[setting.lang],
    { do: "approve", change: change.id },
    { style: "primary", ...(tally?.asking.demand.typedName === true ? { input } : {}) },
  );
}

function reject({ setting, change }: ApprovalView): Action {
  const input = { id: "reason", label: BUTTONS.rejectReason[setting.lang], required: true };
  const value = { do: "reject", change: change.id } as const;
  return parts.button(BUTTONS.reject[setting.lang], value, { style: "danger", input });
}
