import { z } from "zod";
import { actionOf, PlanJson, type ActionName, type ResourceChange } from "./plan-json.ts";
import type { Environment } from "./deployment.ts";

export const RiskLevel = z.enum(["low", "medium", "high", "critical"]);
export type RiskLevel = z.infer<typeof RiskLevel>;

/**
 * One finding: the rule, the address it is about, and a sentence's parameters. Of a module's own
 * `note` these are its id and its text by language.
 */
export const RiskReason = z.object({
  rule: z.enum([
    "delete",
    "replace",
    "public-cidr",
    "iam",
    "count",
    "unknown",
    "prod",
    "note",
    "not-imported",
    "perhaps-there",
    "older-state",
  ]),
  address: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RiskReason = z.infer<typeof RiskReason>;

/** Deterministic: the same plan gives the same level and reasons. */
export const Risk = z.object({ level: RiskLevel, reasons: z.array(RiskReason) });
export type Risk = z.infer<typeof Risk>;

/** Above so many changed resources a reader cannot check each one. */
const MANY = 50;
/** Known only after apply, of so many attributes, hides what the resource will be. */
const MANY_UNKNOWN = 10;
const ANYWHERE = new Set(["0.0.0.0/0", "::/0"]);
const IAM_TYPE = /(^|_)iam_|_policy(_attachment)?$|_role$|_binding$|_service_account/;

export type RiskFinding = { readonly level: RiskLevel; readonly reason: RiskReason };

/**
 * Reads `terraform show -json` of a plan; text inside it (tags, names) never changes the result.
 * `notes` are the module's own findings about the values.
 */
export function assessRisk(
  planJson: unknown,
  environment: Environment,
  notes: readonly RiskFinding[] = [],
): Risk {
  const changed = PlanJson.parse(planJson)
    .resource_changes.filter((resource) => resource.mode === "managed")
    .filter((resource) => actionOf(resource) !== "no-op");
  const findings = [...changed.flatMap(findingsOf), ...countFinding(changed), ...notes];
  const raised = environment === "prod" ? prodFinding(findings) : [];
  const all = [...findings, ...raised];
  return { level: highest(all), reasons: all.map((finding) => finding.reason) };
}

function findingsOf(resource: ResourceChange): RiskFinding[] {
  return RULES.flatMap((rule) => rule(resource, actionOf(resource)));
}

type Rule = (resource: ResourceChange, action: ActionName) => RiskFinding[];

const RULES: readonly Rule[] = [deleteRule, replaceRule, publicCidrRule, iamRule, unknownRule];

function deleteRule({ address, type }: ResourceChange, action: ActionName): RiskFinding[] {
  return action === "delete" ? [finding("high", "delete", { address, params: { type } })] : [];
}

function replaceRule({ address, type, change }: ResourceChange, action: ActionName): RiskFinding[] {
  const because = (change.replace_paths ?? []).map((path) => path.join(".")).join(", ");
  return action === "replace"
    ? [finding("high", "replace", { address, params: { type, because } })]
    : [];
}

/**
 * A range that lets everybody in and was not there before. Where something may go out to (egress,
 * a route's destination) every address is the usual default and opens nothing.
 */
function publicCidrRule({ address, type, change }: ResourceChange): RiskFinding[] {
  if (isOutbound(type, change.after)) {
    return [];
  }
  const before = new Set(inboundStrings(change.before));
  const found = inboundStrings(change.after).find(
    (text) => ANYWHERE.has(text) && !before.has(text),
  );
  return found === undefined
    ? []
    : [finding("high", "public-cidr", { address, params: { cidr: found } })];
}

const OUTBOUND = /^(egress|route|destination_|dest_)/;

function isOutbound(type: string, after: unknown): boolean {
  const isEgressRule =
    typeof after === "object" && after !== null && "type" in after && after.type === "egress";
  return type.includes("egress") || isEgressRule;
}

function inboundStrings(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  const parts = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return parts.filter(([key]) => !OUTBOUND.test(key)).flatMap(([, part]) => inboundStrings(part));
}

function iamRule({ address, type }: ResourceChange, action: ActionName): RiskFinding[] {
  const changes = action !== "read" && IAM_TYPE.test(type);
  return changes ? [finding("medium", "iam", { address, params: { type } })] : [];
}

function unknownRule({ address, change }: ResourceChange, action: ActionName): RiskFinding[] {
  const unknown = truesIn(change.after_unknown);
  return action === "update" && unknown >= MANY_UNKNOWN
    ? [finding("medium", "unknown", { address, params: { count: unknown } })]
    : [];
}

function countFinding(changed: readonly ResourceChange[]): RiskFinding[] {
  const [first] = changed;
  return first !== undefined && changed.length > MANY
    ? [finding("medium", "count", { address: first.address, params: { count: changed.length } })]
    : [];
}

/** In prod the worst finding counts one level more. */
function prodFinding(findings: readonly RiskFinding[]): RiskFinding[] {
  const [worst] = findings.toSorted((a, b) => rank(b.level) - rank(a.level));
  if (worst === undefined) {
    return [];
  }
  const level = RiskLevel.options[rank(worst.level) + 1] ?? "critical";
  return [finding(level, "prod", { address: worst.reason.address, params: {} })];
}

function finding(
  level: RiskLevel,
  rule: RiskReason["rule"],
  about: Pick<RiskReason, "address" | "params">,
): RiskFinding {
  return { level, reason: { rule, address: about.address, params: about.params } };
}

function highest(findings: readonly RiskFinding[]): RiskLevel {
  const top = Math.max(0, ...findings.map(({ level }) => rank(level)));
  return RiskLevel.options[top] ?? "critical";
}

function rank(level: RiskLevel): number {
  return RiskLevel.options.indexOf(level);
}

function truesIn(value: unknown): number {
  if (value === true) {
    return 1;
  }
  return childrenOf(value).reduce((sum: number, child) => sum + truesIn(child), 0);
}

function childrenOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
