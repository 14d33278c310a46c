import { z } from "zod";
import type { Json } from "#deployments/change.ts";
import type { Redactor } from "./redact.ts";

/** In place of a value that the plan marks as sensitive. */
const SENSITIVE = "[sensitive]";

// `show -json` has every secret in clear in the other keys (variables, planned_values,
// prior_state, configuration), so what we do not know stays behind too.
const KEPT = [
  "format_version",
  "terraform_version",
  "resource_changes",
  "output_changes",
  "resource_drift",
  "relevant_attributes",
  "checks",
  "timestamp",
  "applyable",
  "complete",
  "errored",
];

const Fields = z.record(z.string(), z.json());

/** The plan's JSON as it may leave the runner: known keys only, masked, then redacted by value. */
export function maskPlan(planJson: unknown, redact: Redactor): Record<string, Json> {
  const plan = Fields.parse(planJson);
  const kept = KEPT.filter((key) => plan[key] !== undefined).map((key): [string, Json] => [
    key,
    clean(maskSection(key, plan[key] ?? null), redact),
  ]);
  return Object.fromEntries(kept);
}

function maskSection(key: string, section: Json): Json {
  if (key === "resource_changes" || key === "resource_drift") {
    return z.array(Fields).parse(section).map(maskResource);
  }
  if (key === "output_changes") {
    return mapFields(Fields.parse(section), (change) => maskChange(Fields.parse(change)));
  }
  return section;
}

function maskResource(resource: Record<string, Json>): Record<string, Json> {
  const change = Fields.safeParse(resource["change"]);
  return change.success ? { ...resource, change: maskChange(change.data) } : resource;
}

function maskChange(change: Record<string, Json>): Record<string, Json> {
  // Generated configuration is text with values in it, which no map of sensitive ones covers.
  const { generated_config: _text, ...rest } = change;
  return {
    ...rest,
    before: maskValue(rest["before"] ?? null, rest["before_sensitive"] ?? false),
    after: maskValue(rest["after"] ?? null, rest["after_sensitive"] ?? false),
  };
}

/** `marks` has the shape of the value, with `true` where a value is sensitive. */
function maskValue(value: Json, marks: Json): Json {
  if (marks === true) {
    return value === null ? null : SENSITIVE;
  }
  if (Array.isArray(value) && Array.isArray(marks)) {
    return value.map((item, at) => maskValue(item, marks[at] ?? false));
  }
  if (isFields(value) && isFields(marks)) {
    return mapFields(value, (item, name) => maskValue(item, marks[name] ?? false));
  }
  return value;
}

function clean(value: Json, redact: Redactor): Json {
  if (typeof value === "string") {
    return redact.text(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => clean(item, redact));
  }
  return isFields(value) ? mapFields(value, (item) => clean(item, redact)) : value;
}

function isFields(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapFields(
  fields: Record<string, Json>,
  map: (value: Json, name: string) => Json,
): Record<string, Json> {
  return Object.fromEntries(Object.entries(fields).map(([name, item]) => [name, map(item, name)]));
}
