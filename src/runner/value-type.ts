import type { Json } from "#deployments/change.ts";
import type { Params } from "#text/wording.ts";
import type { VariableCode } from "#text/variables.ts";
import type { Field, TypeExpression } from "./type-expression.ts";
import { nearest } from "./nearest.ts";

/** What is wrong where: `services[0].port` for a port in a list. */
export type Fault = { readonly code: VariableCode; readonly params: Params };
export type Converted =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly fault: Fault };

/**
 * The value as Terraform would hold it ("3" is a number where a number is wanted), or what is wrong
 * with it. One difference on purpose: Terraform drops a field that an object does not know, which
 * hides a misspelt optional one, so here it is a fault.
 */
export function convert(type: TypeExpression, value: Json, where: string): Converted {
  return value === null ? good(null) : convertGiven(type, value, where);
}

function convertGiven(type: TypeExpression, value: Json, where: string): Converted {
  switch (type.is) {
    case "any":
    case "string":
    case "number":
    case "bool":
      return convertScalar(type.is, value, where);
    case "tuple":
      return convertTuple(type.items, value, where);
    case "object":
      return convertObject(type.fields, value, where);
    case "list":
    case "set":
      return convertList(type.of, value, where);
    case "map":
      return convertMap(type.of, value, where);
  }
}

export function isRecord(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const NUMERAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function convertScalar(
  is: "any" | "string" | "number" | "bool",
  value: Json,
  where: string,
): Converted {
  switch (is) {
    case "any":
      return good(value);
    case "string":
      // Terraform composes every text, so that 한 typed on a Mac is 한.
      return typeof value === "object"
        ? bad("not-text", { where })
        : good(String(value).normalize("NFC"));
    case "number":
      return toNumber(value, where);
    case "bool":
      return toBool(value, where);
  }
}

function toNumber(value: Json, where: string): Converted {
  if (typeof value === "number") {
    return good(value);
  }
  return typeof value === "string" && NUMERAL.test(value)
    ? good(Number(value))
    : bad("not-number", { where });
}

function toBool(value: Json, where: string): Converted {
  if (typeof value === "boolean") {
    return good(value);
  }
  if (value === "true" || value === "1") {
    return good(true);
  }
  return value === "false" || value === "0" ? good(false) : bad("not-bool", { where });
}

function convertList(of: TypeExpression, value: Json, where: string): Converted {
  return Array.isArray(value) ? convertItems(value, () => of, where) : bad("not-list", { where });
}

function convertTuple(types: readonly TypeExpression[], value: Json, where: string): Converted {
  if (!Array.isArray(value)) {
    return bad("not-list", { where });
  }
  return value.length === types.length
    ? convertItems(value, (index) => types[index] ?? { is: "any" }, where)
    : bad("wrong-count", { where, wanted: types.length, given: value.length });
}

function convertItems(
  items: readonly Json[],
  typeAt: (index: number) => TypeExpression,
  where: string,
): Converted {
  const converted: Json[] = [];
  for (const [index, item] of items.entries()) {
    const each = convert(typeAt(index), item, `${where}[${index}]`);
    if (!each.ok) {
      return each;
    }
    converted.push(each.value);
  }
  return good(converted);
}

function convertMap(of: TypeExpression, value: Json, where: string): Converted {
  if (!isRecord(value)) {
    return bad("not-map", { where });
  }
  const converted: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const each = convert(of, item, `${where}["${key}"]`);
    if (!each.ok) {
      return each;
    }
    converted.push([key, each.value]);
  }
  return good(Object.fromEntries(converted));
}

function convertObject(fields: readonly Field[], value: Json, where: string): Converted {
  if (!isRecord(value)) {
    return bad("not-object", { where, fields: fields.map(({ name }) => name).join(", ") });
  }
  const stranger = strangerIn(fields, value, where);
  if (stranger !== null) {
    return { ok: false, fault: stranger };
  }
  const converted: [string, Json][] = [];
  for (const field of fields) {
    const given = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    if (given === undefined && !field.optional) {
      return bad("missing-field", { where, field: field.name });
    }
    const each = convert(field.type, given ?? field.default, `${where}.${field.name}`);
    if (!each.ok) {
      return each;
    }
    converted.push([field.name, each.value]);
  }
  return good(Object.fromEntries(converted));
}

function strangerIn(
  fields: readonly Field[],
  value: Record<string, Json>,
  where: string,
): Fault | null {
  const known = fields.map(({ name }) => name);
  const field = Object.keys(value).find((name) => !known.includes(name));
  if (field === undefined) {
    return null;
  }
  const like = nearest(field, known);
  return like === null
    ? { code: "unknown-field", params: { where, field, fields: known.join(", ") } }
    : { code: "unknown-field-like", params: { where, field, like } };
}

function good(value: Json): Converted {
  return { ok: true, value };
}

function bad(code: VariableCode, params: Params): Converted {
  return { ok: false, fault: { code, params } };
}
