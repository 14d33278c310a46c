import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statusOf, type Deployment } from "#deployments/deployment.ts";
import { findTerraform, type Terraform } from "#runner/terraform.ts";
import { sayReason } from "#text/reasons.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { found } from "#tests/support/found.ts";
import {
  approve,
  eventually,
  openHouse,
  settled,
  waitedInVain,
  waitsForVotes,
  type House,
} from "#tests/support/runner.ts";

const MODULES = join(import.meta.dirname, "../fixtures/tofu");

const SUPERSEDED = { outcome: "superseded", reason: { code: "other-terraform" } };

describe.skipIf(found.tofu === null)("a worker on OpenTofu", () => {
  let dataDir: string;
  let house: House;
  let terraform: Terraform;
  let tofu: Terraform;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-tofu-"));
    house = await openHouse(dataDir, { modules: MODULES });
    terraform = house.parts.terraform;
    tofu = (await findTerraform(found.tofu, "")) ?? terraform;
  });
  afterAll(async () => {
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  let names = 0;
  async function ask(module: string): Promise<Deployment> {
    names += 1;
    const wanted = { name: `tofu-${names}`, module, vars: {} };
    return plan(done(await house.service.request(asked("dev"), wanted)));
  }

  async function plan({ id }: Deployment): Promise<Deployment> {
    return done(await house.service.plan(asked("dev"), id, {}));
  }

  async function plannedBy(maker: Terraform): Promise<Deployment> {
    await using _worker = house.startWorker({ terraform: maker });
    const { id } = await ask("local_plain");
    // Awaited here: the worker ends with this function.
    return await eventually(house, id, waitsForVotes);
  }

  /** What the apply runs of a deployment left in their folders. */
  async function leftByApplies({ id }: Deployment): Promise<string[]> {
    const runs = await house.parts.runs.ofDeployment(id);
    const applies = runs.filter(({ kind }) => kind === "apply");
    return applies.flatMap((run) => readdirSync(join(dataDir, "runs", `${run.id}-1`)));
  }

  test("plans, applies, finds nothing left to do, and destroys", async () => {
    await using _worker = house.startWorker({ terraform: tofu });

    const { id } = await approve(house, (await ask("local_plain")).id);
    const applied = await settled(house, id);
    await plan(applied);
    const again = await settled(house, id);
    done(await house.service.destroy(asked("dev"), id));
    await approve(house, id);
    const gone = await settled(house, id);

    expect([tofu.product, statusOf(applied)]).toEqual(["tofu", "applied"]);
    expect(applied.outputs).toMatchObject([{ name: "word", value: "plain" }]);
    expect(again.lastChange?.outcome).toBe("unchanged");
    expect([statusOf(gone), gone.resources]).toEqual(["destroyed", []]);
  });

  test.each<[string, () => readonly [Terraform, Terraform]]>([
    ["of Terraform on OpenTofu", () => [terraform, tofu]],
    ["of OpenTofu on Terraform", () => [tofu, terraform]],
  ])("plans anew what it may not apply: a plan %s; nothing runs of that", async (_, choose) => {
    const [maker, other] = choose();
    const { id } = await plannedBy(maker);

    await using _worker = house.startWorker({ terraform: other });
    await approve(house, id);
    await waitedInVain(house);
    const again = await eventually(house, id, waitsForVotes);
    const left = await leftByApplies(again);
    await approve(house, id);
    const applied = await settled(house, id);

    expect(again.lastChange).toMatchObject(SUPERSEDED);
    expect(left).toEqual(["out.jsonl"]);
    expect(statusOf(applied)).toBe("applied");
  });

  test("applies no plan of another version of itself", async () => {
    const { id } = await plannedBy(tofu);

    await using _worker = house.startWorker({ terraform: { ...tofu, version: "1.6.3" } });
    await approve(house, id);
    await waitedInVain(house);
    const refused = await eventually(house, id, ({ lastChange }) => lastChange !== null);

    expect(refused.lastChange).toMatchObject(SUPERSEDED);
    expect(await leftByApplies(await settled(house, id))).toEqual(["out.jsonl"]);
  });

  test("plans no module that needs another version, and names both", async () => {
    await using _worker = house.startWorker({ terraform: tofu });

    const { id } = await ask("local_newer");
    const { lastChange } = await settled(house, id);

    const { code, params } = lastChange?.reason ?? { code: "", params: {} };
    expect(sayReason(code, params, "en")).toBe(
      "The module local_newer needs version “>= 1.11.0, < 2.0.0” of Terraform or OpenTofu, and this server runs OpenTofu 1.6.2, so nothing was planned or changed. Ask an administrator to set TERRAFORM_BIN to a version that fits, then plan again.",
    );
  });
});
