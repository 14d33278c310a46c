import type { Action, Block, Card } from "#bots/card.ts";
import { statusOf, type Deployment } from "#deployments/deployment.ts";
import { BUTTONS, CARD } from "#text/cards.ts";
import { EXAMPLES, STATUS_CARD } from "#text/info-cards.ts";
import { CHANGE_KINDS, OUTCOMES, STANDINGS, STATUSES } from "#text/states.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type StatusView = { readonly setting: Setting; readonly deployments: readonly Deployment[] };

/** Every deployment that the asker may see, one line each. */
export function statusCard({ setting, deployments }: StatusView): Card {
  const { lang } = setting;
  const count = parts.sayIn(setting, STATUS_CARD.count, { n: deployments.length });
  return parts.card(setting, {
    title: STATUS_CARD.title[lang],
    tone: "neutral",
    body:
      deployments.length === 0
        ? [parts.text(STATUS_CARD.none[lang])]
        : [table(setting, deployments)],
    actions:
      deployments.length === 0
        ? [parts.sayButton(EXAMPLES.modules[lang], EXAMPLES.modules[lang])]
        : [],
    fallback: `${STATUS_CARD.title[lang]}: ${count}`,
  });
}

function table(setting: Setting, deployments: readonly Deployment[]): Block {
  const { lang } = setting;
  const labels = [CARD.deployment, CARD.module, CARD.environment, CARD.status];
  return {
    kind: "table",
    head: labels.map((label) => label[lang]),
    rows: deployments.map((deployment) => [
      deployment.name,
      deployment.module,
      deployment.environment,
      STATUSES[statusOf(deployment)][lang],
    ]),
    more: CARD.more[lang],
  };
}

export type DeploymentView = { readonly setting: Setting; readonly deployment: Deployment };

/** One deployment: its status, what exists, what is under way, how the last change ended. */
export function deploymentCard({ setting, deployment }: DeploymentView): Card {
  const { lang } = setting;
  const status = statusOf(deployment);
  const title = parts.sayIn(setting, STATUS_CARD.one, {
    name: deployment.name,
    status: STATUSES[status][lang],
  });
  return parts.card(setting, {
    title,
    tone: TONES[status],
    body: [factsOf(setting, deployment)],
    actions: [...actionsOf(setting, deployment), parts.pageButton(setting, deployment)],
    fallback: title,
  });
}

const TONES = {
  created: "neutral",
  planning: "neutral",
  planned: "neutral",
  awaiting_approval: "attention",
  approved: "good",
  applying: "neutral",
  destroying: "attention",
  applied: "good",
  interrupted: "danger",
  destroyed: "neutral",
  failed: "danger",
  rejected: "attention",
  expired: "attention",
  cancelled: "neutral",
} as const satisfies Record<ReturnType<typeof statusOf>, Card["tone"]>;

function factsOf(setting: Setting, deployment: Deployment): Block {
  const { lang } = setting;
  return {
    kind: "facts",
    facts: [
      [CARD.module[lang], deployment.module],
      [CARD.environment[lang], deployment.environment],
      [CARD.requester[lang], parts.nameOf(setting, deployment.requester)],
      [CARD.standing[lang], STANDINGS[deployment.standing.is][lang]],
      ...openFact(setting, deployment),
      ...lastFact(setting, deployment),
    ],
  };
}

type Fact = readonly [string, string];

function openFact(setting: Setting, { change }: Deployment): Fact[] {
  if (change === null) {
    return [];
  }
  const { lang } = setting;
  const words = parts.sayIn(setting, STATUS_CARD.opened, {
    kind: CHANGE_KINDS[change.kind][lang],
    status: STATUSES[change.state][lang],
    at: parts.moment(change.openedAt, lang),
  });
  return [[STATUS_CARD.change[lang], words]];
}

function lastFact(setting: Setting, { lastChange }: Deployment): Fact[] {
  if (lastChange === null) {
    return [];
  }
  const { lang } = setting;
  const words = parts.sayIn(setting, STATUS_CARD.ended, {
    kind: CHANGE_KINDS[lastChange.kind][lang],
    outcome: OUTCOMES[lastChange.outcome][lang],
    at: parts.moment(lastChange.endedAt, lang),
  });
  return [[STATUS_CARD.lastChange[lang], words]];
}

/** Cancel while something is open; else what the standing allows. */
function actionsOf(setting: Setting, deployment: Deployment): Action[] {
  const { lang } = setting;
  const id = deployment.id;
  if (deployment.change !== null) {
    return [parts.cancelButton(setting, deployment)];
  }
  const replan = parts.replanButton(setting, deployment);
  switch (deployment.standing.is) {
    case "uncertain":
      return [
        parts.button(
          BUTTONS.recover[lang],
          { do: "recover", deployment: id },
          { style: "primary" },
        ),
      ];
    case "live":
    case "partial":
      return [
        replan,
        parts.button(BUTTONS.destroy[lang], { do: "destroy", deployment: id }, { style: "danger" }),
      ];
    case "nothing":
    case "destroyed":
      return [replan];
  }
}
