import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "#deployments/change.ts";
import { parseType, type TypeExpression } from "#runner/type-expression.ts";
import { convert } from "#runner/value-type.ts";
import { schemaOf } from "#runner/variable-schema.ts";
import { Judge } from "./judge.ts";

const NAMES = ["a", "b_2", "long-name"];
const scalar = fc.constantFrom("string", "number", "bool");

/** Type expressions as people write them, some over several lines. */
const { type } = fc.letrec<{ type: string; object: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    tie("type").map((of) => `list(${of})`),
    tie("type").map((of) => `map( ${of} )`),
    scalar.map((of) => `set(${of})`),
    fc.array(tie("type"), { minLength: 1, maxLength: 3 }).map((of) => `tuple([${of.join(", ")}])`),
    tie("object"),
  ),
  object: fc
    .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
    .chain((names) =>
      fc.tuple(...names.map((name) => field(tie("type")).map((of) => `  ${name} = ${of}`))),
    )
    .map((fields) => `object({ # fields\n${fields.join("\n")}\n})`),
}));

function field(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    of,
    of.map((each) => `optional(${each})`),
    fc.constantFrom(
      'optional(string, "with \\"quotes\\"")',
      "optional(number, -1.5)",
      'optional(map(string), { k = "v" })',
      "optional(list(bool), [true, false])",
    ),
  );
}

const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json[]>("text", "5", "-2.5", "true", "false", "", "False", "1e3", "한글"),
    fc.constantFrom<Json[]>(0, 7, -2.5, true, false),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** A value that fits the type, or nearly: an argument of the wrong kind now and then. */
function near(of: TypeExpression): fc.Arbitrary<Json> {
  return fc.oneof({ weight: 9, arbitrary: fitting(of) }, { weight: 1, arbitrary: value });
}

function fitting(of: TypeExpression): fc.Arbitrary<Json> {
  switch (of.is) {
    case "any":
      return value;
    case "string":
      return fc.constantFrom<Json[]>("text", "", 5, true);
    case "number":
      return fc.constantFrom<Json[]>(1, -2.5, "7");
    case "bool":
      return fc.constantFrom<Json[]>(true, false, "true", "0");
    case "list":
    case "set":
      return fc.array(near(of.of), { maxLength: 3 });
    case "map":
      return fc.dictionary(fc.constantFrom(...NAMES), near(of.of), { maxKeys: 3 });
    case "tuple":
      return fc.tuple(...of.items.map(near));
    case "object":
      return fc.record(Object.fromEntries(of.fields.map((each) => [each.name, near(each.type)])), {
        requiredKeys: of.fields.filter((each) => !each.optional).map((each) => each.name),
      });
  }
}

const typeAndValue = type.chain((text) => near(parseType(text)).map((given) => ({ text, given })));

test("a value passes the type check when the real Terraform takes it, and only then", () => {
  fc.assert(
    fc.property(fc.array(typeAndValue, { minLength: 150, maxLength: 150 }), (pairs) => {
      const ours = pairs.map(({ text, given }) => convert(parseType(text), given, "it"));
      const refused = refusedByTerraform(pairs);
      // A field that the object does not know is refused by us and dropped by Terraform.
      const judged = ours.flatMap((each, index) =>
        !each.ok && each.fault.code.startsWith("unknown-field") ? [] : [index],
      );

      expect(judged.filter((index) => !ours[index]?.ok)).toEqual(
        judged.filter((index) => refused.has(index)),
      );
      expect(judged.length).toBeGreaterThan(75);
      expect(refused.size).toBeGreaterThan(5);
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test("what the JSON Schema of a type takes, the check takes", () => {
  fc.assert(
    fc.property(typeAndValue, ({ text, given }) => {
      const read = parseType(text);
      const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(schemaOf(read, [])));

      const bySchema = schema.safeParse(given).success;

      expect(bySchema && !convert(read, given, "it").ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("what the check takes as it stands, the JSON Schema takes", () => {
  fc.assert(
    fc.property(typeAndValue, ({ text, given }) => {
      const read = parseType(text);
      const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(schemaOf(read, [])));
      const converted = convert(read, given, "it");
      fc.pre(converted.ok && !text.includes("set(") && !text.includes("optional("));

      const bySchema = schema.safeParse(converted.ok ? converted.value : null);

      expect(bySchema.success).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a text in decomposed letters is the same text, as it is to Terraform", () => {
  const converted = convert(parseType("string"), "한글".normalize("NFD"), "it");

  expect(converted).toEqual({ ok: true, value: "한글" });
});

test.each([
  ["list(", "expected a name"],
  ["text", "text is no type"],
  ["list(string) extra", "found extra"],
  ['object({ a = optional(string, "${b}") })', "a template"],
])("the type %s is left with a reason", (text, reason) => {
  expect(() => parseType(text)).toThrow(reason);
});

function refusedByTerraform(
  pairs: readonly { readonly text: string; readonly given: Json }[],
): ReadonlySet<number> {
  using judge = new Judge();
  const variables = pairs.map(({ text }, index) => [`v${index}`, { type: text }]);
  const values = pairs.map(({ given }, index) => [`v${index}`, given]);
  judge.write("main.tf.json", { variable: Object.fromEntries(variables) });
  judge.write("terraform.tfvars.json", Object.fromEntries(values));
  const named = judge.planErrors().map(({ detail }) => /var\.v(\d+) declared/.exec(detail)?.[1]);
  return new Set(named.map(Number));
}
