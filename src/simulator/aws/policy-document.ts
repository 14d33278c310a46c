import type { Question } from "#simulator/data.ts";
import { hash } from "#simulator/identity.ts";
import type { Brought } from "#simulator/making.ts";
import { fromJson, isList, isMap, textOf, type Value, type ValueMap } from "#simulator/values.ts";

/** The JSON of a policy, as the provider itself renders it without asking AWS. */
export function policyDocument({ config }: Question): Brought | string {
  const written = blocksOf(config["statement"]).map(statement);
  const sources = documentsOf(config["source_policy_documents"]);
  const overrides = documentsOf(config["override_policy_documents"]);
  if (sources === null || overrides === null) {
    return "a policy document given as a source is not JSON";
  }
  const all = overrides.reduce<readonly ValueMap[]>(overridden, [...sources, ...written]);
  const version = textOf(config["version"]);
  const policyId = textOf(config["policy_id"]);
  const document = {
    Version: version === "" ? "2012-10-17" : version,
    ...(policyId === "" ? {} : { Id: policyId }),
    ...(all.length === 0 ? {} : { Statement: all }),
  };
  const json = JSON.stringify(document, null, 2);
  return { json, minified_json: JSON.stringify(document), id: hash("policy", document, 10) };
}

function statement(block: ValueMap): ValueMap {
  const effect = textOf(block["effect"]);
  const parts: Readonly<Record<string, Value>> = {
    Sid: textOf(block["sid"]),
    Effect: effect === "" ? "Allow" : effect,
    Action: oneOrMany(block["actions"]),
    NotAction: oneOrMany(block["not_actions"]),
    Resource: oneOrMany(block["resources"]),
    NotResource: oneOrMany(block["not_resources"]),
    Principal: principals(block["principals"]),
    NotPrincipal: principals(block["not_principals"]),
    Condition: conditions(block["condition"]),
  };
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== "" && value !== null),
  );
}

function oneOrMany(value: Value | undefined): Value {
  const texts = (isList(value) ? value.map(textOf) : []).map(interpolated).sort().reverse();
  return texts.length === 0 ? null : texts.length === 1 ? (texts[0] ?? null) : texts;
}

/** `&{aws:username}` stands for what Terraform would otherwise take for a template. */
function interpolated(text: string): string {
  return text.replaceAll("&{", "${");
}

function principals(value: Value | undefined): Value {
  const blocks = blocksOf(value);
  const everyone = blocks.some(
    (block) => block["type"] === "*" && oneOrMany(block["identifiers"]) === "*",
  );
  if (everyone) {
    return "*";
  }
  const named = blocks.map((block) => [textOf(block["type"]), oneOrMany(block["identifiers"])]);
  return named.length === 0 ? null : Object.fromEntries(named);
}

function conditions(value: Value | undefined): Value {
  const tests: Record<string, Record<string, Value>> = {};
  for (const block of blocksOf(value)) {
    const test = textOf(block["test"]);
    const values = isList(block["values"]) ? block["values"].map(textOf).map(interpolated) : [];
    tests[test] = {
      ...tests[test],
      [textOf(block["variable"])]: values.length === 1 ? (values[0] ?? null) : values,
    };
  }
  return Object.keys(tests).length === 0 ? null : tests;
}

function documentsOf(value: Value | undefined): ValueMap[] | null {
  try {
    const documents = (isList(value) ? value.map(textOf) : []).filter((text) => text !== "");
    return documents
      .map(fromJson)
      .flatMap((each) => (isMap(each) ? blocksOf(each["Statement"]) : []));
  } catch {
    return null;
  }
}

/** A statement with the same Sid takes the place of the earlier one. */
function overridden(all: readonly ValueMap[], next: ValueMap): ValueMap[] {
  const sid = textOf(next["Sid"]);
  return [...all.filter((each) => sid === "" || each["Sid"] !== sid), next];
}

function blocksOf(value: Value | undefined): ValueMap[] {
  return isList(value) ? value.filter((each) => isMap(each)) : [];
}
