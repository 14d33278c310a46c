import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "#deployments/change.ts";
import { holds, namesIn, parseWhen, When } from "#deployments/when.ts";

function asked(text: string, values: { [name: string]: Json }): boolean {
  return holds(When.parse(text), values);
}

describe("a condition of module.yaml", () => {
  test.each([
    ["nat_mode != none", { nat_mode: "per_az" }, true],
    ["nat_mode != none", { nat_mode: "none" }, false],
    ["az_count >= 2", { az_count: 2 }, true],
    ["az_count >= 2", { az_count: "1" }, false],
    ["environment in [stg, prod]", { environment: "prod" }, true],
    ["environment in [stg, prod]", { environment: "dev" }, false],
    ["force_destroy == true", { force_destroy: true }, true],
    ["kms_key_arn == null", { kms_key_arn: null }, true],
    ["cidrs != []", { cidrs: ["10.0.0.0/8"] }, true],
    ["cidrs != []", { cidrs: [] }, false],
    ['image == "a b, c"', { image: "a b, c" }, true],
    ["scaling.max > 10", { scaling: { max: 20 } }, true],
  ] as const)("%s of %j is %s", (text, values, expected) => {
    const answer = asked(text, JSON.parse(JSON.stringify(values)));

    expect(answer).toBe(expected);
  });

  test("“and” binds tighter than “or”", () => {
    const text = "a == 1 and b == 1 or c == 1";

    const answers = [
      asked(text, { a: 1, b: 0, c: 1 }),
      asked(text, { a: 1, b: 1, c: 0 }),
      asked(text, { a: 1, b: 0, c: 0 }),
    ];

    expect(answers).toEqual([true, true, false]);
  });

  test("texts of dotted numbers are versions, numbers are numbers", () => {
    const answers = [
      asked('version < "1.30"', { version: "1.9" }),
      asked("hours < 1.30", { hours: 1.9 }),
      asked("version < 15", { version: "14.2" }),
    ];

    expect(answers).toEqual([true, false, true]);
  });

  test("a value that nobody knows makes no comparison true", () => {
    const answers = ["x == 1", "x != 1", "x < 1", "x.y != z"].map((text) => asked(text, {}));

    expect(answers).toEqual([false, false, false, false]);
  });

  test("names the variables it asks about, once", () => {
    const condition = When.parse("scaling.max > 10 or scaling.min > 5 and tier == db");

    expect(namesIn(condition)).toEqual(["scaling", "tier"]);
  });

  test.each([
    "",
    "nat_mode",
    "nat_mode = none",
    "nat_mode != none and",
    "x in none",
    "x == [a b]",
    "x == [a,]",
    "x < true",
    "process.exit()",
    "x == 1; y == 2",
    "a == b c",
  ])("“%s” is refused with the grammar in the sentence", (text) => {
    const read = When.safeParse(text);

    expect(read.success).toBe(false);
    expect(read.error?.issues[0]?.message).toContain("name op value");
  });

  test("no text makes it throw or look at anything but the values", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const condition = parseWhen(text);

        const answer = condition !== null && holds(condition, {});

        expect(answer).toBe(false);
      }),
    );
  });
});
