import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { syncProviders, type ProviderSync } from "#runner/provider-sync.ts";
import { found } from "#tests/support/found.ts";

const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const AWS = { name: "aws", source: "hashicorp/aws", version: ">= 6.0.0, < 7.0.0" };
const NEWER = { ...AWS, version: ">= 6.2.0" };
const GOOGLE = { name: "google", source: "hashicorp/google", version: ">= 6.37.0, < 8.0.0" };

let room = "";
let sync: ProviderSync;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), "sync-"));
  sync = {
    terraform: found.terraform ?? "terraform",
    providersDir: join(room, "mirror"),
    network: {},
    installation: `  filesystem_mirror {\n    path = ${JSON.stringify(join(room, "registry"))}\n  }`,
  };
  mkdirSync(sync.providersDir);
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

/** A place that Terraform can fetch from without a network. */
function registryHas(name: string, ...versions: readonly string[]): void {
  for (const version of versions) {
    const file = join(room, "registry", packageOf(name, version), `terraform-provider-${name}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${name} ${version}`, { mode: 0o755 });
  }
}

function packageOf(name: string, version: string): string {
  return join("registry.terraform.io/hashicorp", name, version, PLATFORM);
}

test("the newest version that every module can use is fetched, unpacked and whole", async () => {
  registryHas("aws", "6.1.0", "6.3.0", "7.0.0");

  const results = await syncProviders([{ providers: [AWS] }, { providers: [NEWER] }], sync);

  const file = join(sync.providersDir, packageOf("aws", "6.3.0"), "terraform-provider-aws");
  expect(results).toEqual([{ is: "fetched", source: "hashicorp/aws", version: "6.3.0" }]);
  expect(readFileSync(file, "utf8")).toBe("aws 6.3.0");
  expect(readdirSync(sync.providersDir)).toEqual(["registry.terraform.io"]);
});

test("what is there already is left alone", async () => {
  registryHas("aws", "6.3.0");
  await syncProviders([{ providers: [AWS] }], sync);
  const file = join(sync.providersDir, packageOf("aws", "6.3.0"), "terraform-provider-aws");
  writeFileSync(file, "mine");

  const again = await syncProviders([{ providers: [AWS] }], sync);

  expect(again).toMatchObject([{ is: "present", version: "6.3.0" }]);
  expect(readFileSync(file, "utf8")).toBe("mine");
});

test("a folder without a program in it, as a broken copy leaves one, is filled", async () => {
  registryHas("aws", "6.3.0");
  const folder = join(sync.providersDir, packageOf("aws", "6.3.0"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "terraform-provider-aws"), "half", { mode: 0o644 });

  const results = await syncProviders([{ providers: [AWS] }], sync);

  expect(results).toMatchObject([{ is: "fetched", version: "6.3.0" }]);
  expect(readFileSync(join(folder, "terraform-provider-aws"), "utf8")).toBe("aws 6.3.0");
  expect(readdirSync(sync.providersDir)).toEqual(["registry.terraform.io"]);
});

test("modules that no one version fits get one each", async () => {
  registryHas("aws", "5.9.0", "6.3.0");
  const older = { ...AWS, version: "~> 5.0" };

  const results = await syncProviders([{ providers: [AWS] }, { providers: [older] }], sync);

  expect(results).toMatchObject([
    { is: "fetched", version: "6.3.0" },
    { is: "fetched", version: "5.9.0" },
  ]);
});

test("one that cannot be reached is named with the reason, and the others are fetched", async () => {
  registryHas("google", "7.45.0");

  const results = await syncProviders([{ providers: [AWS, GOOGLE] }], sync);

  expect(results).toMatchObject([
    { is: "failed", source: "hashicorp/aws", problem: expect.stringContaining("hashicorp/aws") },
    { is: "fetched", source: "hashicorp/google" },
  ]);
  expect(readdirSync(join(sync.providersDir, "registry.terraform.io/hashicorp"))).toEqual([
    "google",
  ]);
});

test("modules without providers need nothing", async () => {
  const results = await syncProviders([{ providers: [] }], sync);

  expect(results).toEqual([]);
});
