import type { Block, NestedBlock, Type } from "./schema/schema.ts";
import { isList, isMap, Unknown, type Value, type ValueMap } from "./values.ts";

/**
 * An object with exactly the attributes of the schema: those it does not know are dropped, those
 * that are missing are null. Throws `WrongShape` at the first value of another type.
 */
export function conform(block: Block, given: ValueMap, at = ""): ValueMap {
  const attributes = Object.entries(block.attributes).map(([name, [, type]]): [string, Value] => [
    name,
    conformType(type, given[name] ?? null, `${at}${name}`),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    conformBlock(nested, given[name] ?? null, `${at}${name}`),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

export class WrongShape extends Error {}

function conformBlock(nested: NestedBlock, given: Value, at: string): Value {
  if (given instanceof Unknown) {
    return given;
  }
  if (nested.nesting === "single") {
    return isMap(given) ? conform(nested, given, `${at}.`) : null;
  }
  if (nested.nesting === "map") {
    return isMap(given) ? given : {};
  }
  const items = given ?? [];
  if (!isList(items)) {
    throw new WrongShape(`${at} must be a list of blocks`);
  }
  return items.map((item, index) => {
    if (!isMap(item)) {
      throw new WrongShape(`${at}.${index} must be an object`);
    }
    return conform(nested, item, `${at}.${index}.`);
  });
}

function conformType(type: Type, given: Value, at: string): Value {
  if (given === null || given instanceof Unknown || type === "dynamic") {
    return given;
  }
  if (typeof type === "string") {
    return conformScalar(type, given, at);
  }
  if (type[0] === "object") {
    return conformObject(type[1], given, at);
  }
  if (type[0] === "map") {
    const of = type[1];
    const entries = Object.entries(mapAt(given, at));
    return Object.fromEntries(
      entries.map(([name, each]) => [name, conformType(of, each, `${at}.${name}`)]),
    );
  }
  if (!isList(given)) {
    throw new WrongShape(`${at} must be a list`);
  }
  const inner = type;
  return given.map((each, index) =>
    conformType(
      inner[0] === "tuple" ? (inner[1][index] ?? "string") : inner[1],
      each,
      `${at}.${index}`,
    ),
  );
}

function conformScalar(type: "string" | "number" | "bool", given: Value, at: string): Value {
  const fits = {
    string: typeof given === "string",
    number: typeof given === "number" || (typeof given === "string" && /^-?[\d.e+]+$/.test(given)),
    bool: typeof given === "boolean",
  };
  if (!fits[type]) {
    throw new WrongShape(`${at} must be a ${type}`);
  }
  return given;
}

function conformObject(shape: Readonly<Record<string, Type>>, given: Value, at: string): ValueMap {
  const map = mapAt(given, at);
  return Object.fromEntries(
    Object.entries(shape).map(([name, type]) => [
      name,
      conformType(type, map[name] ?? null, `${at}.${name}`),
    ]),
  );
}

function mapAt(given: Value, at: string): ValueMap {
  if (!isMap(given)) {
    throw new WrongShape(`${at} must be a map`);
  }
  return given;
}
