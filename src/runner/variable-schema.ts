import type { TypeExpression } from "./type-expression.ts";
import type { Bound, Rule } from "./variable-rules.ts";

export type Schema = Readonly<Record<string, unknown>>;

/**
 * JSON Schema (2020-12) of the values that a form or a model should give: the type as it is written,
 * without Terraform's conversions, and the rules that JSON Schema can say.
 */
export function schemaOf(type: TypeExpression, rules: readonly Rule[]): Schema {
  const own = rules.filter((rule) => rule.path.length === 0 && rule.except.length === 0);
  return { ...typed(type, rules), ...merged(type, own) };
}

function typed(type: TypeExpression, rules: readonly Rule[]): Schema {
  switch (type.is) {
    case "any":
      return {};
    case "string":
    case "number":
      return { type: type.is };
    case "bool":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: schemaOf(type.of, under(rules, "*")) };
    case "set":
      return { type: "array", items: schemaOf(type.of, under(rules, "*")), uniqueItems: true };
    case "map":
      return { type: "object", additionalProperties: schemaOf(type.of, under(rules, "*")) };
    case "tuple":
      return {
        type: "array",
        prefixItems: type.items.map((item) => schemaOf(item, [])),
        minItems: type.items.length,
        maxItems: type.items.length,
      };
    case "object":
      return objectSchema(type, rules);
  }
}

function objectSchema(
  type: Extract<TypeExpression, { is: "object" }>,
  rules: readonly Rule[],
): Schema {
  const properties = type.fields.map((field): [string, Schema] => [
    field.name,
    {
      ...schemaOf(field.type, under(rules, field.name)),
      ...(field.optional && field.default !== null ? { default: field.default } : {}),
    },
  ]);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: type.fields.filter((field) => !field.optional).map((field) => field.name),
    additionalProperties: false,
  };
}

function under(rules: readonly Rule[], name: string): readonly Rule[] {
  return rules
    .filter((rule) => rule.path[0] === name)
    .map((rule) => Object.assign({}, rule, { path: rule.path.slice(1) }));
}

function merged(type: TypeExpression, rules: readonly Rule[]): Schema {
  const keywords: Record<string, unknown> = {};
  for (const rule of rules) {
    Object.assign(keywords, keywordsOf(type, rule));
  }
  return keywords;
}

function keywordsOf(type: TypeExpression, rule: Rule): Schema {
  switch (rule.is) {
    case "choices":
      return { enum: rule.values };
    case "pattern":
      return { pattern: rule.pattern.source };
    case "whole":
      return { type: "integer" };
    case "range":
      return { [RANGE_KEYWORDS[rule.bound]]: rule.limit };
    case "size":
      return { [`${rule.bound === "at-least" ? "min" : "max"}${sizeOf(type)}`]: rule.limit };
  }
}

const RANGE_KEYWORDS = {
  "at-least": "minimum",
  "at-most": "maximum",
  above: "exclusiveMinimum",
  below: "exclusiveMaximum",
} as const satisfies Record<Bound, string>;

function sizeOf(type: TypeExpression): "Length" | "Items" | "Properties" {
  switch (type.is) {
    case "list":
    case "set":
    case "tuple":
      return "Items";
    case "map":
    case "object":
      return "Properties";
    case "string":
    case "number":
    case "bool":
    case "any":
      return "Length";
  }
}
