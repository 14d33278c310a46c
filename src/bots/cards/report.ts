import type { Action, Block, Card } from "#bots/card.ts";
import type { EndedChange } from "#deployments/change.ts";
import type { Deployment, OpenAddress } from "#deployments/deployment.ts";
import { VOTES } from "#text/approval-card.ts";
import { BUTTONS, CARD } from "#text/cards.ts";
import { REPORT, REPORT_HAPPENED, REPORT_NEXT, REPORT_TITLES } from "#text/report-card.ts";
import { sayReason } from "#text/reasons.ts";
import { STANDINGS } from "#text/states.ts";
import * as parts from "./parts.ts";
import type { Setting } from "./parts.ts";
import { counts } from "./plan-blocks.ts";

export type ReportView = {
  readonly setting: Setting;
  readonly deployment: Deployment;
  readonly change: EndedChange;
};

/** How a change ended: what happened, why, what exists, what to do now. */
export function reportCard(view: ReportView): Card {
  const { setting, deployment } = view;
  const end = endOf(view.change);
  const title = parts.sayIn(setting, REPORT_TITLES[end], { name: deployment.name });
  const happened = happenedWords(view, end);
  return parts.card(setting, {
    title,
    tone: TONES[end],
    body: [
      ...errorBlocks(view),
      parts.text(happened),
      ...whyBlocks(view),
      parts.identity(setting, deployment, view.change.requester),
      ...parts.voteLines(setting, view.change.votes, VOTES),
      ...leftBlocks(view, end),
      { kind: "divider" },
      parts.text(parts.bold(`${CARD.next[setting.lang]}: `), REPORT_NEXT[end][setting.lang]),
    ],
    actions: actionsOf(view, end),
    fallback: `${title}. ${happened}`,
  });
}

type End = keyof typeof REPORT_TITLES;

const TONES = {
  applied: "good",
  destroyed: "good",
  unchanged: "good",
  rejected: "attention",
  expired: "attention",
  cancelled: "neutral",
  failed: "danger",
  planFailed: "danger",
  interrupted: "danger",
  superseded: "neutral",
} as const satisfies Record<End, Card["tone"]>;

function endOf(change: EndedChange): End {
  if (change.outcome === "failed" && change.plan === null) {
    return "planFailed";
  }
  return change.outcome === "applied" && change.kind === "destroy" ? "destroyed" : change.outcome;
}

function happenedWords({ setting, change }: ReportView, end: End): string {
  const summary = change.plan?.summary;
  const params = summary === undefined ? {} : { counts: counts(setting, summary) };
  return parts.sayIn(setting, REPORT_HAPPENED[end], params);
}

/** Terraform's own redacted words, before anything else. */
function errorBlocks({ change }: ReportView): Block[] {
  const { error } = change.reason.params;
  return error === undefined || error === ""
    ? []
    : [parts.callout("danger", parts.text(parts.code(clipped(String(error), ERROR_LENGTH))))];
}

/** Characters of an error on a card; the log has all of it. */
const ERROR_LENGTH = 3000;

function whyBlocks({ setting, change }: ReportView): Block[] {
  const { code, params } = change.reason;
  const named = Object.entries(params).map(([key, value]) => [
    key,
    key === "by" ? (setting.names[value] ?? value) : value,
  ]);
  const why = sayReason(code, Object.fromEntries(named), setting.lang);
  return why === null ? [] : [parts.text(parts.sayIn(setting, REPORT.why, { why }))];
}

/** What exists after it: ids and outputs of an apply, certainties of an interrupted one. */
function leftBlocks(view: ReportView, end: End): Block[] {
  return LEFT[end].flatMap((blocks) => blocks(view));
}

type Left = (view: ReportView) => Block[];

const LEFT: Readonly<Record<End, readonly Left[]>> = {
  applied: [outputBlocks, resourceBlocks],
  destroyed: [],
  unchanged: [standingBlock],
  rejected: [standingBlock],
  expired: [standingBlock],
  cancelled: [standingBlock, resourceBlocks],
  failed: [standingBlock, resourceBlocks],
  planFailed: [standingBlock],
  interrupted: [standingBlock, certaintyBlocks],
  superseded: [],
};

function standingBlock({ setting, deployment }: ReportView): Block[] {
  const standing = STANDINGS[deployment.standing.is][setting.lang];
  return [parts.subtle(parts.sayIn(setting, REPORT.standing, { standing }))];
}

function outputBlocks({ setting, deployment }: ReportView): Block[] {
  const { lang } = setting;
  if (deployment.outputs.length === 0) {
    return [];
  }
  const rows = deployment.outputs.map(({ name, value, sensitive }) => [
    name,
    sensitive ? REPORT.hidden[lang] : clipped(value, VALUE_LENGTH),
  ]);
  const head = [REPORT.name[lang], REPORT.value[lang]];
  return [
    parts.text(parts.bold(REPORT.outputs[lang])),
    { kind: "table", head, rows, more: CARD.more[lang] },
  ];
}

/** A whole manifest fits no table cell; the API and the page show it in full. */
const VALUE_LENGTH = 200;

function clipped(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function resourceBlocks({ setting, deployment }: ReportView): Block[] {
  const { lang } = setting;
  const { resources } = deployment;
  if (resources.length === 0) {
    return [];
  }
  const rows = resources.map(({ address, id }) => [address, id]);
  const head = [REPORT.address[lang], REPORT.id[lang]];
  return [
    parts.text(parts.bold(parts.sayIn(setting, REPORT.resources, { n: resources.length }))),
    { kind: "table", head, rows, more: CARD.more[lang] },
  ];
}

function certaintyBlocks(view: ReportView): Block[] {
  const { standing, resources } = view.deployment;
  const { lang } = view.setting;
  const open = standing.is === "uncertain" ? standing.addresses : [];
  const known = resources.map(({ address, id }) => ({ address, id }));
  const created = open.filter(({ found }) => found === "created");
  return [
    ...addressBlocks(REPORT.certain[lang], [...known, ...created]),
    ...addressBlocks(
      REPORT.uncertain[lang],
      open.filter(({ found }) => found === "started"),
      REPORT.uncertainNext[lang],
    ),
    ...addressBlocks(
      REPORT.half[lang],
      open.filter(({ found }) => found === "half"),
      REPORT.halfNext[lang],
    ),
  ];
}

function addressBlocks(
  label: string,
  found: readonly Pick<OpenAddress, "address" | "id">[],
  next = "",
) {
  if (found.length === 0) {
    return [];
  }
  const lines = found.map(({ address, id }) => [
    parts.code(address),
    { text: id === null ? "" : ` ${id}` },
  ]);
  const todo = next === "" ? [] : [parts.subtle(next)];
  return [parts.text(parts.bold(label)), parts.list(lines), ...todo];
}

function actionsOf({ setting, deployment }: ReportView, end: End): Action[] {
  const { lang } = setting;
  const { id } = deployment;
  const buttons = {
    status: parts.statusButton(setting, deployment),
    replan: parts.replanButton(setting, deployment),
    values: parts.valuesButton(setting, deployment),
    destroy: parts.button(
      BUTTONS.destroy[lang],
      { do: "destroy", deployment: id },
      { style: "danger" },
    ),
    recover: parts.button(
      BUTTONS.recover[lang],
      { do: "recover", deployment: id },
      { style: "primary" },
    ),
  };
  const offered = OFFERED[end].map((name) => buttons[name]);
  return [...offered, parts.pageButton(setting, deployment)];
}

const OFFERED = {
  applied: ["status", "values", "destroy"],
  destroyed: ["replan"],
  unchanged: ["status", "values", "destroy"],
  rejected: ["values", "replan", "status"],
  expired: ["replan", "values", "status"],
  cancelled: ["replan", "values", "status"],
  failed: ["replan", "values", "status"],
  planFailed: ["values", "replan", "status"],
  interrupted: ["recover", "status"],
  superseded: ["status"],
} as const satisfies Record<
  End,
  readonly ("status" | "values" | "replan" | "destroy" | "recover")[]
>;
