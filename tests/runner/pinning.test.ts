import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statusOf } from "#deployments/deployment.ts";
import type { PlanBundle } from "#deployments/ports.ts";
import { sha256 } from "#runner/hashes.ts";
import { OPEN_RUNS } from "#isolation/run-launch.ts";
import { readTar, writeTar } from "#runner/tar.ts";
import { workspaceOf } from "#runner/workspace.ts";
import {
  approve,
  askForProbe,
  eventually,
  openHouse,
  settled,
  waitedInVain,
  waitsForVotes,
  type House,
} from "#tests/support/runner.ts";

describe("the plan that is applied", () => {
  let dataDir: string;
  let house: House;
  let worker: AsyncDisposable;
  let tamper: (bundle: PlanBundle) => PlanBundle = (bundle) => bundle;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-pinning-"));
    house = await openHouse(dataDir);
    const { plans } = house.parts;
    worker = house.startWorker({
      plans: {
        ...plans,
        load: async (change) => {
          const bundle = await plans.load(change);
          return bundle === null ? null : tamper(bundle);
        },
      },
    });
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const appended = Buffer.from('\nresource "terraform_data" "evil" {}\n');

  function changed(bundle: PlanBundle, name: string): Uint8Array {
    return writeTar(
      readTar(bundle.archive).map((entry) =>
        entry.name === name
          ? { ...entry, content: Buffer.concat([entry.content, appended]) }
          : entry,
      ),
    );
  }

  test.each<[string, (bundle: PlanBundle) => PlanBundle]>([
    [
      "script of the module was changed in the store",
      (bundle) => ({ ...bundle, archive: changed(bundle, "module/main.tf") }),
    ],
    [
      "plan file was changed in the store",
      (bundle) => ({ ...bundle, archive: changed(bundle, "plan.bin") }),
    ],
    [
      "plan file was changed together with all its hashes",
      (bundle) => {
        const archive = changed(bundle, "plan.bin");
        const plan = sha256(
          readTar(archive).find(({ name }) => name === "plan.bin")?.content ?? "",
        );
        return { ...bundle, archive, hashes: { ...bundle.hashes, archive: sha256(archive), plan } };
      },
    ],
  ])("is refused with nothing run when a %s", async (what, change) => {
    const marks = join(dataDir, `marks-${sha256(what)}`);
    const { id } = await askForProbe(house, `pin-${sha256(what).slice(0, 6)}`, { marks });
    await eventually(house, id, waitsForVotes);
    tamper = change;

    await approve(house, id);
    const over = await settled(house, id);

    expect([statusOf(over), over.standing]).toEqual(["failed", { is: "nothing" }]);
    expect(over.lastChange?.reason.params["error"]).toContain("not the one that was approved");
    expect(existsSync(marks)).toBe(false);
  });

  test("is not used by a worker that may not apply it: it waits, then it is planned anew", async () => {
    tamper = (bundle) => bundle;
    const marks = join(dataDir, "marks-unfit");
    const { id } = await askForProbe(house, "pin-unfit", { marks });
    const { change } = await eventually(house, id, waitsForVotes);
    await worker[Symbol.asyncDispose]();
    await approve(house, id);
    worker = house.startWorker({ isolation: { ...OPEN_RUNS, is: "bubblewrap" } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const waits = await house.parts.deployments.load(id);

    await waitedInVain(house);
    const again = await eventually(house, id, waitsForVotes);

    const plan = await house.db("plans").where({ change_id: change?.id }).first("consumed_at");
    expect(waits?.change?.state).toBe("approved");
    expect(again.lastChange).toMatchObject({
      id: change?.id,
      outcome: "superseded",
      reason: { code: "other-isolation" },
    });
    expect([plan.consumed_at, existsSync(marks)]).toEqual([null, false]);
    const runs = await house.parts.runs.ofDeployment(id);
    expect(runs.map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual([
      "apply failed",
      "plan done",
      "plan done",
    ]);
    await approve(house, id);
    expect(statusOf(await settled(house, id))).toBe("applied");
  });

  test("comes from the store: what was changed on disk meanwhile has no effect", async () => {
    const marks = join(dataDir, "marks-disk");
    const { id } = await askForProbe(house, "pin-disk", { marks });
    const { change } = await eventually(house, id, waitsForVotes);
    tamper = (bundle) => bundle;
    if (change === null) {
      throw new Error("the change waits for votes");
    }

    writeFileSync(join(workspaceOf(dataDir, change.id).folder, "plan.bin"), "another plan");
    await approve(house, id);
    const over = await settled(house, id);

    expect(statusOf(over)).toBe("applied");
    expect(readFileSync(marks, "utf8").trim().split("\n")).toHaveLength(2);
  });
});
