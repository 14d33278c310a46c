import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeploymentId } from "#deployments/ids.ts";
import { asked, done, refusedWith } from "#tests/support/deployments.ts";
import { approve, openHouse, request, settled, type House } from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

describe("drift by hand, with real Terraform", () => {
  let dataDir: string;
  let house: House;
  let worker: AsyncDisposable;
  const upstream = { outputs: '{"id":"net-1"}' };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-drift-"));
    house = await openHouse(dataDir, { upstream: async () => upstream.outputs });
    worker = house.startWorker();
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function live(name: string) {
    done(await request(house, `${name}-base`, {}));
    const vars = { upstream: `${name}-base` };
    const made = await house.service.request(asked("dev"), { name, module: "local_echo", vars });
    const { id } = done(await house.service.plan(asked("dev"), done(made).id, {}));
    await approve(house, id);
    return settled(house, id);
  }

  async function checked(id: DeploymentId) {
    done(await house.service.drift(asked("dev"), id));
    return until("the end of the check", async () => {
      const check = await house.driftChecks.newest(id);
      return check !== null && check.result !== null ? check : null;
    });
  }

  test("nothing drifted: the state stays and nothing of the look is left on the disk", async () => {
    const { id } = await live("steady");
    const before = await house.parts.stateStore.newest(id);

    const check = await checked(id);

    const [run] = await house.parts.runs.ofDeployment(id);
    expect(check.result).toMatchObject({ outcome: "none", items: [], outputs: [] });
    expect(await house.parts.stateStore.newest(id)).toEqual(before);
    expect(run).toMatchObject({ kind: "drift", status: "done", change: null });
    expect(existsSync(join(dataDir, "changes", run?.id ?? ""))).toBe(false);
    expect(existsSync(join(dataDir, "runs", `${run?.id}-1`, "plan.json"))).toBe(false);
  });

  test("what a module reads changed: outputs would be others, and a repair settles it", async () => {
    const { id } = await live("follower");
    upstream.outputs = '{"id":"net-2"}';

    const drifted = await checked(id);
    done(await house.service.repair(asked("dev"), id));
    await approve(house, id);
    await settled(house, id);
    const tooLate = await house.service.repair(asked("dev"), id);
    const mended = await checked(id);
    const needless = await house.service.repair(asked("dev"), id);

    expect(drifted.result).toMatchObject({ outcome: "outputs_only", outputs: ["heard"] });
    expect(mended.result?.outcome).toBe("none");
    expect([tooLate, needless].map(refusedWith)).toEqual(["drift-over", "drift-over"]);
  });

  test("a second check while one is under way is refused; the same request again is not", async () => {
    const { id } = await live("twice");
    const first = asked("dev", { requestKey: "one" });

    done(await house.service.drift(first, id));
    const again = await house.service.drift(first, id);
    const second = await house.service.drift(asked("lead"), id);

    expect(refusedWith(again)).toBeNull();
    expect(refusedWith(second)).toBe("drift-under-way");
    await until("its end", async () => (await house.driftChecks.newest(id))?.result ?? null);
    const runs = await house.parts.runs.ofDeployment(id);
    expect(runs.filter(({ kind }) => kind === "drift")).toHaveLength(1);
  });

  test("only what exists can be checked and repaired, by people who may see it", async () => {
    const made = done(await request(house, "not-yet", {}));

    const early = await house.service.drift(asked("dev"), made.id);
    const stranger = await house.service.drift(asked("student"), made.id);
    const repaired = await house.service.repair(asked("dev"), made.id);

    expect(refusedWith(early)).toBe("nothing-to-check");
    expect(refusedWith(stranger)).toBe("not-found");
    expect(refusedWith(repaired)).toBe("nothing-to-check");
  });
});
