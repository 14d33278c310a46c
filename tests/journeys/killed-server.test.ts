import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { ProcessIdentity } from "#deployments/run.ts";
import { killSession } from "#runner/process-identity.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

/** Seconds of an apply that is not waited for: it ends before. */
const LONG = 30;

const Seen = z.object({
  status: z.string(),
  standing: z.string(),
  plan: z.object({ digest: z.string() }).nullable(),
  runs: z.array(z.object({ kind: z.string(), status: z.string(), attempts: z.number() })),
});

/** Folders of the attempts that got an apply process. */
function applyFolders({ dataDir }: Product): string[] {
  const runs = join(dataDir, "runs");
  const folders = existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
  return folders.filter((folder) => existsSync(join(folder, "apply.process")));
}

/** What every apply of the product wrote so far; Terraform starts with a `version` line. */
function output(product: Product): string {
  return applyFolders(product)
    .map((folder) => readFileSync(join(folder, "out.jsonl"), "utf8"))
    .join("");
}

function starts(product: Product): number {
  return output(product).split('"type":"apply_start"').length - 1;
}

async function killTerraform(product: Product): Promise<void> {
  for (const folder of applyFolders(product)) {
    const started: unknown = JSON.parse(readFileSync(join(folder, "apply.process"), "utf8"));
    await killSession(ProcessIdentity.parse(started));
  }
}

/** Some resources exist already, the slow one is being made. */
async function halfWay(product: Product): Promise<void> {
  await until(
    async () => output(product),
    (text) => text.includes('"type":"provision_start"'),
  );
}

async function seen(product: Product) {
  return Seen.parse((await product.get("dev", "/deployments/kill")).body);
}

/** Brings a deployment whose apply takes so many seconds to the vote, and votes. */
async function approved(product: Product, seconds: number): Promise<void> {
  const vars = { delay_seconds: seconds };
  await product.post("dev", "/deployments", { name: "kill", module: "local_app_env", vars });
  await product.post("dev", "/deployments/kill/plan?wait=60");
  await product.post("dev", "/deployments/kill/approve");
  const { plan } = await seen(product);
  const vote = { decision: "approve", digest: plan?.digest };
  expect((await product.post("lead", "/deployments/kill/vote", vote)).status).toBeLessThan(300);
}

// At once: each has a product of its own, and most of them is waiting.
test.concurrent("an apply outlives kill -9 of the server: it is watched again and runs once", async () => {
  await using product = await openProduct();
  await approved(product, 6);
  await halfWay(product);

  await product.kill();
  await product.start();

  const end = await until(
    () => seen(product),
    // The run ends a moment after the deployment is told of.
    ({ status, runs }) =>
      status !== "applying" && !runs.some((run) => ["claimed", "running"].includes(run.status)),
  );
  const applies = end.runs.filter(({ kind }) => kind === "apply");
  expect([end.status, end.standing]).toEqual(["applied", "live"]);
  expect(applies).toMatchObject([{ status: "done", attempts: 1 }]);
  expect(applyFolders(product)).toHaveLength(1);
  expect(starts(product)).toBe(3);
});

test.concurrent("an apply that dies with its server is interrupted, never run again, and can be recovered", async () => {
  await using product = await openProduct();
  await approved(product, LONG);
  await halfWay(product);

  await product.kill();
  await killTerraform(product);
  await product.start();

  const end = await until(
    () => seen(product),
    ({ status }) => status !== "applying",
  );
  expect([end.status, end.standing]).toEqual(["interrupted", "uncertain"]);
  expect(end.runs.filter(({ kind }) => kind === "apply")).toHaveLength(1);

  await product.post("dev", "/deployments/kill/plan?wait=60", { vars: { delay_seconds: 0 } });
  await product.post("dev", "/deployments/kill/approve");
  const { plan } = await seen(product);
  await product.post("lead", "/deployments/kill/vote", {
    decision: "approve",
    digest: plan?.digest,
  });
  const recovered = await until(
    () => seen(product),
    ({ status }) => !["approved", "applying"].includes(status),
  );
  expect([recovered.status, recovered.standing]).toEqual(["applied", "live"]);
});

test.concurrent("a second SIGTERM ends a drain at once that waits for Terraform", async () => {
  await using product = await openProduct({ APPLIES_ON_STOP: "interrupt" });
  await approved(product, LONG);
  await halfWay(product);
  const [folder = ""] = applyFolders(product);
  const started: unknown = JSON.parse(readFileSync(join(folder, "apply.process"), "utf8"));
  const wrapper = ProcessIdentity.parse(started);
  // It hears nothing until it goes on: the drain waits for it.
  process.kill(-wrapper.pid, "SIGSTOP");
  const child = product.child();
  const said: string[] = [];
  child.stdout?.on("data", (data: Buffer) => said.push(data.toString()));

  child.kill("SIGTERM");
  await until(
    async () => said.join(""),
    (lines) => lines.includes('"draining"'),
  );
  child.kill("SIGTERM");
  await until(
    async () => child.exitCode,
    (code) => code !== null,
  );
  await killSession(wrapper);

  expect(child.exitCode).toBe(1);
  expect(said.join("")).toContain("a second signal");
});
