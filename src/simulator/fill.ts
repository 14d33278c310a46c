import type { Attribute, Block, NestedBlock, TypeSchema } from "./schema/schema.ts";
import { isList, isMap, same, UNKNOWN, Unknown, type Value, type ValueMap } from "./values.ts";

/**
 * The plan's object: defaults where an argument was left out, unknown where the provider brings
 * the value. Terraform has already carried what is known from the state into the proposal.
 */
export function fill(schema: TypeSchema, proposed: ValueMap, prior: ValueMap | null): ValueMap {
  return fillBlock(schema, proposed, prior);
}

function fillBlock(block: Block, proposed: ValueMap, prior: ValueMap | null): ValueMap {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => [
    name,
    fillAttribute(attribute, proposed[name] ?? null, prior === null),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    fillNested(nested, proposed[name] ?? null, prior === null ? null : (prior[name] ?? null)),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function fillAttribute(attribute: Attribute, proposed: Value, isNew: boolean): Value {
  const [flags, , fallback] = attribute;
  if (flags.includes("w")) {
    return null;
  }
  if (proposed !== null) {
    return proposed;
  }
  if (fallback !== undefined) {
    return fallback;
  }
  return flags.includes("c") && isNew ? UNKNOWN : null;
}

function fillNested(nested: NestedBlock, proposed: Value, prior: Value): Value {
  if (proposed instanceof Unknown) {
    return proposed;
  }
  if (nested.nesting === "single") {
    return isMap(proposed) ? fillBlock(nested, proposed, isMap(prior) ? prior : null) : proposed;
  }
  const items = isList(proposed) ? proposed : [];
  const before = isList(prior) ? prior : [];
  if (items.length === 0 && nested.flags.includes("c")) {
    // What the provider itself filled in stays when the configuration says nothing of it.
    return prior === null ? UNKNOWN : before;
  }
  return items.map((item, index) => {
    const twin = nested.nesting === "set" ? twinOf(item, before) : (before[index] ?? null);
    return isMap(item) ? fillBlock(nested, item, isMap(twin) ? twin : null) : item;
  });
}

/** The element of the prior set that agrees with all that this one says. */
function twinOf(item: Value, before: readonly Value[]): Value {
  const said = isMap(item) ? Object.entries(item).filter(([, value]) => value !== null) : [];
  const twin = before.find(
    (each) => isMap(each) && said.every(([name, value]) => same(each[name] ?? null, value)),
  );
  return twin ?? null;
}
