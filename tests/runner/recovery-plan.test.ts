import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment, OpenAddress } from "#deployments/deployment.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import { refusedImports } from "#runner/recovery-plan.ts";
import { sayReason } from "#text/reasons.ts";
import { asked, done } from "#tests/support/deployments.ts";
import {
  approve,
  askForProbe,
  eventually,
  openHouse,
  request,
  settled,
  waitsForVotes,
  type House,
} from "#tests/support/runner.ts";

const THING = "module.this.terraform_data.thing";

describe("a recovery plan with real Terraform", () => {
  let dataDir: string;
  let house: House;
  let worker: AsyncDisposable;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-recovery-plan-"));
    house = await openHouse(dataDir);
    worker = house.startWorker();
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The deployment as an interrupted apply that left these open would have it. */
  async function interrupted(id: DeploymentId, addresses: readonly OpenAddress[]) {
    const standing = JSON.stringify({ is: "uncertain", intent: "apply", addresses });
    await house.db("deployments").where({ id }).update({ standing });
  }

  async function recovery(id: DeploymentId): Promise<Deployment> {
    done(await house.service.plan(asked("dev"), id, {}));
    return eventually(house, id, waitsForVotes);
  }

  test("takes in what it can, and says of the rest that it may exist", async () => {
    const { id } = done(await request(house, "takes-in", { steps: 2 }));
    await interrupted(id, [
      { address: `${THING}[0]`, found: "created", id: "11111111-aaaa" },
      { address: `${THING}[7]`, found: "created", id: "77777777-aaaa" },
      { address: `${THING}[1]`, found: "started", id: null },
    ]);

    const waiting = await recovery(id);
    await approve(house, id);
    const live = await settled(house, id);

    const reasons = waiting.change?.state === "awaiting_approval" ? waiting.change.plan.risk : null;
    expect(waiting.standing).toMatchObject({
      addresses: [
        { address: `${THING}[0]`, found: "created" },
        { address: `${THING}[7]`, found: "started", id: "77777777-aaaa" },
        { address: `${THING}[1]`, found: "started" },
      ],
    });
    expect(reasons).toMatchObject({
      level: "high",
      reasons: [
        { rule: "not-imported", address: `${THING}[7]`, params: { id: "77777777-aaaa" } },
        { rule: "perhaps-there", address: `${THING}[1]` },
      ],
    });
    expect(live.standing).toEqual({ is: "live" });
    expect(live.resources).toContainEqual({
      address: `${THING}[0]`,
      type: "terraform_data",
      id: "11111111-aaaa",
    });
  });

  test("makes anew what was never set up to its end", async () => {
    const { id } = await askForProbe(house, "half-done", { steps: 1 });
    await approve(house, id);
    const before = await settled(house, id);
    const thing = before.resources.find(({ address }) => address === `${THING}[0]`);
    await interrupted(id, [{ address: `${THING}[0]`, found: "half", id: thing?.id ?? "" }]);

    const waiting = await recovery(id);
    await approve(house, id);
    const live = await settled(house, id);

    expect(waiting.change).toMatchObject({ plan: { summary: { add: 0, replace: 1 } } });
    expect(live.standing).toEqual({ is: "live" });
    expect(live.resources.map(({ id: made }) => made)).not.toContain(thing?.id);
  });

  test("says of the new object of an interrupted replacement that no plan takes it in", async () => {
    const { id } = await askForProbe(house, "replaced", { steps: 1 });
    await approve(house, id);
    const { resources } = await settled(house, id);
    const seen = resources.find(({ address }) => address.endsWith(".seen"));
    const known = {
      address: String(seen?.address),
      found: "created",
      id: String(seen?.id),
    } as const;
    const created = { address: `${THING}[0]`, found: "created", id: "33333333-aaaa" } as const;
    await interrupted(id, [created, known]);

    done(await house.service.plan(asked("dev"), id, { steps: 2 }));
    const { change, standing } = await eventually(house, id, waitsForVotes);

    expect(change?.state === "awaiting_approval" ? change.plan.risk : null).toMatchObject({
      level: "high",
      reasons: [{ rule: "not-imported", address: created.address, params: { id: created.id } }],
    });
    expect(standing).toMatchObject({ addresses: [{ ...created, found: "started" }, known] });
  });

  test("an empty one names the ids that it could not take in to people, who see no other card", async () => {
    const { id } = await askForProbe(house, "replaced-empty", { steps: 1 });
    await approve(house, id);
    await settled(house, id);
    const created = { address: `${THING}[0]`, found: "created", id: "55555555-aaaa" } as const;
    await interrupted(id, [created, { address: `${THING}[0]`, found: "started", id: null }]);

    done(await house.service.plan(asked("dev"), id, {}));
    const { lastChange, standing } = await settled(house, id);

    const { code, params } = lastChange?.reason ?? { code: "", params: {} };
    expect([lastChange?.outcome, standing]).toEqual(["unchanged", { is: "live" }]);
    expect(sayReason(code, params, "en")).toContain(`${created.address} (${created.id}). Look`);
    expect(sayReason(code, params, "ko")).toContain(`${created.address} (${created.id}).`);
  });

  test("a plan that fails for another reason leaves what is certain as it was", async () => {
    const { id } = done(await request(house, "wrong-values", { steps: 2 }));
    const open: OpenAddress = { address: `${THING}[0]`, found: "created", id: "22222222-aaaa" };
    await interrupted(id, [open]);

    done(await house.service.plan(asked("dev"), id, { steps: -1 }));
    const over = await settled(house, id);

    expect(over.lastChange).toMatchObject({ outcome: "failed", reason: { code: "plan-failed" } });
    expect(over.standing).toMatchObject({ is: "uncertain", addresses: [open] });
  });
});

describe("which import an error is about", () => {
  const one = { to: "module.this.x.y[1]", id: "igw-1" };
  const two = { to: "module.this.x.y[10]", id: "igw-12" };

  test("the one whose address or id it names, and no other that begins alike", () => {
    const byAddress = refusedImports(
      [one, two],
      [{ address: null, text: `While importing to "${two.to}"` }],
    );
    const byId = refusedImports(
      [one, two],
      [{ address: null, text: 'nothing has the id "igw-1".' }],
    );

    expect([byAddress, byId]).toEqual([[two], [one]]);
  });

  test("every one when it names none", () => {
    const refused = refusedImports([one, two], [{ address: null, text: "Access denied" }]);

    expect(refused).toEqual([one, two]);
  });
});
