import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, Vars } from "#deployments/change.ts";
import type { Module } from "#deployments/ports.ts";
import { literal } from "#runner/root-module.ts";
import { sayProblem, VARIABLE_PROBLEMS } from "#text/variables.ts";
import { aquarium } from "./aquarium.ts";
import { Judge } from "./judge.ts";

const GOOD: Vars = { name: "blue", environment: "dev", water: "salt" };

describe("values are checked before Terraform starts", () => {
  test.each<[string, Vars, [string, string]]>([
    ["a stranger", { colour: "red" }, ["unknown-variable", "Use one of: name, environment"]],
    ["a misspelt name", { littres: 5 }, ["unknown-variable-like", "Did you mean “litres”?"]],
    ["a list for a text", { water: ["salt"] }, ["not-text", "must be a text"]],
    ["a word for a number", { litres: "many" }, ["not-number", "must be a number"]],
    ["a word for a bool", { heated: "yes" }, ["not-bool", "yes-or-no"]],
    ["a text for a list", { plants: "moss" }, ["not-list", "Put the values in [ ]"]],
    ["a list for a map", { labels: ["a"] }, ["not-map", "names with values"]],
    ["a text for an object", { filter: "sponge" }, ["not-object", "kind, speed, spare"]],
    ["two of three", { size: [1, 2] }, ["wrong-count", "takes exactly 3 values"]],
    ["an object without a field", { filter: {} }, ["missing-field", "lacks the field “kind”"]],
    [
      "a strange field",
      { filter: { kind: "x", colour: 1 } },
      ["unknown-field", "no field “colour”"],
    ],
    ["a misspelt field", { filter: { knid: "x" } }, ["unknown-field-like", "Did you mean “kind”?"]],
    ["another choice", { environment: "moon" }, ["not-a-choice", "Choose one of: dev, stg"]],
    ["a word for a choice", { water: "민물" }, ["not-a-choice-like", "Did you mean “fresh”?"]],
    ["too little", { litres: 9 }, ["too-small", "allows 10 or more"]],
    ["too much", { litres: 5000 }, ["not-below", "less than 5000"]],
    ["a part of a litre", { litres: 10.5 }, ["not-whole", "whole number"]],
    ["a short item", { plants: ["moss", "ab"] }, ["too-short", "“plants[1]” is too short"]],
    ["many items", { plants: ["moss", "fern", "reed", "alga"] }, ["too-many", "at most 3"]],
    ["another form", { name: "Blue" }, ["module-rule", "The name has 3 to 32 characters."]],
    ["a label in capitals", { labels: { a: "X" } }, ["module-rule", '“labels["a"]”']],
  ])("%s", async (_, vars, [code, words]) => {
    const { catalogue, module } = await aquarium();

    const problems = catalogue.check(module, { ...GOOD, ...vars });

    expect(problems.map((each) => each.code)).toEqual([code]);
    expect(problems.map((each) => sayProblem(each, "en")).join()).toContain(words);
  });

  test("one problem for each wrong variable, worded in both languages without a gap", async () => {
    const { catalogue, module } = await aquarium();

    const problems = catalogue.check(module, { water: 3, litres: 1, size: "x", fish: 2 });
    const sentences = problems.flatMap((each) => [sayProblem(each, "en"), sayProblem(each, "ko")]);

    expect(problems.map(({ variable }) => variable)).toEqual([
      "name",
      "water",
      "litres",
      "size",
      "fish",
    ]);
    expect(sentences.join("\n")).toMatchSnapshot();
    expect(sentences.join("\n")).not.toMatch(/\{\w+\}/);
  });

  test("a number in quotes, an empty phone, a null and a region are no problems", async () => {
    const { catalogue, module } = await aquarium();
    const vars = { litres: "20", keeper_phone: "", notes: null, heated: "true", region: "moon" };

    const problems = catalogue.check(module, { ...GOOD, ...vars });

    expect(problems).toEqual([]);
  });

  test("a sentence about a secret does not repeat it", async () => {
    const { catalogue, module } = await aquarium();

    const problems = catalogue.check(module, { ...GOOD, keeper_phone: "hunter2-is-secret" });

    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });

  test("what is refused here, the real Terraform refuses too, and of the rules read nothing slips through", async () => {
    const { catalogue, module } = await aquarium();
    // `guest` has a condition that is left to Terraform.
    const requests = fc.sample(request, { numRuns: 60, seed: 7 });

    const refused = refusedByTerraform(module, requests);
    const ours = requests.flatMap((vars, index) =>
      catalogue.check(module, vars).length > 0 ? [index] : [],
    );

    expect(ours).toEqual([...refused].sort((left, right) => left - right));
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.length).toBeLessThan(55);
  });

  test("every problem has a sentence with the place and a next step in both languages", () => {
    const wordings = Object.values(VARIABLE_PROBLEMS);

    expect(wordings.every(({ en }) => /“\{(where|variable)\}”/.test(en))).toBe(true);
    expect(wordings.every(({ en, ko }) => /[.?]$/.test(en) && /[.?요}]\.?$/.test(ko))).toBe(true);
  });
});

function mostly(good: readonly Json[], bad: readonly Json[]): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}

const request: fc.Arbitrary<Vars> = fc.record(
  {
    name: mostly(["blue", "a-1"], ["B", "a", "a-", "${x}", "a\nbc", ""]),
    water: mostly(["fresh", "salt"], ["", "Fresh", 3]),
    litres: mostly([10, "11", 4999], [9, 5000, 10.5, "x", -1, [1]]),
    plants: mostly(
      [[], ["moss"], ["이끼풀"]],
      [["ab"], ["moss", ""], ["👩‍👩‍👧a"], Array(4).fill("fern")],
    ),
    labels: mostly([{}, { a: "" }, { a: "x" }], [{ a: "X" }, { a: "%{b}" }, { a: [] }]),
    lamp_hours: mostly([[], [1, 1], ["3"]], [["x"], 3]),
    keeper_phone: mostly(["", "+8210123456"], ["+1", "x", "+82 10 1234"]),
    size: mostly(
      [[1, 2, true]],
      [
        [1, 2],
        [1, 2, 3],
      ],
    ),
  },
  { requiredKeys: ["name", "water"] },
);

/** Judged as one configuration in which every request is a module call of its own. */
function refusedByTerraform(module: Module, requests: readonly Vars[]): ReadonlySet<number> {
  using judge = new Judge();
  judge.copy(module.folder, "module");
  const calls = requests.map((vars, index) => {
    const values = Object.entries(vars).map(([name, value]) => [name, escaped(value)]);
    return [`m${index}`, { source: "./module", ...Object.fromEntries(values) }];
  });
  judge.write("main.tf.json", { module: Object.fromEntries(calls) });
  judge.run("init");
  const named = judge.planErrors().map(({ context }) => context?.replace("module.m", ""));
  return new Set(named.map(Number));
}

function escaped(value: Json): Json {
  if (typeof value === "string") {
    return literal(value);
  }
  if (Array.isArray(value)) {
    return value.map(escaped);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escaped(each)]))
    : value;
}
