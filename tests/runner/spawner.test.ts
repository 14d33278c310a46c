import { spawn as spawnProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "#runner/process-identity.ts";
import { openSpawner } from "#runner/spawner.ts";
import { CHILD_PATH, type Spawn } from "#runner/terraform.ts";
import { until } from "#tests/support/until.ts";

describe("the process that starts commands", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mcp-spawner-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const status = () => join(folder, "status");
  const out = () => join(folder, "out");
  const command = (script: string, handed: Uint8Array | null = null): Spawn => ({
    argv: ["/bin/sh", "-c", script],
    cwd: folder,
    env: { PATH: CHILD_PATH },
    handed,
    outFile: out(),
    statusFile: status(),
  });

  test("runs a command that was started, with what was handed to it, and tells its end", async () => {
    await using spawner = openSpawner();
    const waiting = await spawner.spawnDetached(command("cat <&3; exit 3", Buffer.from("options")));

    waiting.start();
    await waiting.gone;

    expect([readFileSync(out(), "utf8"), readFileSync(status(), "utf8")]).toEqual([
      "options",
      "003\n",
    ]);
  });

  test("never runs a command that was abandoned", async () => {
    await using spawner = openSpawner();
    const waiting = await spawner.spawnDetached(command("echo ran"));

    waiting.abandon();
    await waiting.gone;

    expect(existsSync(out())).toBe(false);
  });

  test("says why a command cannot be started", async () => {
    await using spawner = openSpawner();

    const asked = spawner.spawnDetached({ ...command("true"), cwd: join(folder, "none") });

    await expect(asked).rejects.toThrow(/Could not start .* in .*none/);
  });

  test("holds nothing of the server's environment", async () => {
    process.env["SECRET_OF_THE_SERVER"] = "hidden";
    await using spawner = openSpawner();
    const waiting = await spawner.spawnDetached(command("true"));

    const parent = /^PPid:\s*(\d+)$/m.exec(
      readFileSync(`/proc/${waiting.identity.pid}/status`, "utf8"),
    )?.[1];

    expect(Number(parent)).not.toBe(process.pid);
    expect(readFileSync(`/proc/${parent}/environ`, "utf8")).not.toContain("hidden");
  });

  test("is replaced when it dies, and what it started goes on", async () => {
    await using spawner = openSpawner();
    const first = await spawner.spawnDetached(
      command("touch begun; while [ ! -e go ]; do sleep 0.02; done"),
    );
    first.start();
    await until("its start", () => existsSync(join(folder, "begun")));
    const parent = /^PPid:\s*(\d+)$/m.exec(
      readFileSync(`/proc/${first.identity.pid}/status`, "utf8"),
    )?.[1];
    process.kill(Number(parent), "SIGKILL");
    await until("its death", () => !existsSync(`/proc/${parent}`));

    const second = await spawner.spawnDetached({
      ...command("touch go"),
      statusFile: join(folder, "second"),
    });
    second.start();
    await until("its end", () => existsSync(status()));

    expect(readFileSync(status(), "utf8")).toBe("000\n");
  });

  test.each([
    ["never runs what waited when the server died", "", false],
    ["lets go on what had begun when the server died", "waiting.start();", true],
  ])("%s", async (_name, started, ran) => {
    const script = `
      setInterval(() => {}, 1000);
      const { openSpawner } = await import("#runner/spawner.ts");
      const waiting = await openSpawner().spawnDetached(JSON.parse(process.argv[1]));
      ${started}
      console.log(JSON.stringify(waiting.identity));
    `;
    const asked = JSON.stringify(command("sleep 0.3; echo ran"));
    const server = spawnProcess(process.execPath, ["--input-type=module", "-e", script, asked], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(createInterface({ input: server.stdout }), "line");
    server.kill("SIGKILL");
    await once(server, "exit");

    const identity = JSON.parse(String(line));
    await until("its end", async () => !(await isAlive(identity)));

    expect(existsSync(out())).toBe(ran);
  });
});
