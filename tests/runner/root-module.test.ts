import fc from "fast-check";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Vars } from "#deployments/change.ts";
import type { Module } from "#deployments/ports.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { literal, rootModule, tfvars } from "#runner/root-module.ts";
import { aquarium, named } from "./aquarium.ts";
import { Judge } from "./judge.ts";

const marks = fc.constantFrom("${", "%{", "$", "%", "{", "}", "~", '"', "\\", "\n", "é", "한", "x");
const trap = fc.oneof(
  fc.array(marks, { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }).filter((text) => text.isWellFormed() && !text.includes("\u0000")),
  fc.constantFrom('${file("/etc/passwd")}', "%{ if true }a%{ endif }", "$${x}", "%%{x}", "$$$${x}"),
);
const Outputs = z.object({ values: z.object({ value: z.array(z.string()) }) });

describe("the escape of a literal", () => {
  test("whatever the text, the real Terraform reads it back as itself", () => {
    fc.assert(
      fc.property(fc.array(trap, { minLength: 400, maxLength: 400 }), (texts) => {
        using judge = new Judge();
        judge.write("main.tf.json", {
          output: { values: { value: texts.map((text) => literal(text)) } },
        });

        const applied = judge.run("apply", "-auto-approve", "-input=false", "-no-color");
        const read = Outputs.parse(judge.json("output", "-json")).values.value;

        expect(applied.code).toBe(0);
        // Terraform keeps texts in Unicode's composed form.
        expect(read).toEqual(texts.map((text) => text.normalize("NFC")));
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  test("a text without marks stays as it is", () => {
    expect(literal("100% of $5 {now}")).toBe("100% of $5 {now}");
  });
});

describe("the root module", () => {
  test("calls the module with declared types, passes outputs on and holds an empty backend", async () => {
    const { module } = await aquarium();

    const text = rootModule({ module, imports: [] });

    expect(text).toMatchSnapshot();
  });

  test("holds no value of a person, whatever the values are", async () => {
    const { module } = await appEnvironment();

    const text = rootModule({ module, imports: [] });

    expect(text).not.toContain("payments");
    expect(tfvars({ owner: "payments", region: "moon" }, module)).toBe(
      '{\n  "owner": "payments"\n}\n',
    );
  });

  test("refuses an import block that leads out of the module", async () => {
    const { module } = await aquarium();
    const imports = [{ to: "aws_iam_role.admin", id: "x" }];

    expect(() => rootModule({ module, imports })).toThrow("outside the module");
  });

  test("can be bound to the version that made a plan", async () => {
    const { module } = await aquarium();

    const text = rootModule({ module, terraformVersion: "1.11.4", imports: [] });

    expect(text).toContain('"required_version": "= 1.11.4"');
  });

  test("applies with hostile values taken literally, and a second plan is clean", async () => {
    const { module } = await appEnvironment();
    using judge = workTree(module, { name: "shop", owner: '${file("/etc/passwd")} %{if true}' });

    const applied = judge.run("apply", "-auto-approve", "-input=false", "-no-color");
    const again = judge.run("plan", "-detailed-exitcode", "-input=false", "-no-color");

    const outputs = JSON.stringify(judge.json("output", "-json"));
    expect(applied.code).toBe(0);
    expect(outputs).toContain('${file(\\"/etc/passwd\\")} %{if true}');
    expect(outputs).not.toContain("root:");
    expect(again.code).toBe(0);
  });

  test("hands on the module's defaults as the module has them", async () => {
    const { module } = await aquarium();
    using judge = workTree(module, { name: "blue", water: "salt" });
    judge.write("probe.tf.json", {
      output: { guest: { value: "${var.guest}" }, filter: { value: "${var.filter}" } },
    });

    const { output } = judge.run("plan", "-input=false", "-no-color");

    expect(output).toContain('guest  = "none${yet}"');
    expect(output).toContain("speed = 1");
  });

  test("gives a sensitive variable and output no chance to be printed", async () => {
    const { module } = await aquarium();
    const vars = { name: "blue", water: "salt", keeper_phone: "+8210123456" };
    using judge = workTree(module, vars);

    const planned = judge.run("plan", "-input=false", "-no-color");

    expect(planned.code).toBe(0);
    expect(planned.output).not.toContain("8210123456");
  });

  test("takes an object that exists already into the plan, with its id read literally", async () => {
    const { module } = await appEnvironment();
    const imports = [{ to: 'module.this.terraform_data.service["web"]', id: "id-${1 + 1}" }];
    using judge = workTree(module, { name: "shop" }, imports);

    const planned = judge.run("plan", "-input=false", "-no-color");

    expect(planned.output).toContain("1 to import");
    expect(planned.output).toMatch(/id-\$+\{1 \+ 1\}/);
  });
});

describe("the app environment", () => {
  test("a change of replicas is an update of that service and of the manifest", async () => {
    const { module } = await appEnvironment();
    using judge = workTree(module, { name: "shop", services: [{ name: "web" }, { name: "api" }] });
    judge.run("apply", "-auto-approve", "-input=false");
    judge.write("terraform.tfvars.json", {
      name: "shop",
      services: [{ name: "web", replicas: 4 }, { name: "api" }],
    });

    const { output } = judge.run("plan", "-input=false", "-no-color");

    expect(output).toContain('terraform_data.service["web"] will be updated in-place');
    expect(output).not.toContain('terraform_data.service["api"] will be');
    expect(output).toContain("0 to add, 2 to change, 0 to destroy");
  });

  test("a create that is told to fail leaves its services and ends well once told not to", async () => {
    const { module } = await appEnvironment();
    using judge = workTree(module, { name: "shop", fail_at: "create" });

    const failed = judge.run("apply", "-auto-approve", "-input=false", "-no-color");
    const left = judge.run("state", "list").output;
    judge.write("terraform.tfvars.json", { name: "shop" });
    const mended = judge.run("apply", "-auto-approve", "-input=false", "-no-color");

    expect(failed.code).toBe(1);
    expect(left).toContain('terraform_data.service["web"]');
    expect(left).not.toContain("manifest");
    expect(mended.code).toBe(0);
  });

  test("a destroy that is told to fail fails until an apply tells it not to", async () => {
    const { module } = await appEnvironment();
    using judge = workTree(module, { name: "shop", fail_at: "destroy" });
    const created = judge.run("apply", "-auto-approve", "-input=false");

    const failed = judge.run("destroy", "-auto-approve", "-input=false");
    judge.write("terraform.tfvars.json", { name: "shop" });
    judge.run("apply", "-auto-approve", "-input=false");
    const destroyed = judge.run("destroy", "-auto-approve", "-input=false");

    expect([created.code, failed.code, destroyed.code]).toEqual([0, 1, 0]);
    expect(judge.run("state", "list").output).toBe("");
  });
});

async function appEnvironment(): Promise<{ module: Module }> {
  return named(await openCatalogue(resolve("terraform/modules")), "local_app_env");
}

/** What the runner makes, on a local state: the HTTP backend has tests of its own. */
function workTree(
  module: Module,
  vars: Vars,
  imports: readonly { to: string; id: string }[] = [],
): Judge {
  const judge = new Judge();
  judge.copy(module.folder, "module");
  judge.write("main.tf.json", rootModule({ module, imports }));
  judge.write("terraform.tfvars.json", tfvars(vars, module));
  judge.write("backend_override.tf.json", { terraform: { backend: { local: {} } } });
  const { code, output } = judge.run("init", "-input=false", "-no-color");
  if (code !== 0) {
    throw new Error(output);
  }
  return judge;
}
