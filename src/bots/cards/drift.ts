import type { Action, Block, Card } from "#bots/card.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { DriftCheck, DriftItem } from "#deployments/drift.ts";
import { CARD } from "#text/cards.ts";
import { DRIFT, DRIFT_HAPPENED, DRIFT_NEXT, DRIFT_TITLES } from "#text/drift.ts";
import { sayReason } from "#text/reasons.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";

export type DriftView = {
  readonly setting: Setting;
  readonly deployment: Deployment;
  readonly check: DriftCheck;
};

/** Whether what exists still is what was left: what differs, and what to do about it. */
export function driftCard({ setting, deployment, check }: DriftView): Card {
  const found = check.result?.outcome ?? "underWay";
  const title = parts.sayIn(setting, DRIFT_TITLES[found], { name: deployment.name });
  const happened = parts.sayIn(setting, DRIFT_HAPPENED[found], {
    n: (check.result?.items.length ?? 0) + (check.result?.more ?? 0),
    outputs: check.result?.outputs.join(", ") ?? "",
  });
  return parts.card(setting, {
    title,
    tone: TONES[found],
    body: [
      ...whyBlocks(setting, check),
      parts.text(happened),
      ...itemBlocks(setting, check),
      ...moduleBlocks(setting, deployment, check),
      ...askedBlocks(setting, check),
      parts.text(parts.bold(`${CARD.next[setting.lang]}: `), DRIFT_NEXT[found][setting.lang]),
    ],
    actions: actionsOf(setting, deployment, found),
    fallback: `${title}. ${happened}`,
  });
}

type Found = keyof typeof DRIFT_TITLES;

const TONES = {
  underWay: "neutral",
  none: "good",
  outputs_only: "attention",
  changed: "attention",
  deleted: "danger",
  error: "danger",
  skipped: "neutral",
} as const satisfies Record<Found, Card["tone"]>;

/** Terraform's own redacted words, or why it was not asked. */
function whyBlocks({ lang }: Setting, { result }: DriftCheck): Block[] {
  const reason = result?.reason ?? null;
  if (reason === null) {
    return [];
  }
  const error = String(reason.params["error"] ?? "");
  const why = error === "" ? sayReason(reason.code, reason.params, lang) : error;
  return why === null || why === "" ? [] : [parts.callout("danger", parts.text(parts.code(why)))];
}

/** Rows of a card: whoever wants all of them plans a repair and reads the plan. */
const MOST_ROWS = 10;

function itemBlocks(setting: Setting, { result }: DriftCheck): Block[] {
  const { lang } = setting;
  if (result === null || result.items.length === 0) {
    return [];
  }
  const shown = result.items.slice(0, MOST_ROWS);
  const left = result.items.length - shown.length + result.more;
  const head = [DRIFT.object, DRIFT.severity, DRIFT.attribute, DRIFT.expected, DRIFT.actual];
  return [
    {
      kind: "table",
      head: head.map((word) => word[lang]),
      rows: shown.flatMap((item) => rowsOf(setting, item)),
      more: CARD.more[lang],
    },
    ...(left === 0 ? [] : [parts.subtle(parts.sayIn(setting, DRIFT.more, { n: left }))]),
  ];
}

/** Attributes of one object that a card shows. */
const MOST_ATTRIBUTES = 5;

function rowsOf({ lang }: Setting, { address, is, severity, attributes }: DriftItem): string[][] {
  const level = DRIFT[severity][lang];
  if (is === "deleted") {
    return [[address, level, DRIFT.whole[lang], "", DRIFT.deleted[lang]]];
  }
  return attributes
    .slice(0, MOST_ATTRIBUTES)
    .map(({ path, before, after }) => [address, level, path, before, after]);
}

/** A look with other files than those of the last apply is told of. */
function moduleBlocks(setting: Setting, { module }: Deployment, { result }: DriftCheck): Block[] {
  const looked = result?.lookedWith ?? null;
  if (looked === null || looked.insteadOf === null) {
    return [];
  }
  const [from, to] = [parts.shortCommit(looked.insteadOf), parts.shortCommit(looked.commit)];
  return [parts.subtle(parts.sayIn(setting, DRIFT.otherModule, { module, from, to }))];
}

function askedBlocks(setting: Setting, { requester, askedAt, endedAt }: DriftCheck): Block[] {
  const at = parts.moment(endedAt ?? askedAt, setting.lang);
  const name = parts.nameOf(setting, requester);
  const said = endedAt === null ? DRIFT.askedAt : DRIFT.checkedAt;
  return [parts.subtle(parts.sayIn(setting, said, { at, name }))];
}

function actionsOf(setting: Setting, { id }: Deployment, found: Found): Action[] {
  const { lang } = setting;
  const repair = parts.button(
    DRIFT.repair[lang],
    { do: "repair", deployment: id },
    { style: "primary" },
  );
  const again = parts.button(DRIFT.again[lang], { do: "drift", deployment: id });
  switch (found) {
    case "changed":
    case "deleted":
    case "outputs_only":
      return [repair, again];
    case "none":
    case "error":
    case "skipped":
      return [again];
    case "underWay":
      return [];
  }
}
