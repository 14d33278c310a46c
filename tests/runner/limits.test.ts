import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Module } from "#deployments/ports.ts";
import { inMinutes, limitSeconds } from "#runner/limits.ts";
import { askForProbe, openHouse, settled, type House } from "#tests/support/runner.ts";

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
  function hurriedWorker(seconds: Pick<Module["facts"], "planSeconds">) {
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
});

function required<T>(value: T | null): T {
  if (value === null) {
    throw new Error("The fixture has no such module");
  }
  return value;
}
