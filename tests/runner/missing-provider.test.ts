import { mkdir, mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { passGate } from "#runner/static-gate.ts";
import { sayReason } from "#text/reasons.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { openHouse, settled } from "#tests/support/runner.ts";

const ATTACKS = join(import.meta.dirname, "../fixtures/attacks");

test("a provider from elsewhere is refused by the gate with its name", async () => {
  const passing = passGate(join(ATTACKS, "local_stranger"), { provisioners: false });

  await expect(passing).rejects.toThrow(
    /versions\.tf:\d+: The provider “evil\.example\/x\/y” is not one that runs may use/,
  );
});

test.each([
  ["nowhere", []],
  ["for another platform only", ["plan9_mips/terraform-provider-y_v1.0.0"]],
  ["as a folder without its binary", ["linux_amd64/README"]],
])("behind the gate it is found %s: the plan names it and what to do", async (_how, files) => {
  await using dataDir = await mkdtempDisposable(join(tmpdir(), "mcp-stranger-"));
  await using mirror = await mkdtempDisposable(join(tmpdir(), "mcp-mirror-"));
  for (const file of files) {
    const path = join(mirror.path, "evil.example/x/y/1.0.0", file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "", { mode: 0o755 });
  }
  await using house = await openHouse(dataDir.path, {
    modules: ATTACKS,
    providersDir: mirror.path,
  });
  await using _worker = house.startWorker();
  const wish = { name: "stranger", module: "local_stranger", vars: {} };

  const { id } = done(await house.service.request(asked("dev"), wish));
  done(await house.service.plan(asked("dev"), id, {}));
  const { lastChange, standing } = await settled(house, id);

  const { code, params } = lastChange?.reason ?? { code: "", params: {} };
  expect([lastChange?.outcome, standing.is]).toEqual(["failed", "nothing"]);
  expect(sayReason(code, params, "en")).toBe(
    "The module needs the provider evil.example/x/y, which this server does not have whole in a version that fits, and runs install providers from nowhere else. Nothing was planned or changed. If runs may use it, ask an administrator to fetch it with “npm run providers -- sync” or to copy it into PROVIDERS_DIR, then plan again.",
  );
  expect(sayReason(code, params, "ko")).toContain("evil.example/x/y이(가)");
});
