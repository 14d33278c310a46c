import { z } from "zod";
import type { DriftedAttribute, DriftItem, DriftResult } from "./drift.ts";
import type { ModuleFacts } from "./module-facts.ts";

/** The parts of `terraform show -json` of a refresh-only plan that tell what drifted. */
const Drifted = z.object({
  address: z.string(),
  type: z.string().default(""),
  mode: z.string().default("managed"),
  change: z.object({
    actions: z.array(z.string()),
    before: z.json().default(null),
    after: z.json().default(null),
  }),
});
const DriftJson = z.object({
  errored: z.boolean().default(false),
  resource_drift: z.array(Drifted).nullish(),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).nullish(),
});

export type DriftReading = {
  /** The plan as Terraform wrote it: what differs is read from here. */
  readonly raw: unknown;
  /** The same without any secret: what is shown is read from here. */
  readonly masked: unknown;
  readonly rules: ModuleFacts["drift"];
};

/** Items of one check that are kept; a card shows fewer still. */
const MOST_ITEMS = 50;

/**
 * What a refresh-only plan found. Terraform's exit code does not say it: it is 2 for changed outputs
 * and in upstream bugs also for nothing (hashicorp/terraform#36403, #37406).
 */
export function readDrift({ raw, masked, rules }: DriftReading): Omit<DriftResult, "lookedWith"> {
  const plan = DriftJson.parse(raw);
  const shown = DriftJson.parse(masked);
  const items = (plan.resource_drift ?? [])
    .flatMap((drifted, at) => itemsOf(drifted, shown.resource_drift?.[at] ?? null, rules))
    .sort((left, right) => RANK[right.severity] - RANK[left.severity]);
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => !actions.includes("no-op"))
    .map(([name]) => name);
  return {
    outcome: plan.errored ? "error" : outcomeOf(items, outputs),
    items: items.slice(0, MOST_ITEMS),
    more: Math.max(0, items.length - MOST_ITEMS),
    outputs,
    reason: null,
  };
}

const RANK = { low: 0, medium: 1, high: 2 } as const;

function outcomeOf(items: readonly DriftItem[], outputs: readonly string[]) {
  if (items.some(({ is }) => is === "deleted")) {
    return "deleted";
  }
  if (items.length > 0) {
    return "changed";
  }
  return outputs.length > 0 ? "outputs_only" : "none";
}

type Drifted = z.infer<typeof Drifted>;

function itemsOf(
  { address, type, mode, change }: Drifted,
  shown: Drifted | null,
  rules: ModuleFacts["drift"],
): DriftItem[] {
  if (mode !== "managed") {
    return [];
  }
  if (change.actions.includes("delete")) {
    return [{ address, type, is: "deleted", severity: "high", attributes: [] }];
  }
  const [before, after] = [leaves(change.before), leaves(change.after)];
  const [shownBefore, shownAfter] = [
    leaves(shown?.change.before ?? null),
    leaves(shown?.change.after ?? null),
  ];
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) =>
      normal(before.get(path)) !== normal(after.get(path)) && !fits(rules.ignore, type, path),
  );
  const attributes = paths.map((path): DriftedAttribute => ({
    path,
    before: textOf(shownBefore, path),
    after: textOf(shownAfter, path),
  }));
  const severity = severityOf(type, paths, rules);
  return paths.length === 0 ? [] : [{ address, type, is: "changed", severity, attributes }];
}

function severityOf(
  type: string,
  paths: readonly string[],
  rules: ModuleFacts["drift"],
): DriftItem["severity"] {
  if (paths.some((path) => fits(rules.sensitive, type, path))) {
    return "high";
  }
  return paths.every((path) => MARKS.test(path)) ? "low" : "medium";
}

/** Marks for people: a changed one breaks nothing. */
const MARKS = /^(?:tags|tags_all|labels|\w+_labels|annotations)(?:\.|$)/;

/** `aws_route.*`, `*.tags_all`: a type and an attribute, with `*` for anything. */
function fits(patterns: readonly string[], type: string, path: string): boolean {
  return patterns.some((pattern) => {
    const dot = pattern.indexOf(".");
    const [ofType, ofPath] = [pattern.slice(0, dot), pattern.slice(dot + 1)];
    const isPath = ofPath === "*" || path === ofPath || path.startsWith(`${ofPath}.`);
    return (ofType === "*" || ofType === type) && isPath;
  });
}

type Value = z.infer<ReturnType<typeof z.json>>;

/** Values by their paths; a list is one value, because a place in it is no name. */
function leaves(value: Value, path = ""): Map<string, Value> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return new Map(path === "" ? [] : [[path, value]]);
  }
  const inner = Object.entries(value).flatMap(([name, item]) => [
    ...leaves(item, path === "" ? name : `${path}.${name}`),
  ]);
  return new Map(inner);
}

/** Nothing, "", {} and [] are one; numbers may be written as text; order in a list is no drift. */
function normal(value: Value | undefined): string {
  if (value === undefined || value === null || value === "") {
    return "";
  }
  if (Array.isArray(value)) {
    const items = value.map(normal).filter((item) => item !== "");
    return items.length === 0 ? "" : `[${items.sort().join(",")}]`;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value)
      .map(([name, item]) => `${name}=${normal(item)}`)
      .filter((entry) => !entry.endsWith("="));
    return entries.length === 0 ? "" : `{${entries.sort().join(",")}}`;
  }
  return String(value);
}

const LONGEST = 80;

/** What may be shown of a value; a masked parent hides what is inside. */
function textOf(shown: ReadonlyMap<string, Value>, path: string): string {
  const parts = path.split(".");
  const found = parts
    .map((_part, at) => shown.get(parts.slice(0, parts.length - at).join(".")))
    .find((value) => value !== undefined);
  const text = typeof found === "string" ? found : JSON.stringify(found ?? null);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
