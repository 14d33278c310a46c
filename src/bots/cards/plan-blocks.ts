import type { Block, Span } from "#bots/card.ts";
import type { Plan } from "#deployments/change.ts";
import type { PlannedResource, PlanSummary } from "#deployments/plan-summary.ts";
import type { Risk, RiskReason } from "#deployments/risk.ts";
import { APPROVAL, PLANNED_ACTIONS } from "#text/approval-card.ts";
import { CARD } from "#text/cards.ts";
import { sayRisk } from "#text/risk-reasons.ts";
import { RISK_LEVELS } from "#text/states.ts";
import { bold, callout, code, list, sayIn, subtle, text, type Setting } from "./parts.ts";

/** Other changes that a card lists; deletions and replacements are always all listed. */
const OTHERS_SHOWN = 10;

/** From this many on, instances of one resource share a line, each still by its own key. */
const SHARE_LINES_FROM = 40;

/** What a plan does and how risky that is: the part people decide on. */
export function planBlocks(setting: Setting, plan: Plan): Block[] {
  const { summary, risk } = plan;
  return [
    text(bold(counts(setting, summary))),
    riskBlock(setting, risk),
    ...destructiveBlocks(setting, summary),
    ...otherBlocks(setting, summary),
    ...outputBlocks(setting, summary),
  ];
}

export function counts(setting: Setting, summary: PlanSummary): string {
  const { add, change, destroy, replace } = summary;
  return sayIn(setting, CARD.counts, { add, change, destroy, replace });
}

function riskBlock(setting: Setting, risk: Risk): Block {
  const level = RISK_LEVELS[risk.level][setting.lang];
  const title = text(bold(sayIn(setting, APPROVAL.risk, { level })));
  if (risk.reasons.length === 0) {
    return callout("note", title, text(APPROVAL.noRisk[setting.lang]));
  }
  return callout(RISK_TONES[risk.level], title, list(reasonLines(setting, risk.reasons)));
}

const RISK_TONES = {
  low: "note",
  medium: "warning",
  high: "danger",
  critical: "danger",
} as const satisfies Record<Risk["level"], string>;

/** Rules that hit most of a plan at once; their addresses stand in the lists below anyway. */
const SUMMED: ReadonlySet<RiskReason["rule"]> = new Set(["delete", "replace", "unknown"]);

/** From this many on, the reasons of such a rule become one line with their number. */
const SUM_FROM = 6;

function reasonLines(setting: Setting, reasons: readonly RiskReason[]): Span[][] {
  const groups = Map.groupBy(reasons, ({ rule }) => rule);
  return [...groups].flatMap(([rule, group]) => {
    if (!SUMMED.has(rule) || group.length < SUM_FROM) {
      return group.map((reason) => reasonLine(setting, reason));
    }
    const words = sayIn(setting, APPROVAL.summed, { n: group.length });
    return [[bold(words), { text: `: ${sayRisk({ rule, params: {} }, setting.lang)}` }]];
  });
}

/** Rules about the whole plan: the address they carry is only an example. */
const ABOUT_ALL: ReadonlySet<RiskReason["rule"]> = new Set([
  "count",
  "prod",
  "note",
  "older-state",
]);

function reasonLine(setting: Setting, { rule, address, params }: RiskReason): Span[] {
  const words = sayRisk({ rule, params }, setting.lang);
  return ABOUT_ALL.has(rule) ? [{ text: words }] : [code(address), { text: `: ${words}` }];
}

function destructiveBlocks(setting: Setting, summary: PlanSummary): Block[] {
  const hit = summary.resources.filter(isDestructive);
  if (hit.length === 0) {
    return [];
  }
  const heading = sayIn(setting, APPROVAL.destructive, { n: hit.length });
  const lines = hit.length < SHARE_LINES_FROM ? hit.map(lineOf) : sharedLines(hit);
  return [text(bold(heading)), list(lines.map((line) => spansOf(setting, line)))];
}

function otherBlocks(setting: Setting, summary: PlanSummary): Block[] {
  const others = summary.resources.filter((resource) => !isDestructive(resource));
  if (others.length === 0) {
    return [];
  }
  const isAll = others.length === summary.resources.length;
  const heading = sayIn(setting, isAll ? APPROVAL.all : APPROVAL.others, { n: others.length });
  const shown = others.slice(0, OTHERS_SHOWN).map((each) => spansOf(setting, lineOf(each)));
  const hidden = others.length - shown.length;
  const more = hidden === 0 ? [] : [subtle(sayIn(setting, CARD.more, { n: hidden }))];
  return [text(bold(heading)), list(shown, CARD.more[setting.lang]), ...more];
}

function outputBlocks(setting: Setting, summary: PlanSummary): Block[] {
  if (summary.outputs.length === 0) {
    return [];
  }
  const names = summary.outputs.slice(0, OTHERS_SHOWN).join(", ");
  const hidden = summary.outputs.length - OTHERS_SHOWN;
  const more = hidden > 0 ? ` ${sayIn(setting, CARD.more, { n: hidden })}` : "";
  return [subtle(`${APPROVAL.outputs[setting.lang]}: `, code(names), more)];
}

function isDestructive(resource: PlannedResource): boolean {
  return resource.action === "delete" || resource.action === "replace";
}

type Line = Pick<PlannedResource, "action"> & { readonly what: string; readonly why: string };

function lineOf({ action, address, reason }: PlannedResource): Line {
  return { action, what: address, why: reason === undefined ? "" : reason.replaceAll("_", " ") };
}

/** `aws_subnet.a [0] [1] [2]`: shorter, and nothing that goes away is left out. */
function sharedLines(resources: readonly PlannedResource[]): Line[] {
  const groups = Map.groupBy(resources, ({ action, address }) => `${action} ${baseOf(address)}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) {
      return group.map(lineOf);
    }
    const base = baseOf(first.address);
    const keys = group.map(({ address }) => address.slice(base.length)).join(" ");
    return [{ action: first.action, what: `${base} ${keys}`, why: "" }];
  });
}

/** The address without the instance key at its end. */
function baseOf(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "");
}

function spansOf(setting: Setting, { action, what, why }: Line): Span[] {
  const words = `${PLANNED_ACTIONS[action][setting.lang]} `;
  return [{ text: words }, code(what), ...(why === "" ? [] : [{ text: ` (${why})` }])];
}
