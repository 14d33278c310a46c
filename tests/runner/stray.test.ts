import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { approve, askForProbe, eventually, openHouse, settled } from "#tests/support/runner.ts";

test("a crash right behind the report of an apply leaves a run that is done, and no value on the disk", async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-stray-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const house = stack.use(await openHouse(dataDir));
  const { reports } = house.parts;
  const crash = Promise.withResolvers<never>();
  const first = house.startWorker({
    reports: {
      ...reports,
      applyEnded: async (...told) => {
        await reports.applyEnded(...told);
        return crash.promise;
      },
    },
  });
  const { id } = await askForProbe(house, "stray", {});
  await approve(house, id);
  await eventually(house, id, ({ standing }) => standing.is === "live");

  crash.reject(new Error("this worker is gone"));
  await first[Symbol.asyncDispose]();
  stack.use(house.startWorker());
  const { lastChange } = await settled(house, id);

  const runs = await house.parts.runs.ofDeployment(id);
  const values = join(dataDir, "changes", lastChange?.id ?? "", "terraform.tfvars.json");
  expect(runs.map(({ kind, status }) => [kind, status])).toEqual([
    ["apply", "done"],
    ["plan", "done"],
  ]);
  expect(existsSync(values)).toBe(false);
});
