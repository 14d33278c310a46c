import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Vars } from "#deployments/change.ts";
import { filled, withRegion } from "#deployments/filling.ts";
import { readModule, type ReadModule } from "#runner/module.ts";
import { checkVariables } from "#runner/variable-check.ts";

let room = "";
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), "region-"));
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

/** A module that comes with the product, its module.yaml edited. */
function edited(name: string, ...edits: readonly (readonly [string | RegExp, string])[]) {
  const folder = join(room, name);
  cpSync(resolve("terraform/modules", name), folder, { recursive: true });
  const file = join(folder, "module.yaml");
  let text = readFileSync(file, "utf8");
  for (const [from, to] of edits) {
    expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  writeFileSync(file, text);
  return readModule(folder);
}

function variableOf({ module }: ReadModule, name: string) {
  return module.variables.find((variable) => variable.name === name);
}

function problems({ module, judges }: ReadModule, vars: Vars) {
  return checkVariables(module, judges, vars).map(({ variable, code }) => [variable, code]);
}

describe("a module whose region only the provider gets", () => {
  test("offers it beside its own variables, with the allowed values and the default", async () => {
    const read = await readModule(resolve("terraform/modules/aws_vpc"));

    const region = variableOf(read, "region");

    expect(read.module.region).toMatchObject({ variable: "region", declared: false });
    expect(region).toMatchObject({ required: false, type: "string", default: "ap-northeast-2" });
    expect(region?.schema).toMatchObject({ enum: read.module.region?.allowed });
    expect(region?.label).toEqual({ en: "Region", ko: "리전" });
  });

  test("refuses a region that it does not allow, and a near miss with the one that was meant", async () => {
    const read = await readModule(resolve("terraform/modules/aws_vpc"));

    const answers = ["us-east-1", "ap-northeast2", "moon-1"].map((region) =>
      problems(read, { name: "shop", region }),
    );

    expect(answers).toEqual([[], [["region", "not-a-choice-like"]], [["region", "not-a-choice"]]]);
  });

  test("asks for it where it is required and nothing is usual", async () => {
    const read = await edited(
      "aws_vpc",
      [/required: false/, "required: true"],
      [/ {2}default: ap-northeast-2\n/, ""],
    );

    const answer = problems(read, { name: "shop" });

    expect(answer).toEqual([["region", "missing-variable"]]);
  });
});

describe("a module with a variable of its own for the region", () => {
  test("takes what people call region as that variable", async () => {
    const { module } = await readModule(resolve("terraform/modules/gcp_storage_bucket"));

    const vars = withRegion(module, { region: "us-central1", location: "asia-northeast1" });

    expect(module.region).toMatchObject({ variable: "location", declared: true });
    expect(vars).toEqual({ location: "us-central1" });
  });

  test("is refused when the name is a slip of the pen", async () => {
    const broken = edited("gcp_storage_bucket", [/var: location/, "var: lokation"]);

    await expect(broken).rejects.toThrow("“region.var” is “lokation”");
  });
});

describe("the region of a deployment", () => {
  test("is what was given, else the preferred one, else the module's, and never one not allowed", async () => {
    const { module } = await readModule(resolve("terraform/modules/aws_vpc"));

    const regions = [
      withRegion(module, { region: "eu-west-1" }, "us-east-1"),
      withRegion(module, {}, "us-east-1"),
      withRegion(module, {}, "moon-1"),
      filled(module, { name: "shop", environment: "dev" }, {}),
    ].map((vars) => vars["region"]);

    expect(regions).toEqual(["eu-west-1", "us-east-1", "ap-northeast-2", "ap-northeast-2"]);
  });

  test("is left alone where a module is nowhere", async () => {
    const { module } = await readModule(resolve("terraform/modules/local_app_env"));

    const vars = withRegion(module, { region: "us-east-1" }, "us-west-2");

    expect(vars).toEqual({ region: "us-east-1" });
  });
});

describe("what module.yaml says of risks, production and needs", () => {
  test("comes with the module, conditions read", async () => {
    const { module } = await readModule(resolve("terraform/modules/aws_vpc"));

    const { facts, providers } = module;

    expect(providers).toEqual([
      { name: "aws", source: "hashicorp/aws", version: ">= 6.0.0, < 7.0.0" },
    ]);
    expect(facts.risks.find(({ id }) => id === "nat-cost")?.when?.any).toEqual([
      [{ name: "nat_mode", operator: "!=", value: "none" }],
    ]);
    expect(facts.prodRequires).toContainEqual({
      variable: "az_count",
      in: null,
      min: 2,
      max: null,
    });
  });

  test.each<[string, readonly [string, string], string]>([
    ["a condition that is none", ["nat_mode != none", "nat_mode is none"], "no condition"],
    ["a variable that is not there", ["when: nat_mode != none", "when: gnat != none"], "“gnat”"],
    ["a demand on nothing", ["var: az_count, min: 2", "var: az_count"], "in, min or max"],
    ["a default that is not allowed", ["default: ap-northeast-2", "default: moon-1"], "allowed"],
    ["a key that nobody knows", ["risks:", "riscs: []\nrisks:"], "riscs"],
  ])("%s is refused with the place", async (_case, edit, named) => {
    const broken = edited("aws_vpc", edit);

    await expect(broken).rejects.toThrow(named);
    await expect(broken).rejects.toThrow(/module\.yaml:\d+/);
  });
});
