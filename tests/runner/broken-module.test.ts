import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrokenModule } from "#runner/broken-module.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { FIXTURES } from "./aquarium.ts";

describe("a broken module stops the start and says where", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "catalogue-"));
    cpSync(FIXTURES, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function edit(file: string, from: string | RegExp, to: string): void {
    const path = join(folder, "local_aquarium", file);
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  }

  test.each<[string, [string, string | RegExp, string], string]>([
    [
      "a variable twice",
      ["variables.tf", 'variable "name" {', `variable "name" {}\nvariable "name" {`],
      "variables.tf: Terraform's language is broken here: variable.name",
    ],
    [
      "broken HCL",
      ["variables.tf", "default     = 100", "default ="],
      "variables.tf:35: Terraform's",
    ],
    ["a strange type", ["variables.tf", "= bool", "= boolean"], "variables.tf:43: The type of"],
    [
      "no type",
      ["variables.tf", /type\s+= bool/, ""],
      "variables.tf:43: The variable “heated” has no",
    ],
    [
      "no version",
      ["versions.tf", /required_version.*/, ""],
      "versions.tf: The module does not say",
    ],
    ["broken YAML", ["module.yaml", "title: {", "title: ["], "module.yaml:7: This is no YAML"],
    [
      "a strange key",
      ["module.yaml", "status:", "colour: red\nstatus:"],
      "“module.yaml” is not as",
    ],
    [
      "a wrong value",
      ["module.yaml", "cloud: local", "cloud: moon"],
      "module.yaml:4: “cloud” is not",
    ],
    [
      "another name",
      ["module.yaml", "name: local_", "name: local_big_"],
      "module.yaml:2: The module",
    ],
    ["a strange label", ["module.yaml", "heated: {", "heater: {"], "module.yaml:25: “form.labels”"],
    [
      "a forgotten variable",
      ["module.yaml", "litres, heated", "heated"],
      "module.yaml:18: “form.order”",
    ],
    [
      "a strange choice",
      ["module.yaml", "salt: {", "sugar: {"],
      "module.yaml:37: “form.choices.water”",
    ],
    [
      "a strange output",
      ["module.yaml", "[tank]", "[tank, fish]"],
      "module.yaml:39: “outputs_summary”",
    ],
  ])("%s", async (_, change, message) => {
    edit(...change);

    const opened = openCatalogue(folder);

    await expect(opened).rejects.toThrow(BrokenModule);
    await expect(opened).rejects.toThrow(message);
  });

  test("a link inside a module is refused, because it may lead out", async () => {
    symlinkSync("/etc/passwd", join(folder, "local_aquarium", "passwd"));

    await expect(openCatalogue(folder)).rejects.toThrow("passwd: This is neither a file");
  });

  test("a folder that is not there is refused with what to set", async () => {
    await expect(openCatalogue(join(folder, "nowhere"))).rejects.toThrow("Set MODULES_SOURCE");
  });

  test("the sentence exists in Korean too", async () => {
    edit("module.yaml", "cloud: local", "cloud: moon");

    const error: unknown = await openCatalogue(folder).catch((caught: unknown) => caught);

    expect(error instanceof BrokenModule ? error.in("ko") : "").toContain(
      "“cloud” 값이 잘못되었습니다",
    );
  });
});
