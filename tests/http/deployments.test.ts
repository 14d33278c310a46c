import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApplyEnd } from "#deployments/ports.ts";
import { DeploymentId } from "#deployments/ids.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { claim, done, MODULE, plan } from "#tests/support/deployments.ts";
import { openApi, type Api } from "./api-fixture.ts";

const APPLIED: ApplyEnd = {
  exitCode: 0,
  started: 1,
  uncertain: [],
  managed: 1,
  outputs: [{ name: "url", value: '"http://shop"', sensitive: false }],
  resources: [{ address: "module.main.x.y", type: "x", id: "y-1" }],
  cancelled: false,
  stale: false,
  error: "",
};
const DIGEST = "a".repeat(64);

describe.each(testDatabases().slice(-1))("the routes of deployments on $name", ({ open }) => {
  let database: OpenDatabase;
  let api: Api;
  let count = 0;
  beforeAll(async () => {
    database = await open();
    api = await openApi(database.db);
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  async function created(): Promise<string> {
    count += 1;
    const body = { name: `shop-${count}`, module: MODULE.name };
    return String((await api.post("/deployments", { body })).json["id"]);
  }

  /** What a worker does with the queued plan. */
  async function makePlan(id: string): Promise<void> {
    const held = await claim(api.house);
    const now = await api.house.deployments.load(DeploymentId.parse(id));
    await database.db("plans").insert({
      change_id: now?.change?.id,
      digest: DIGEST,
      facts: "{}",
      text_sealed: Buffer.alloc(0),
      json_sealed: Buffer.alloc(0),
    });
    done(await api.house.reports.planReady(held, DeploymentId.parse(id), plan(null)));
    await api.house.runs.end(held, "done");
  }

  async function makeApply(id: string): Promise<void> {
    const held = await claim(api.house);
    done(await api.house.reports.applyStarting(held, DeploymentId.parse(id)));
    done(await api.house.reports.applyEnded(held, DeploymentId.parse(id), APPLIED));
    await api.house.runs.end(held, "done");
  }

  async function waiting(): Promise<string> {
    const id = await created();
    await api.post(`/deployments/${id}/plan`);
    await makePlan(id);
    await api.post(`/deployments/${id}/approve`);
    return id;
  }

  const approve = { decision: "approve", digest: DIGEST };

  test("a deployment is created, and is the same under /api/v1 and by its name", async () => {
    const body = { name: "first", cloud: "local", module: MODULE.name, vars: { size: "small" } };

    const made = await api.post("/deployments", { body });
    const byId = await api.get(`/api/v1/deployments/${String(made.json["id"])}`);
    const byName = await api.get("/deployments/first");

    expect(made).toMatchObject({
      status: 201,
      json: { name: "first", status: "created", standing: "nothing", advice: [], cost: null },
    });
    expect(byId.json).toEqual(byName.json);
  });

  test("the seeds' request names what is available while its module is not", async () => {
    const body = {
      name: "dev-vpc",
      cloud: "aws",
      module: "aws_vpc",
      vars: { region: "us-east-1" },
    };

    const answer = await api.post("/deployments", { body });

    expect(answer).toMatchObject({ status: 422, json: { code: "unknown-module" } });
    expect(answer.json["detail"]).toContain(MODULE.name);
  });

  test("wrong variables are refused one by one", async () => {
    const body = { name: "wrong", module: MODULE.name, vars: { bad: 1 } };

    const answer = await api.post("/deployments", { body });

    expect(answer).toMatchObject({
      status: 422,
      json: { code: "wrong-variables", errors: [{ variable: "bad", code: "unknown" }] },
    });
  });

  test("a list is read page by page, and can be narrowed", async () => {
    await created();
    await created();

    const first = await api.get("/deployments?limit=1");
    const second = await api.get(`/deployments?limit=1&cursor=${String(first.json["next"])}`);
    const none = await api.get("/deployments?status=destroyed");
    const wrong = await api.get("/deployments?status=gone&colour=red");

    expect(first.json["items"]).toHaveLength(1);
    expect(second.json["items"]).not.toEqual(first.json["items"]);
    expect(none.json["items"]).toEqual([]);
    expect(wrong).toMatchObject({ status: 422, json: { code: "wrong-query" } });
  });

  test("a plan that is waited for comes with its summary", async () => {
    const id = await created();

    const [answer] = await Promise.all([
      api.post(`/deployments/${id}/plan?wait=30`),
      expect
        .poll(() =>
          makePlan(id).then(
            () => true,
            () => false,
          ),
        )
        .toBe(true),
    ]);

    expect(answer).toMatchObject({
      status: 200,
      json: { status: "planned", plan: { add: 1, digest: DIGEST }, risk: { level: "low" } },
    });
    const alone = await api.get(`/deployments/${id}/plan`);
    expect(alone.json).toMatchObject({ add: 1, change: 0, risk: { level: "low" } });
  });

  test("a plan that is not waited for is accepted, and has a run", async () => {
    const id = await created();

    const answer = await api.post(`/deployments/${id}/plan`);

    expect(answer).toMatchObject({
      status: 202,
      json: { status: "planning", plan: null, runs: [{ kind: "plan", status: "queued" }] },
    });
    expect((await api.get(`/deployments/${id}/plan`)).json["code"]).toBe("no-plan");
    await api.post(`/deployments/${id}/cancel`);
  });

  test("a deployment goes from asked for to applied", async () => {
    const id = await waiting();
    const early = await api.post(`/deployments/${id}/apply`);

    const voted = await api.post(`/deployments/${id}/vote`, { as: "lead", body: approve });
    const accepted = await api.post(`/deployments/${id}/apply`);
    await makeApply(id);
    const applied = await api.post(`/deployments/${id}/apply`);

    const now = await api.get(`/deployments/${id}`);
    expect(early).toMatchObject({ status: 409, json: { code: "not-approved" } });
    expect(voted).toMatchObject({ status: 200, json: { votes: [{ voter: "lead" }] } });
    expect(accepted).toMatchObject({ status: 202, json: { kind: "apply", status: "queued" } });
    expect(applied).toMatchObject({ status: 200, json: { id: accepted.json["id"] } });
    expect(now.json).toMatchObject({
      status: "applied",
      standing: "live",
      change: null,
      lastChange: { kind: "create", outcome: "applied" },
      outputs: APPLIED.outputs,
      resources: APPLIED.resources,
    });
  });

  test("votes that do not count are refused", async () => {
    const id = await waiting();
    const vote = (as: string, body: object) => api.post(`/deployments/${id}/vote`, { as, body });

    const own = await vote("dev", approve);
    const old = await vote("lead", { ...approve, digest: "b".repeat(64) });
    const unclear = await vote("lead", { decision: "maybe" });
    await vote("lead", approve);
    const twice = await vote("lead", approve);

    expect(own).toMatchObject({ status: 403, json: { code: "requester-cannot-vote" } });
    expect(old).toMatchObject({ status: 409, json: { code: "plan-changed" } });
    expect(unclear).toMatchObject({ status: 422, json: { code: "wrong-body" } });
    expect(twice.status).toBe(409);
    await makeApply(id);
  });

  test("a rejection ends the change and stays on its record", async () => {
    const id = await waiting();
    const body = { decision: "reject", digest: DIGEST, reason: "too big" };

    const answer = await api.post(`/deployments/${id}/vote`, { as: "lead", body });

    expect(answer).toMatchObject({
      status: 200,
      json: { status: "rejected", lastChange: { outcome: "rejected" } },
    });
    expect(JSON.stringify(answer.json["lastChange"])).toContain("too big");
  });

  test("an empty deployment is destroyed at once, and every step is in its events", async () => {
    const id = await created();

    const destroyed = await api.post(`/deployments/${id}/destroy`);
    const again = await api.post(`/deployments/${id}/destroy`);

    const { json } = await api.get(`/deployments/${id}/events`);
    expect(destroyed).toMatchObject({ status: 200, json: { status: "destroyed" } });
    expect(again).toMatchObject({ status: 409, json: { code: "already-destroyed" } });
    expect(json["items"]).not.toEqual([]);
  });

  test("a field for a route that takes none is refused", async () => {
    const id = await created();

    const answer = await api.post(`/deployments/${id}/approve`, { body: { approve: true } });

    expect(answer).toMatchObject({ status: 422, json: { code: "wrong-body" } });
  });

  test("for an outsider there is no deployment on any route", async () => {
    const id = await waiting();
    const reads = ["", "/plan", "/plan.txt", "/events", "/logs"];
    const writes = ["/plan", "/approve", "/vote", "/apply", "/destroy", "/cancel"];

    const answers = await Promise.all([
      ...reads.map((path) => api.get(`/deployments/${id}${path}`, { as: "student" })),
      ...writes.map((path) => api.post(`/deployments/${id}${path}`, { as: "student" })),
    ]);
    const list = await api.get("/deployments", { as: "student" });

    expect(answers.map(({ json }) => json["code"])).toEqual(Array(11).fill("not-found"));
    expect(list.json["items"]).toEqual([]);
  });
});
