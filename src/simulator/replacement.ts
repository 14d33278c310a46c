import type { Block, NestedBlock, Type } from "./schema/schema.ts";
import { isList, isMap, same, type Value, type ValueMap } from "./values.ts";

/** Paths (`vpc_config.0.subnet_ids`) whose change cannot be made in place. */
export function replacements(block: Block, prior: ValueMap, planned: ValueMap): readonly string[] {
  return changesIn(block, { prior, planned, at: "" });
}

type Compared = { readonly prior: ValueMap; readonly planned: ValueMap; readonly at: string };

function changesIn(block: Block, { prior, planned, at }: Compared): string[] {
  const attributes = Object.entries(block.attributes)
    .filter(([, [flags]]) => flags.includes("f"))
    .filter(([name, [, type]]) => !sameOf(type, prior[name] ?? null, planned[name] ?? null))
    .map(([name]) => `${at}${name}`);
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]) =>
    changesOfNested(nested, {
      prior: prior[name] ?? null,
      planned: planned[name] ?? null,
      at: `${at}${name}`,
    }),
  );
  return [...attributes, ...blocks];
}

type Nested = { readonly prior: Value; readonly planned: Value; readonly at: string };

function changesOfNested(nested: NestedBlock, { prior, planned, at }: Nested): string[] {
  if (isMap(prior) && isMap(planned)) {
    return changesIn(nested, { prior, planned, at: `${at}.` });
  }
  const before = isList(prior) ? prior : [];
  const after = isList(planned) ? planned : [];
  if (nested.nesting === "set") {
    return same(fixedParts(nested, before), fixedParts(nested, after)) ? [] : [at];
  }
  const counted = nested.flags.includes("f") && before.length !== after.length ? [at] : [];
  const longest = before.length > after.length ? before : after;
  return [
    ...counted,
    ...longest.flatMap((_, index) =>
      changesIn(nested, {
        prior: mapOf(before[index]),
        planned: mapOf(after[index]),
        at: `${at}.${index}.`,
      }),
    ),
  ];
}

function mapOf(value: Value | undefined): ValueMap {
  return isMap(value) ? value : {};
}

/** What of each element of a set cannot change in place, in an order of its own. */
function fixedParts(nested: NestedBlock, items: readonly Value[]): Value {
  const names = Object.entries(nested.attributes)
    .filter(([, [flags]]) => flags.includes("f") || nested.flags.includes("f"))
    .map(([name]) => name);
  return names.length === 0
    ? []
    : sorted(
        items.map((item) =>
          Object.fromEntries(names.map((name) => [name, mapOf(item)[name] ?? null])),
        ),
      );
}

function sameOf(type: Type, a: Value, b: Value): boolean {
  const isSet = Array.isArray(type) && type[0] === "set";
  return isSet && isList(a) && isList(b) ? same(sorted(a), sorted(b)) : same(a, b);
}

function sorted(values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, key: JSON.stringify(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ value }) => value);
}
