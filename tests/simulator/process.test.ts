import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { MAGIC_COOKIE, readEnvironment, StartRefused } from "#simulator/environment.ts";
import { makeMirror } from "#simulator/mirror.ts";

const ENTRY = join(import.meta.dirname, "../../src/simulator/provider.ts");
const GOOD = {
  TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE,
  TF_DISABLE_PLUGIN_TLS: "1",
  MCP_SIMULATED: "1",
  SIM_CLOUD_DIR: "/tmp/nowhere",
};
const RANDOM = "h7Qm2ZxV9pLr4TnW8bKd3FyS6uGjA1cEo5RvNqYt";

describe("the guard rails", () => {
  test.each([
    ["nobody but Terraform started it", { TF_PLUGIN_MAGIC_COOKIE: "" }, "run terraform instead"],
    ["nothing was to be simulated", { MCP_SIMULATED: "" }, "MCP_SIMULATED=1"],
    ["there is no folder for its objects", { SIM_CLOUD_DIR: "" }, "SIM_CLOUD_DIR"],
    ["the folder is relative", { SIM_CLOUD_DIR: "cloud" }, "SIM_CLOUD_DIR"],
    ["Terraform would ask for TLS", { TF_DISABLE_PLUGIN_TLS: "" }, "TF_DISABLE_PLUGIN_TLS=1"],
    [
      "there are keys that look real",
      { AWS_ACCESS_KEY_ID: "AKIAZ7Q2XJ5KLMB3WVTY", AWS_SECRET_ACCESS_KEY: RANDOM },
      "Real-looking cloud credentials",
    ],
    [
      "there is a token that looks real",
      { GOOGLE_OAUTH_ACCESS_TOKEN: `ya29.${RANDOM}` },
      "Real-looking",
    ],
  ])("it does not start when %s", (_, change, sentence) => {
    const start = () => readEnvironment("aws", { ...GOOD, ...change });

    expect(start).toThrow(StartRefused);
    expect(start).toThrow(sentence);
  });

  test("made-up credentials do not stop it", () => {
    const made = {
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      AWS_REGION: "eu-west-1",
    };

    expect(readEnvironment("aws", { ...GOOD, ...made })).toEqual({
      cloud: "aws",
      cloudDir: "/tmp/nowhere",
      region: "eu-west-1",
      project: "sim-project",
    });
  });
});

describe("the process", () => {
  test("says one handshake line and nothing else on stdout", async () => {
    const child = spawn(process.execPath, [ENTRY, "google"], { env: GOOD });
    const said: string[] = [];

    await new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        said.push(chunk.toString());
        resolve();
      });
    });
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));

    expect(said.join("")).toMatch(/^1\|5\|tcp\|127\.0\.0\.1:\d+\|grpc\|\n$/);
  });

  test("started by hand it tells why it does not run, on stderr", async () => {
    const child = spawn(process.execPath, [ENTRY, "aws"], { env: {} });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));

    const code = await new Promise((resolve) => child.once("close", resolve));

    expect(code).toBe(1);
    expect(said.out).toBe("");
    expect(said.err).toContain("run terraform instead");
  });
});

describe("the mirror", () => {
  const root = mkdtempSync(join(tmpdir(), "mcp-mirror-"));
  afterAll(() => rmSync(root, { recursive: true }));

  test("holds one launcher per cloud, and making it again changes nothing", async () => {
    const dir = join(root, "it's here");
    const mirror = { dir, node: process.execPath, entry: ENTRY };
    const target = `linux_${process.arch === "x64" ? "amd64" : process.arch}`;
    const launcher = join(
      dir,
      "registry.terraform.io/hashicorp/google/7.45.0",
      process.platform === "linux" ? target : "darwin_arm64",
      "terraform-provider-google_v7.45.0_x5",
    );

    await makeMirror(mirror);
    const first = statSync(launcher).mtimeMs;
    await makeMirror(mirror);

    accessSync(launcher, constants.X_OK);
    expect(readFileSync(launcher, "utf8")).toContain(`'${ENTRY}' google`);
    expect(statSync(launcher).mtimeMs).toBe(first);
  });

  test("takes no relative path", async () => {
    const making = makeMirror({ dir: "mirror", node: process.execPath, entry: ENTRY });

    await expect(making).rejects.toThrow("absolute paths");
  });
});
