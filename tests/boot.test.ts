import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openProduct, until } from "#tests/support/product.ts";

const ROOT = join(import.meta.dirname, "..");

/** Runs one of the project's programs to its end in plain Node, as npm does. */
async function run(program: string, env: Record<string, string>) {
  const { PATH = "", HOME = "", TEST_COMPILED: NODE_COMPILE_CACHE = "" } = process.env;
  const child = spawn(process.execPath, [join(ROOT, program)], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
  });
  const output: string[] = [];
  child.stdout.on("data", (data: Buffer) => output.push(data.toString()));
  child.stderr.on("data", (data: Buffer) => output.push(data.toString()));
  await once(child, "close");
  return { code: child.exitCode, output: output.join("") };
}

test("the program starts in plain Node, answers, keeps others off its folder, and drains", async () => {
  const product = await openProduct();

  const ready = await product.get("dev", "/readyz");
  const page = await fetch(`${product.url()}/console`);
  const second = await run("src/main.ts", { DATA_DIR: product.dataDir, PORT: "0" });
  const code = await product.stop();
  await product[Symbol.asyncDispose]();

  expect(ready).toMatchObject({ status: 200, body: { ready: true } });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<script")]);
  expect(second.code).toBe(1);
  expect(second.output.trim()).toMatch(/^The folder .* is in use by another process \(pid \d+\)/);
  expect(code).toBe(0);
});

test("a start that cannot be right ends with one sentence and exit code 1", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-boot-"));

  const ends = await Promise.all([
    run("src/main.ts", { DATA_DIR: dataDir, SLACK_BOT_TOKEN: "xoxb-1" }),
    run("src/main.ts", { DATA_DIR: dataDir, TERRAFORM_BIN: "/nowhere/terraform" }),
  ]);

  expect(ends.map(({ code }) => code)).toEqual([1, 1]);
  for (const { output } of ends) {
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(output).not.toContain("    at ");
  }
});

test("doors only need no Terraform: what is asked for there is planned later, and its place is shown", async () => {
  const none = mkdtempSync(join(tmpdir(), "mcp-no-programs-"));
  await using product = await openProduct({ PATH: none, WORKER_CONCURRENCY: "0" });
  const wish = { name: "shop", cloud: "local", module: "local_app_env", vars: { owner: "team-a" } };

  const { status, body } = await product.post("dev", "/deployments?plan=true", wish);
  const { id } = z.object({ id: z.string() }).parse(body);
  const thread = await until(
    () => product.get("dev", `/console/threads/${id}`),
    (now) => JSON.stringify(now.body).includes('"In line"'),
  );

  expect([status, body]).toEqual([201, expect.objectContaining({ status: "planning" })]);
  expect(JSON.stringify(thread.body)).toContain('"next"');
});

test("production without its parts names all that it lacks and starts nothing", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-boot-"));

  const end = await run("src/main.ts", { DATA_DIR: dataDir, NODE_ENV: "production" });

  expect(end.code).toBe(1);
  expect(end.output).toMatch(/^NODE_ENV=production refuses these/);
  expect(end.output).toContain("- PGlite: set DATABASE_URL");
  expect(end.output).not.toContain("    at ");
  expect(existsSync(join(dataDir, "database"))).toBe(false);
});

test("the doctor says what this machine has, and ends well where nothing is missing", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-doctor-"));

  const healthy = await run("src/commands/doctor.ts", { DATA_DIR: dataDir });
  const without = { DATA_DIR: dataDir, TERRAFORM_BIN: "/nowhere/tf" };
  const ill = await run("src/commands/doctor.ts", without);

  expect(healthy.output).toContain("local_app_env");
  expect(healthy.output).toContain("API tokens: none");
  expect(healthy.output).toContain("Production would refuse: PGlite");
  expect(healthy.code).toBe(0);
  expect([ill.code, ill.output.includes("MISSING")]).toEqual([1, true]);
});

test("Node is pinned as a package, so that every npm script runs on it", () => {
  const pinned: unknown = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

  expect(pinned).toMatchObject({
    dependencies: { node: expect.stringMatching(/^24\./) },
    allowScripts: { node: true },
  });
});
