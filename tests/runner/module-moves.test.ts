import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Deployment } from "#deployments/deployment.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import type { Catalogue, Module } from "#deployments/ports.ts";
import { pinnedCommits } from "#persistence/module-pins.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import type { RunnerParts } from "#runner/job.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { approve, openHouse, settled, type House } from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";
import { named } from "./aquarium.ts";

const ECHO = "local_echo";
let home = "";
let house: House;
let before: Module;
let catalogue: Catalogue;
let after: Module;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "mcp-moves-"));
  const [was, is] = [join(home, "was"), join(home, "is")];
  [was, is].forEach((folder) =>
    cpSync(resolve("tests/fixtures/runner", ECHO), join(folder, ECHO), { recursive: true }),
  );
  const outputs = join(is, ECHO, "outputs.tf");
  writeFileSync(
    outputs,
    readFileSync(outputs, "utf8").replace("var.upstream", '"${var.upstream}!"'),
  );
  house = await openHouse(join(home, "data"), { modules: was });
  before = named(await openCatalogue(was), ECHO).module;
  ({ catalogue, module: after } = named(await openCatalogue(is), ECHO));
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

/** Applied with the module as it was; the server starts again with another commit after it. */
async function applied(name: string): Promise<Deployment> {
  await using _before = house.startWorker();
  const wanted = { name, module: ECHO, vars: { upstream: "" } };
  const { id } = done(await house.service.request(asked("dev"), wanted));
  done(await house.service.plan(asked("dev"), id, {}));
  // Only then may the worker be closed.
  return await decided(id);
}

async function decided(id: DeploymentId): Promise<Deployment> {
  await approve(house, id);
  return settled(house, id);
}

function startAgain(more: Partial<RunnerParts> = {}) {
  return house.startWorker({ catalogue, ...more });
}

async function looked(id: DeploymentId) {
  done(await house.service.drift(asked("dev"), id));
  return until("the end of the look", async () => {
    const check = await house.driftChecks.newest(id);
    return check === null ? null : check.result;
  });
}

test("drift is looked for with the module of the last apply while its files are kept", async () => {
  const { id, pin } = await applied("kept");
  const asks: unknown[] = [];
  const moduleAt: RunnerParts["moduleAt"] = async (...ask) => {
    asks.push(ask);
    return before;
  };
  await using _worker = startAgain({ moduleAt });

  const found = await looked(id);

  expect(asks).toEqual([[ECHO, pin]]);
  expect(found).toMatchObject({ outcome: "none" });
  expect(found.lookedWith).toEqual({ commit: before.commit, insteadOf: null });
});

test("drift is looked for with the newer module where they are not, and says so", async () => {
  const { id } = await applied("gone");
  await using _worker = startAgain();

  const found = await looked(id);

  expect(found).toMatchObject({ outcome: "outputs_only", outputs: ["heard"] });
  expect(found.lookedWith).toEqual({ commit: after.commit, insteadOf: before.commit });
});

test("a plan with other files of the module says what it moves from, until it was applied", async () => {
  const { id, pin, lastChange } = await applied("moving");
  await using _worker = startAgain();

  done(await house.service.plan(asked("dev"), id, {}));
  const moved = await decided(id);
  done(await house.service.plan(asked("dev"), id, {}));
  const again = await settled(house, id);

  const { commit, version, tree } = before;
  expect(pin).toEqual({ commit, version, tree });
  expect(lastChange?.plan?.summary).toMatchObject({ moduleCommit: commit, movesFrom: null });
  expect(moved.lastChange?.plan?.summary.movesFrom).toBe(commit);
  expect(moved.lastChange?.plan?.summary.moduleCommit).toBe(after.commit);
  expect(moved.pin?.commit).toBe(after.commit);
  expect(again.lastChange).toMatchObject({ outcome: "unchanged" });
  expect(again.lastChange?.plan?.summary.movesFrom).toBeNull();
});

test("what was destroyed is pinned to nothing", async () => {
  const { id, pin } = await applied("over");
  const others = house.db("deployments").whereNot({ id });
  await others.update({ module_pin: null });
  const whileItStands = await pinnedCommits(house.db);
  await using _worker = startAgain();

  done(await house.service.destroy(asked("dev"), id));
  const over = await decided(id);

  expect(pin).not.toBeNull();
  expect(over.lastChange?.plan?.summary.movesFrom).toBe(before.commit);
  expect([over.standing.is, over.pin]).toEqual(["destroyed", null]);
  expect([...whileItStands]).toEqual([before.commit]);
  expect([...(await pinnedCommits(house.db))]).toEqual([]);
});
