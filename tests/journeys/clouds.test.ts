import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { makeMirror } from "#simulator/mirror.ts";
import { found } from "#tests/support/found.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

const Seen = z.object({
  status: z.string(),
  simulated: z.boolean(),
  plan: z.object({ digest: z.string(), add: z.number() }).nullable(),
  resources: z.array(z.object({ address: z.string(), id: z.string() })),
});

async function seen(product: Product, name: string) {
  return Seen.parse((await product.get("dev", `/deployments/${name}`)).body);
}

/** Asks for approval, gets it, and waits until the apply is over. */
async function approved(product: Product, name: string) {
  await until(
    () => seen(product, name),
    ({ status }) => status !== "planning",
  );
  await product.post("dev", `/deployments/${name}/approve`);
  const digest = (await seen(product, name)).plan?.digest;
  const vote = { decision: "approve", digest, confirmName: name };
  await product.post("lead", `/deployments/${name}/vote`, vote);
  return until(
    () => seen(product, name),
    ({ status }) => ["applied", "failed", "interrupted", "destroyed"].includes(status),
  );
}

async function bucket(product: Product, name: string) {
  const body = { name, cloud: "aws", module: "aws_s3_bucket", vars: { region: "us-east-1" } };
  const made = await product.post("dev", "/deployments", body);
  expect(made.status).toBe(201);
  await product.post("dev", `/deployments/${name}/plan?wait=60`);
  return approved(product, name);
}

function objectsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".json"),
  );
}

// Both at once: each has a product of its own, and most of them is waiting.
test.concurrent("with nothing set a cloud module is made in the simulated cloud and leaves nothing behind", async () => {
  await using product = await openProduct();

  const live = await bucket(product, "drawings");
  const made = objectsIn(join(product.dataDir, "cloud"));
  await product.post("dev", "/deployments/drawings/destroy");
  const gone = await approved(product, "drawings");
  const left = objectsIn(join(product.dataDir, "cloud"));

  expect(live.status).toBe("applied");
  expect(live.resources.map(({ id }) => id)).toContain("drawings");
  expect(made.some((path) => path.startsWith("aws/aws_s3_bucket/"))).toBe(true);
  expect([gone.status, left]).toEqual(["destroyed", []]);
});

test.concurrent("a real cloud's journey installs from PROVIDERS_DIR and needs no word of a simulation", async () => {
  await using room = await mkdtempDisposable(join(tmpdir(), "mcp-clouds-"));
  const providersDir = join(room.path, "mirror");
  const entry = resolve("src/simulator/provider.ts");
  await makeMirror({ dir: providersDir, node: process.execPath, entry });
  const cloudDir = join(room.path, "cloud");
  const wrapper = join(room.path, "terraform");
  const exports = `export SIM_CLOUD_DIR='${cloudDir}' MCP_SIMULATED=1 TF_DISABLE_PLUGIN_TLS=1`;
  writeFileSync(wrapper, `#!/bin/sh\n${exports}\nexec '${found.terraform}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  await using product = await openProduct({
    CLOUD: "real",
    CONSOLE: "on",
    PROVIDERS_DIR: providersDir,
    TERRAFORM_BIN: wrapper,
    AWS_ACCESS_KEY_ID: "AKIAMADEUPMADEUPMADE",
    AWS_SECRET_ACCESS_KEY: "made-up",
  });

  const live = await bucket(product, "drawings");
  const made = objectsIn(cloudDir);
  await product.post("dev", "/deployments/drawings/destroy");
  const gone = await approved(product, "drawings");

  expect([live.status, live.simulated]).toEqual(["applied", false]);
  expect(made.length).toBeGreaterThan(1);
  expect([gone.status, gone.resources, objectsIn(cloudDir)]).toEqual(["destroyed", [], []]);
});
