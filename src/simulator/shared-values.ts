import type { TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { hasUnknown, isMap, UNKNOWN, Unknown, type Value, type ValueMap } from "./values.ts";

export type Planning = {
  readonly filled: ValueMap;
  readonly config: ValueMap;
  /** Null when the object is to be created. */
  readonly prior: ValueMap | null;
};

/**
 * What every object of a cloud takes from the provider's settings, known at plan time: its place,
 * and the tags or labels with the defaults laid under them.
 */
export function sharedValues(session: Session, schema: TypeSchema, planning: Planning): ValueMap {
  return { ...placeOf(session, schema, planning), ...marksOf(session, schema, planning) };
}

function placeOf(session: Session, schema: TypeSchema, { filled, config }: Planning): ValueMap {
  const { region, project, zone } = session.settings;
  const places = Object.entries({ region, project, zone }).filter(([name, value]) => {
    const flags = schema.attributes[name]?.[0] ?? "";
    const open = filled[name] instanceof Unknown || (session.cloud === "aws" && name === "region");
    return (
      flags.includes("o") && flags.includes("c") && isUnset(config[name]) && open && value !== ""
    );
  });
  return Object.fromEntries(places);
}

function isUnset(value: Value | undefined): boolean {
  return value === undefined || value === null;
}

function marksOf(session: Session, schema: TypeSchema, planning: Planning): ValueMap {
  if (schema.attributes["tags_all"] !== undefined) {
    return { tags_all: tagsOf(session, planning) };
  }
  const labels =
    schema.attributes["terraform_labels"] === undefined ? {} : labelsOf(session, planning);
  return schema.attributes["effective_annotations"] === undefined
    ? labels
    : { ...labels, effective_annotations: planning.filled["annotations"] ?? {} };
}

function tagsOf({ settings }: Session, { filled, prior }: Planning): Value {
  const tags = filled["tags"] ?? {};
  if (!isMap(tags)) {
    return UNKNOWN;
  }
  const all = { ...settings.defaults, ...tags };
  return prior === null && Object.keys(all).length === 0 ? UNKNOWN : all;
}

const ORIGIN = "goog-terraform-provisioned";

function labelsOf({ settings }: Session, { filled, prior }: Planning): ValueMap {
  const labels = filled["labels"] ?? {};
  if (!isMap(labels)) {
    return { terraform_labels: UNKNOWN, effective_labels: UNKNOWN };
  }
  const before = mapOf(prior?.["terraform_labels"]);
  const marked = prior === null ? settings.marksOrigin : ORIGIN in before;
  const ours = { ...settings.defaults, ...(marked ? { [ORIGIN]: "true" } : {}), ...labels };
  // Labels that others put on the object stay.
  const theirs = Object.entries(mapOf(prior?.["effective_labels"])).filter(
    ([name]) => !(name in before),
  );
  return {
    terraform_labels: ours,
    effective_labels: hasUnknown(ours) ? UNKNOWN : { ...Object.fromEntries(theirs), ...ours },
  };
}

function mapOf(value: Value | undefined): ValueMap {
  return isMap(value) ? value : {};
}
