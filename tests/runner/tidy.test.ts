import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeOldFiles } from "#runner/tidy.ts";
import { SILENT } from "#telemetry/log.ts";

test("files of runs go after seven days, newer ones and other folders stay", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-tidy-"));
  ["changes/chg-a", "runs/run-a-1", "providers/x"].forEach((name) =>
    mkdirSync(join(dataDir, name), { recursive: true }),
  );

  await removeOldFiles(dataDir, new Date(Date.now() + 6 * 24 * 3_600_000), SILENT);
  const after6 = [readdirSync(join(dataDir, "changes")), readdirSync(join(dataDir, "runs"))];
  await removeOldFiles(dataDir, new Date(Date.now() + 8 * 24 * 3_600_000), SILENT);
  const after8 = [readdirSync(join(dataDir, "changes")), readdirSync(join(dataDir, "runs"))];

  expect(after6).toEqual([["chg-a"], ["run-a-1"]]);
  expect(after8).toEqual([[], []]);
  expect(readdirSync(join(dataDir, "providers"))).toEqual(["x"]);
  rmSync(dataDir, { recursive: true });
});
