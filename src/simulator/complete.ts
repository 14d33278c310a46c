import { AWS_VALUES } from "./aws/values.ts";
import { GOOGLE_VALUES } from "./google/values.ts";
import { conform } from "./conform.ts";
import { hash, identityOf, written } from "./identity.ts";
import type { Brought, Making } from "./making.ts";
import type { Block, NestedBlock, Type, TypeSchema } from "./schema/schema.ts";
import { isList, isMap, textOf, Unknown, type Value, type ValueMap } from "./values.ts";

/** The object with every open value filled: what the type brings, else an empty value. */
export async function complete(schema: TypeSchema, making: Making): Promise<ValueMap> {
  const bring = AWS_VALUES[schema.name] ?? GOOGLE_VALUES[schema.name];
  const brought = { ...common(schema, making), ...(await bring?.(making)) };
  return completeWith(schema, making.object, brought);
}

/** The same with the values to bring given. */
export function completeWith(schema: TypeSchema, object: ValueMap, brought: Brought): ValueMap {
  // What the cloud brings as a whole block may leave attributes of it open: conform makes them null.
  return conform(schema, completeBlock(schema, object, { brought, at: "" }));
}

/** Gives a name to an object that may do without one, from its prefix where it has one. */
export function named(schema: TypeSchema, object: ValueMap): ValueMap {
  const { id } = identityOf(schema.name);
  const open = NAMES.filter(
    (name) =>
      object[name] instanceof Unknown &&
      schema.attributes[name]?.[0].includes("o") &&
      (name === "name" || id.includes(`{${name}}`)),
  );
  const names = open.map((name): [string, Value] => {
    const prefix = textOf(object[`${name}_prefix`]);
    return [name, `${prefix === "" ? "terraform-" : prefix}${hash("name", object, 12)}`];
  });
  return { ...object, ...Object.fromEntries(names) };
}

const NAMES = ["name", "bucket", "identifier", "key_name", "node_group_name"];

function common(schema: TypeSchema, { object, id, settings }: Making): Brought {
  const { arn } = identityOf(schema.name);
  const region = textOf(object["region"]) === "" ? settings.region : textOf(object["region"]);
  const withId = { ...object, id };
  return {
    id,
    region,
    project: settings.project,
    zone: settings.zone,
    location: region,
    tags_all: {},
    self_link: `https://www.googleapis.com/sim/${id}`,
    ...(arn === undefined ? {} : { arn: fullArn(written(arn, withId), region) }),
  };
}

function fullArn(resource: string, region: string): string {
  return resource.startsWith(":")
    ? `arn:aws:sim${resource}`
    : `arn:aws:sim:${region}:000000000000:${resource}`;
}

type Source = { readonly brought: Brought; readonly at: string };

function completeBlock(block: Block, object: ValueMap, { brought, at }: Source): ValueMap {
  const attributes = Object.entries(block.attributes).map(
    ([name, [flags, type]]): [string, Value] => {
      const value = flags.includes("w") ? null : (object[name] ?? null);
      return [
        name,
        value instanceof Unknown
          ? known(brought[`${at}${name}`] ?? emptyOf(type), type)
          : known(value, type),
      ];
    },
  );
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    completeNested(nested, object[name] ?? null, { brought, at: `${at}${name}` }),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function completeNested(nested: NestedBlock, value: Value, { brought, at }: Source): Value {
  if (value instanceof Unknown) {
    return brought[at] ?? (nested.nesting === "single" ? null : []);
  }
  const source = { brought, at: `${at}.` };
  if (isList(value)) {
    return value.map((each) => (isMap(each) ? completeBlock(nested, each, source) : each));
  }
  return isMap(value) && nested.nesting === "single" ? completeBlock(nested, value, source) : value;
}

/** Values left open deep inside a value, as in a list of objects, become empty ones. */
function known(value: Value, type: Type): Value {
  if (value instanceof Unknown) {
    return emptyOf(type);
  }
  if (isList(value)) {
    const inner = innerOf(type);
    return value.map((each) => known(each, inner));
  }
  if (!isMap(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, known(each, innerOf(type, name))]),
  );
}

function innerOf(type: Type, name?: string): Type {
  if (typeof type === "string" || type[0] === "tuple") {
    return "string";
  }
  return type[0] === "object" ? (type[1][name ?? ""] ?? "string") : type[1];
}

function emptyOf(type: Type): Value {
  if (typeof type === "string") {
    return { string: "", number: 0, bool: false, dynamic: null }[type];
  }
  if (type[0] === "object") {
    return Object.fromEntries(Object.entries(type[1]).map(([name, each]) => [name, emptyOf(each)]));
  }
  return type[0] === "map" ? {} : [];
}
