import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeploymentId } from "#deployments/ids.ts";
import { failedLook, type DriftResult } from "#deployments/drift.ts";
import type { ApplyEnd } from "#deployments/ports.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { ballot, claim, done, person, waiting } from "#tests/support/deployments.ts";
import { openApi, type Api } from "./api-fixture.ts";

const APPLIED: ApplyEnd = {
  exitCode: 0,
  started: 1,
  uncertain: [],
  managed: 1,
  outputs: [],
  resources: [{ address: "module.this.x.y", type: "x", id: "y-1" }],
  cancelled: false,
  stale: false,
  error: "",
};
const CHANGED: DriftResult = {
  outcome: "changed",
  items: [
    {
      address: "module.this.x.y",
      type: "x",
      is: "changed",
      severity: "high",
      attributes: [{ path: "public", before: "false", after: "true" }],
    },
  ],
  more: 0,
  outputs: [],
  lookedWith: { commit: "tree-0", insteadOf: null },
  reason: null,
};

describe.each(testDatabases().slice(-1))("drift by the API, on $name", ({ open }) => {
  let database: OpenDatabase;
  let api: Api;
  beforeAll(async () => {
    database = await open();
    api = await openApi(database.db);
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  async function live(name: string): Promise<DeploymentId> {
    const { house } = api;
    const asking = await waiting(house, name);
    done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
    const held = await claim(house);
    done(await house.reports.applyStarting(held, asking.id));
    done(await house.reports.applyEnded(held, asking.id, APPLIED));
    await house.runs.end(held, "done");
    return asking.id;
  }

  /** What a worker does with the queued look. */
  async function look(id: DeploymentId, found = CHANGED): Promise<void> {
    const held = await claim(api.house);
    done(await api.house.reports.driftEnded(held, id, found));
    await api.house.runs.end(held, "done");
  }

  test("a look is asked for, and what it found stands with the deployment", async () => {
    const id = await live("drifty");

    const before = await api.get("/deployments/drifty");
    const asked = await api.post("/deployments/drifty/drift");
    const again = await api.post("/deployments/drifty/drift");
    await look(id);
    const after = await api.get("/deployments/drifty");

    expect(before.json["drift"]).toBeNull();
    expect([asked.status, asked.json["drift"]]).toMatchObject([202, { outcome: null }]);
    expect([again.status, again.json["code"]]).toEqual([409, "drift-under-way"]);
    expect(after.json["drift"]).toMatchObject({ outcome: "changed", items: CHANGED.items });
  });

  test("with ?wait= the answer comes with what was found", async () => {
    const id = await live("patient");

    const asking = api.post("/deployments/patient/drift?wait=60");
    await expect.poll(async () => (await api.house.runs.ofDeployment(id)).length).toBe(3);
    await look(id);
    const answer = await asking;

    expect([answer.status, answer.json["drift"]]).toMatchObject([200, { outcome: "changed" }]);
  });

  test("a look that died without a word of Terraform's still says why it found nothing", async () => {
    const id = await live("silent");
    await api.post("/deployments/silent/drift");

    await look(id, failedLook("error", { code: "plan-died", params: { error: "" } }));

    const { json } = await api.get("/deployments/silent");
    expect(json["drift"]).toMatchObject({
      outcome: "error",
      reason: expect.stringContaining("without saying why"),
    });
  });

  test("what does not exist, a wrong wait and a stranger are told apart", async () => {
    const made = await api.post("/deployments", {
      body: { name: "unmade", module: "fixture_env" },
    });

    const nothing = await api.post("/deployments/unmade/drift");
    const wait = await api.post("/deployments/unmade/drift?wait=soon");
    const stranger = await api.post("/deployments/unmade/drift", { as: "student" });

    expect(made.status).toBe(201);
    expect([nothing.status, nothing.json["code"]]).toEqual([409, "nothing-to-check"]);
    expect([wait.status, wait.json["code"]]).toEqual([422, "wrong-query"]);
    expect(stranger.status).toBe(404);
  });
});
