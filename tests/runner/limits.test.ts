import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Module } from "#deployments/ports.ts";
import { inMinutes, limitSeconds } from "#runner/limits.ts";
import { approve, askForProbe, openHouse, settled, type House } from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

describe("the time that a run may take", () => {
  let dataDir: string;
  let house: House;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-limits-"));
    house = await openHouse(dataDir);
  });
  afterAll(async () => {
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A worker to whom the module allows so many seconds. */
  function hurriedWorker(seconds: Partial<Pick<Module["facts"], "planSeconds" | "applySeconds">>) {
    const { catalogue } = house.parts;
    return house.startWorker({
      catalogue: {
        module: (name) => {
          const module = catalogue.module(name);
          return module === null ? null : { ...module, facts: { ...module.facts, ...seconds } };
        },
      },
    });
  }

  test("is what its module says, else a quarter of an hour for a plan and two hours for an apply", () => {
    const module = house.parts.catalogue.module("local_probe");
    const facts = { facts: { ...required(module).facts, planSeconds: 60, applySeconds: 300 } };

    const told = [
      limitSeconds({ kind: "plan" }, facts, null),
      limitSeconds({ kind: "apply" }, facts, null),
    ];
    const usual = [
      limitSeconds({ kind: "drift" }, module, null),
      limitSeconds({ kind: "apply" }, null, null),
    ];

    expect([told, usual]).toEqual([
      [60, 300],
      [900, 7200],
    ]);
    expect([inMinutes(1), inMinutes(120), inMinutes(121)]).toEqual([1, 2, 3]);
  });

  test("ends a plan that needs more, and says so", async () => {
    const asking = await askForProbe(house, "slow-plan", {});
    await using _worker = hurriedWorker({ planSeconds: 0.01 });

    const { lastChange } = await settled(house, asking.id);

    expect(lastChange).toMatchObject({
      outcome: "failed",
      reason: { code: "plan-timeout", params: { minutes: 1 } },
    });
  });

  test("counts from the start of an apply, also for a server that takes it up again", async () => {
    const marks = join(dataDir, "marks-long");
    const vars = { steps: 60, seconds: 0.2, marks };
    const first = house.startWorker();
    const { id } = await askForProbe(house, "long-apply", vars);
    await approve(house, id);
    await until("the first step", () => existsSync(marks));
    await first[Symbol.asyncDispose]();
    const start = house.db.raw("now() - interval '500 s'");
    await house
      .db("runs")
      .where({ deployment_id: id, kind: "apply" })
      .update({ started_at: start });

    // Two more for each of its 61 changes.
    await using _worker = hurriedWorker({ applySeconds: 350 });
    const over = await settled(house, id);

    expect(readFileSync(marks, "utf8").trim().split("\n").length).toBeLessThan(60);
    expect(over.standing).toMatchObject({ is: "partial" });
    expect(over.lastChange).toMatchObject({ outcome: "failed" });
  });
});

function required<T>(value: T | null): T {
  if (value === null) {
    throw new Error("The fixture has no such module");
  }
  return value;
}
