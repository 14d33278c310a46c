import type { Json } from "#deployments/change.ts";
import { NotRead, cursor, readKey, readLiteral, type Cursor } from "./hcl-tokens.ts";

/** Terraform's type of a variable, read from its expression. */
export type TypeExpression =
  | { readonly is: "string" | "number" | "bool" | "any" }
  | { readonly is: "list" | "set" | "map"; readonly of: TypeExpression }
  | { readonly is: "tuple"; readonly items: readonly TypeExpression[] }
  | { readonly is: "object"; readonly fields: readonly Field[] };

export type Field = {
  readonly name: string;
  readonly type: TypeExpression;
  /** `optional(type, default)`; the default is null where none is given. */
  readonly optional: boolean;
  readonly default: Json;
};

/** Reads `list(object({ name = string }))` and its like; throws NotRead with what it found instead. */
export function parseType(text: string): TypeExpression {
  const from = cursor(text);
  const type = readType(from);
  if (from.peek().kind !== "end") {
    throw new NotRead(`found ${from.peek().text} after the type`);
  }
  return type;
}

function readType(from: Cursor): TypeExpression {
  const word = readKey(from);
  switch (word) {
    case "string":
    case "number":
    case "bool":
    case "any":
      return { is: word };
    case "list":
    case "set":
    case "map":
      return { is: word, of: readElement(from) };
    case "tuple":
      return { is: word, items: readTuple(from) };
    case "object":
      return { is: word, fields: readObject(from) };
    default:
      throw new NotRead(`${word} is no type`);
  }
}

/** `list` without an element type is the old way to write `list(any)`. */
function readElement(from: Cursor): TypeExpression {
  if (!from.take("(")) {
    return { is: "any" };
  }
  const of = readType(from);
  from.expect(")");
  return of;
}

function readTuple(from: Cursor): readonly TypeExpression[] {
  const items: TypeExpression[] = [];
  from.expect("(");
  from.expect("[");
  while (!from.take("]")) {
    items.push(readType(from));
    from.take(",");
  }
  from.expect(")");
  return items;
}

function readObject(from: Cursor): readonly Field[] {
  const fields: Field[] = [];
  from.expect("(");
  from.expect("{");
  while (!from.take("}")) {
    const name = readKey(from);
    if (!from.take("=")) {
      from.expect(":");
    }
    fields.push({ name, ...readFieldType(from) });
    from.take(",");
  }
  from.expect(")");
  return fields;
}

function readFieldType(from: Cursor): Omit<Field, "name"> {
  if (!from.take("optional")) {
    return { type: readType(from), optional: false, default: null };
  }
  from.expect("(");
  const type = readType(from);
  const value = from.take(",") ? readLiteral(from) : null;
  from.expect(")");
  return { type, optional: true, default: value };
}
