import type { Json } from "#deployments/change.ts";
import { NotRead, cursor, readLiteral, type Cursor } from "./hcl-tokens.ts";

/** The part of Terraform's expressions that validations are usually made of. */
export type Condition =
  | { readonly is: "literal"; readonly value: Json }
  | { readonly is: "list"; readonly items: readonly Condition[] }
  /** `var.services[*].name` is `["var", "services", "*", "name"]`. */
  | { readonly is: "reference"; readonly path: readonly string[] }
  | { readonly is: "call"; readonly name: string; readonly args: readonly Condition[] }
  | {
      readonly is: "binary";
      readonly mark: string;
      readonly left: Condition;
      readonly right: Condition;
    }
  /** `[for item in over : body]` */
  | {
      readonly is: "for";
      readonly item: string;
      readonly over: Condition;
      readonly body: Condition;
    };

/** Reads a condition; null for one that is left to Terraform. */
export function parseCondition(text: string): Condition | null {
  try {
    const from = cursor(text);
    const condition = readBinary(from, 0);
    return from.peek().kind === "end" ? condition : null;
  } catch (error) {
    if (error instanceof NotRead) {
      return null;
    }
    throw error;
  }
}

/** Weakest first, as Terraform's own table has them. */
const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];

function readBinary(from: Cursor, level: number): Condition {
  const marks = LEVELS[level];
  if (marks === undefined) {
    return readOperand(from);
  }
  let left = readBinary(from, level + 1);
  let mark = marks.find((each) => from.take(each));
  while (mark !== undefined) {
    left = { is: "binary", mark, left, right: readBinary(from, level + 1) };
    mark = marks.find((each) => from.take(each));
  }
  return left;
}

function readOperand(from: Cursor): Condition {
  const token = from.peek();
  if (from.take("(")) {
    const inner = readBinary(from, 0);
    from.expect(")");
    return inner;
  }
  if (from.take("[")) {
    return from.take("for") ? readFor(from) : { is: "list", items: readArguments(from, "]") };
  }
  if (token.kind === "name" && !["true", "false", "null"].includes(token.text)) {
    return readNamed(from, from.next().text);
  }
  return { is: "literal", value: readLiteral(from) };
}

function readFor(from: Cursor): Condition {
  let item = from.next().text;
  if (from.take(",")) {
    // Of `for key, value in` only the value can be followed.
    item = from.next().text;
  }
  from.expect("in");
  const over = readBinary(from, 0);
  from.expect(":");
  const body = readBinary(from, 0);
  from.expect("]");
  return { is: "for", item, over, body };
}

function readArguments(from: Cursor, closing: string): readonly Condition[] {
  const found: Condition[] = [];
  while (!from.take(closing)) {
    found.push(readBinary(from, 0));
    if (!from.take(",")) {
      from.expect(closing);
      return found;
    }
  }
  return found;
}

function readNamed(from: Cursor, name: string): Condition {
  if (from.take("(")) {
    return { is: "call", name, args: readArguments(from, ")") };
  }
  const path = [name];
  for (;;) {
    if (from.take(".")) {
      path.push(from.next().text);
    } else if (from.peek().text === "[" && from.peek(1).text === "*") {
      from.next();
      from.next();
      from.expect("]");
      path.push("*");
    } else {
      return { is: "reference", path };
    }
  }
}
