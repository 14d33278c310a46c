import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkModule, type Check, type Result } from "#runner/module-check.ts";
import { found } from "#tests/support/found.ts";

const terraform = found.terraform ?? "terraform";
const consents: readonly string[] = [];
const lessons = new Set(["part2/day1/first_apply"]);
let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "check-")), "local_app_env");
  cpSync(resolve("terraform/modules/local_app_env"), folder, { recursive: true });
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

function faultsOf(results: readonly Result[], check: Check): string {
  return results
    .filter((each) => each.check === check)
    .flatMap(({ faults }) => faults)
    .join("\n");
}

function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

test("the module that comes with the product passes every check", async () => {
  const results = await checkModule(folder, {
    terraform,
    simulation: null,
    fix: false,
    consents,
    lessons,
  });

  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  expect(results.map(({ check }) => check)).toEqual([
    "read",
    "rules",
    "readme",
    "format",
    "test",
    "example",
  ]);
});

test("every static rule names the file, the line and what to do", async () => {
  edit("variables.tf", /description = "Team.*/, 'description = ""');
  edit("variables.tf", /validation \{\s+condition\s+= contains\(\["none"[\s\S]*?\n  \}\n/, "");
  edit("outputs.tf", /description = "Twelve.*/, "");
  edit("versions.tf", ", < 2.0.0", "");
  edit("versions.tf", "terraform {", 'provider "aws" {}\nterraform {\n  backend "local" {}\n');
  edit("main.tf", "locals {", 'module "far" {\n  source = "../far"\n}\n\nlocals {');
  edit("module.yaml", /^ {6}none: [\s\S]*?(?=upstream:)/m, "      {}\n");
  edit("module.yaml", /exemptions:[\s\S]*/, "");

  const results = await checkModule(folder, {
    terraform,
    simulation: null,
    fix: false,
    consents,
    lessons,
  });

  expect(faultsOf(results, "read")).toBe("");
  const faults = faultsOf(results, "rules").replaceAll(`${folder}/`, "");
  expect(faults).toMatchSnapshot();
});

test("an edited module that exempts itself is refused as at the start, until it is consented to", async () => {
  edit("main.tf", "locals {", "locals {\n  edited = true\n");
  // What takes long is not what this is about.
  rmSync(join(folder, "tests"), { recursive: true });
  rmSync(join(folder, "examples"), { recursive: true });
  const options = { terraform, simulation: null, fix: false, lessons };
  const named = ["local_app_env:no-provisioner"];

  const alone = await checkModule(folder, { ...options, consents: [] });
  const agreed = await checkModule(folder, { ...options, consents: named });

  expect(faultsOf(alone, "rules")).toContain("MODULES_EXEMPT=local_app_env:no-provisioner");
  expect(faultsOf(agreed, "rules")).toBe("");
  // Nothing of it ran.
  expect(alone.map(({ check }) => check)).toEqual(["read", "rules", "readme", "format"]);
});

test("a lesson that the curriculum does not have is named with its line", async () => {
  edit(
    "module.yaml",
    "outputs_summary:",
    "lessons: [part2/day1/first_apply, part2/day9/aws_vpc]\noutputs_summary:",
  );

  const results = await checkModule(folder, {
    terraform,
    simulation: null,
    fix: false,
    consents,
    lessons,
  });

  expect(faultsOf(results, "rules")).toMatch(/module\.yaml:\d+.*part2\/day9\/aws_vpc/);
  expect(faultsOf(results, "rules")).not.toContain("first_apply");
});

test("a module that cannot be read gets no further", async () => {
  edit("module.yaml", "cloud: local", "cloud: moon");

  const results = await checkModule(folder, {
    terraform,
    simulation: null,
    fix: false,
    consents,
    lessons,
  });

  expect(results.map(({ check }) => check)).toEqual(["read"]);
  expect(faultsOf(results, "read")).toContain("module.yaml:4: “cloud”");
});

test("stale tables and bad form are named, and mended when asked to", async () => {
  edit("variables.tf", "Days it is meant to live.", "Days that it lives.");
  edit("outputs.tf", "  value", "      value");
  // What takes long is not what this is about.
  rmSync(join(folder, "tests"), { recursive: true });
  rmSync(join(folder, "examples"), { recursive: true });

  const named = await checkModule(folder, {
    terraform,
    simulation: null,
    fix: false,
    consents: ["local_app_env:no-provisioner"],
    lessons,
  });
  await checkModule(folder, {
    terraform,
    simulation: null,
    fix: true,
    consents: ["local_app_env:no-provisioner"],
    lessons,
  });
  const mended = await checkModule(folder, {
    terraform,
    simulation: null,
    fix: false,
    consents: ["local_app_env:no-provisioner"],
    lessons,
  });

  expect(faultsOf(named, "readme")).toContain("npm run modules:check -- --fix");
  expect(faultsOf(named, "format")).toContain("outputs.tf");
  expect(faultsOf(mended, "readme") + faultsOf(mended, "format")).toBe("");
  expect(faultsOf(mended, "example")).toContain("There is no examples/basic.");
  expect(readFileSync(join(folder, "README.md"), "utf8")).toContain("Days that it lives.");
});

test("a module that never comes to rest, and a test that fails, are named", async () => {
  edit("main.tf", "input = local.manifest", "input = merge(local.manifest, { at = timestamp() })");
  edit("tests/values.tftest.hcl", "ttl_days == 7", "ttl_days == 8");

  const results = await checkModule(folder, {
    terraform,
    simulation: null,
    fix: false,
    consents: ["local_app_env:no-provisioner"],
    lessons,
  });

  expect(faultsOf(results, "test")).toContain("The manifest carries the defaults.");
  expect(faultsOf(results, "example")).toContain("A second plan of examples/basic still has");
});

test("what a destroy leaves standing in the simulated cloud is named", async () => {
  rmSync(join(folder, "tests"), { recursive: true });
  const keeps = `resource "terraform_data" "keeps" {
  provisioner "local-exec" {
    command = "mkdir -p $SIM_CLOUD_DIR/aws/aws_eip && echo {} >$SIM_CLOUD_DIR/aws/aws_eip/eip-1.json"
  }
}
`;
  writeFileSync(join(folder, "keeps.tf"), keeps);
  const simulation = {
    providersDir: join(folder, ".."),
    environment: (cloudDir: string) => ({ SIM_CLOUD_DIR: cloudDir }),
  };

  const results = await checkModule(folder, {
    terraform,
    simulation,
    fix: false,
    consents: ["local_app_env:no-provisioner"],
    lessons,
  });

  expect(faultsOf(results, "example")).toContain("there is still: aws/aws_eip/eip-1.json");
});
