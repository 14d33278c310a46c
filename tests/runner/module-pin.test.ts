import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sayReason } from "#text/reasons.ts";
import { askForProbe, openHouse, settled, type House } from "#tests/support/runner.ts";

let home = "";
let house: House;
let worker: AsyncDisposable;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "mcp-pin-"));
  cpSync(resolve("tests/fixtures/runner"), join(home, "modules"), { recursive: true });
  house = await openHouse(join(home, "data"), { modules: join(home, "modules") });
  worker = house.startWorker();
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

test("a module that was edited under a running server is not planned with, and people are told", async () => {
  appendFileSync(join(home, "modules/local_probe/main.tf"), "\n# one more line\n");

  const asked = await askForProbe(house, "edited", {});
  const { lastChange } = await settled(house, asked.id);

  expect(lastChange).toMatchObject({
    outcome: "failed",
    reason: { code: "module-changed", params: { module: "local_probe" } },
  });
  expect(sayReason("module-changed", { module: "local_probe" }, "ko")).toContain("서버 재시작");
});
