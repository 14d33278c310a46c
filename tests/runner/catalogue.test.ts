import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openCatalogue } from "#runner/catalogue.ts";
import { aquarium, FIXTURES, named } from "./aquarium.ts";

const MODULES = resolve("terraform/modules");

describe("the modules that come with the product", () => {
  test("the app environment needs nothing but a name", async () => {
    const { catalogue, module } = named(await openCatalogue(MODULES), "local_app_env");

    const required = module.variables.filter(({ required }) => required);
    const problems = catalogue.check(module, { name: "shop", environment: "dev" });

    expect(required.map(({ name }) => name)).toEqual(["name"]);
    expect(problems).toEqual([]);
    expect(module.upstreamVariables).toEqual(["upstream_state"]);
    expect(module.outputs.map(({ name }) => name)).toEqual(["endpoints", "manifest", "revision"]);
  });

  test("the app environment takes services with a port and replicas, in whole numbers", async () => {
    const { module } = named(await openCatalogue(MODULES), "local_app_env");

    const services = module.variables.find(({ name }) => name === "services");

    expect(services?.schema).toMatchObject({
      type: "array",
      minItems: 1,
      items: {
        required: ["name"],
        properties: {
          port: { type: "integer", minimum: 1, maximum: 65535, default: 8080 },
          replicas: { type: "integer", minimum: 0, maximum: 50, default: 1 },
        },
      },
    });
  });

  test("nobody is offered a module that does not exist", async () => {
    const catalogue = await openCatalogue(MODULES);

    expect(catalogue.module("aws_castle")).toBeNull();
  });
});

describe("what a module says about itself", () => {
  test("aliases in both languages, choices with their words, secrets marked", async () => {
    const { module } = await aquarium();

    const water = module.variables.find(({ name }) => name === "water");
    const phone = module.variables.find(({ name }) => name === "keeper_phone");

    expect(module.aliases).toEqual(["aquarium", "fish tank", "수족관", "어항"]);
    expect(water?.choices.map(({ value, label }) => [value, label.ko])).toEqual([
      ["fresh", "민물"],
      ["salt", "바닷물"],
      ["brackish", "기수"],
    ]);
    expect(phone).toMatchObject({ sensitive: true, nullable: false, advanced: true });
    expect(module.outputs.find(({ name }) => name === "phone")?.sensitive).toBe(true);
  });

  test("a default with an escaped mark in it is the text that Terraform reads", async () => {
    const { module } = await aquarium();

    const guest = module.variables.find(({ name }) => name === "guest");

    expect(guest?.default).toBe("none${yet}");
  });

  test("the JSON Schema of every variable", async () => {
    const { module } = await aquarium();

    const schemas = module.variables.map(({ name, schema }) => [name, schema]);

    expect(Object.fromEntries(schemas)).toMatchSnapshot();
  });
});

describe("a module's commit", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "commit-"));
    cpSync(FIXTURES, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function git(...argv: readonly string[]): string {
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
    return execFileSync("git", ["-C", folder, ...who, ...argv], { encoding: "utf8" }).trim();
  }

  async function commit(): Promise<string> {
    return named(await openCatalogue(folder), "local_aquarium").module.commit;
  }

  test("outside git it is the hash of the files, which follows every change", async () => {
    const before = await commit();
    const again = await commit();
    writeFileSync(join(folder, "local_aquarium", "main.tf"), "");

    const after = await commit();

    expect(before).toMatch(/^tree-[0-9a-f]{64}$/);
    expect(again).toBe(before);
    expect(after).not.toBe(before);
  });

  test("in a clean work tree it is the last commit that touched the module", async () => {
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "one");
    const touched = git("rev-parse", "HEAD");
    git("commit", "-qm", "two", "--allow-empty");

    const clean = await commit();
    writeFileSync(join(folder, "local_aquarium", "extra.tf"), "");
    const dirty = await commit();

    expect(clean).toBe(touched);
    expect(dirty).toMatch(/^tree-/);
  });

  test("with a file that git ignores it is the hash of the files, unless no plan sees the file", async () => {
    git("init", "-q");
    writeFileSync(join(folder, ".gitignore"), "override.tf\n.terraform\n");
    git("add", "-A");
    git("commit", "-qm", "one");
    mkdirSync(join(folder, "local_aquarium", ".terraform"));
    writeFileSync(join(folder, "local_aquarium", ".terraform", "modules.json"), "{}");

    const beside = await commit();
    writeFileSync(join(folder, "local_aquarium", "override.tf"), "");
    const overridden = await commit();

    expect(beside).toMatch(/^[0-9a-f]{40}$/);
    expect(overridden).toMatch(/^tree-/);
  });

  test("is read without running the program that the folder's git configuration names", async () => {
    const mark = join(folder, "ran");
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "one");
    git("config", "core.fsmonitor", `touch ${mark}; false`);

    await commit();

    expect(existsSync(mark)).toBe(false);
  });

  test("counts every file that a plan sees, whatever its name begins with", async () => {
    mkdirSync(join(folder, "local_aquarium", ".terraform-extra"));
    const before = await commit();
    writeFileSync(join(folder, "local_aquarium", ".terraform-extra", "main.tf"), "");

    const after = await commit();

    expect(after).not.toBe(before);
  });
});
