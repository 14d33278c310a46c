import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { identify, isAlive, killSession, signalChild } from "#runner/process-identity.ts";
import { CHILD_PATH, findTerraform, spawnDetached } from "#runner/terraform.ts";
import { until } from "#tests/support/until.ts";

describe("detached commands", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mcp-spawn-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const out = () => join(folder, "out");
  const status = () => join(folder, "status");

  function spawn(script: string, ...args: string[]) {
    return spawnDetached({
      argv: ["/bin/sh", "-c", script, ...args],
      cwd: folder,
      env: { PATH: CHILD_PATH },
      handed: null,
      outFile: out(),
      statusFile: status(),
    });
  }

  test("writes both outputs to the file and the exit code to the status file", async () => {
    const waiting = await spawn("echo one; echo two >&2; exit 3");

    waiting.start();
    await until("the exit code", () => existsSync(status()));

    expect(readFileSync(out(), "utf8")).toBe("one\ntwo\n");
    expect(readFileSync(status(), "utf8")).toBe("003\n");
  });

  test("arguments reach the command as they are, whatever they hold", async () => {
    const argument = "$(touch hacked) `touch hacked` '; touch hacked; \"";
    const waiting = await spawn('printf %s "$1"', "name", argument);

    waiting.start();
    await until("the exit code", () => existsSync(status()));

    expect(readFileSync(out(), "utf8")).toBe(argument);
    expect(existsSync(join(folder, "hacked"))).toBe(false);
  });

  test("an abandoned command never runs", async () => {
    const waiting = await spawn("echo ran");

    waiting.abandon();
    await until("the end of it", async () => !(await isAlive(waiting.identity)));

    expect([existsSync(out()), existsSync(status())]).toEqual([false, false]);
  });

  test("one SIGINT reaches the command, and the wrapper still writes what it answered", async () => {
    const waiting = await spawn(
      "trap 'echo asked; exit 7' INT; echo ready; while :; do sleep 0.02; done",
    );

    waiting.start();
    await until(
      "its first words",
      () => existsSync(out()) && readFileSync(out(), "utf8") === "ready\n",
    );
    await signalChild(waiting.identity, "SIGINT");
    await until("the exit code", () => existsSync(status()));

    expect([readFileSync(out(), "utf8"), readFileSync(status(), "utf8")]).toEqual([
      "ready\nasked\n",
      "007\n",
    ]);
  });

  test("killing the session ends the command's own children, too", async () => {
    const waiting = await spawn("sleep 60 & echo $!; wait");

    waiting.start();
    await until(
      "its first words",
      () => existsSync(out()) && readFileSync(out(), "utf8").endsWith("\n"),
    );
    const grandchild = await identify(Number(readFileSync(out(), "utf8")));
    await killSession(waiting.identity);

    expect(grandchild).not.toBeNull();
    expect([await isAlive(waiting.identity), await identify(grandchild?.pid ?? 0)]).toEqual([
      false,
      null,
    ]);
    expect(existsSync(status())).toBe(false);
  });

  test("a process is known by its start and the machine's, not by its number", async () => {
    const self = await identify(process.pid);
    if (self === null) {
      throw new Error("this process runs");
    }

    const others = [
      { ...self, startTime: "1" },
      { ...self, bootId: "another" },
    ];

    expect([self.host, await isAlive(self)]).toEqual([hostname(), true]);
    expect(await Promise.all(others.map(isAlive))).toEqual([false, false]);
    await Promise.all(others.map(killSession));
    expect(await isAlive(self)).toBe(true);
  });

  test("a binary that is none is not taken for Terraform", async () => {
    expect(await findTerraform("/bin/true", CHILD_PATH)).toBeNull();
    expect(await findTerraform("no-such-program", CHILD_PATH)).toBeNull();
  });
});
