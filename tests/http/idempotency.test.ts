import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { createIdempotency } from "#persistence/idempotency.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { ballot, waiting } from "#tests/support/deployments.ts";
import { openApi, type Api, type Sending } from "./api-fixture.ts";

const MADE = { module: "fixture_env", vars: {} };

function keyed(key: string, more: Sending = {}): Sending {
  return { ...more, headers: { "idempotency-key": key } };
}

describe.each(testDatabases())("Idempotency-Key on $name", ({ open }) => {
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

  /** A server whose answers are lost: it does what it is asked and dies before it can say so. */
  function forgetful(): Promise<Api> {
    const idempotency = {
      ...createIdempotency(database.db),
      finish: () => Promise.reject(new Error("died")),
    };
    return openApi(database.db, { idempotency });
  }

  async function changesOf(name: string): Promise<string[]> {
    const rows: { id: string }[] = await database
      .db("changes as c")
      .join("deployments as d", "d.id", "c.deployment_id")
      .where("d.name", name)
      .orderBy("c.opened_at")
      .select("c.id");
    return rows.map(({ id }) => id);
  }

  test("several at once, by either address, make one deployment and get one answer", async () => {
    const asking = keyed("k-race", { body: { ...MADE, name: "race" } });

    const paths = ["", "", "/api/v1", "/api/v1"].map((prefix) => `${prefix}/deployments`);
    const answers = await Promise.all(paths.map((path) => api.post(path, asking)));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ json }) => json["id"])).size).toBe(1);
  });

  test("the same key for another body or another path is refused, for another person it is new", async () => {
    await api.post("/deployments", keyed("k-own", { body: { ...MADE, name: "own" } }));

    const otherBody = await api.post(
      "/deployments",
      keyed("k-own", { body: { ...MADE, name: "else" } }),
    );
    const otherPath = await api.post("/deployments/own/plan", keyed("k-own"));
    const lead = await api.post(
      "/deployments",
      keyed("k-own", { as: "lead", body: { ...MADE, name: "of-lead" } }),
    );

    expect([otherBody, otherPath].map(({ status, json }) => [status, json["code"]])).toEqual([
      [422, "idempotency-key-reused"],
      [422, "idempotency-key-reused"],
    ]);
    expect(lead.status).toBe(201);
  });

  test("a crash between the effect and its answer makes no second effect, for every POST", async () => {
    await using dying = await forgetful();
    const create = keyed("c-create", { body: { ...MADE, name: "crashes" } });
    const path = "/deployments/crashes";

    const lost = [
      await dying.post("/deployments", create),
      await dying.post(`${path}/plan`, keyed("c-plan")),
      await dying.post(`${path}/cancel`, keyed("c-cancel")),
    ];
    const again = [
      await api.post("/deployments", create),
      await api.post(`${path}/plan`, keyed("c-plan")),
      await api.post(`${path}/cancel`, keyed("c-cancel")),
    ];

    expect(lost.map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(again.map(({ status }) => status)).toEqual([201, 200, 200]);
    expect(await changesOf("crashes")).toHaveLength(1);
  });

  test("a vote whose answer was lost is the same vote when it is sent again", async () => {
    await using dying = await forgetful();
    const asked = await waiting(api.house, "voted-on");
    const { digest } = ballot(asked);
    const voting = keyed("c-vote", { as: "lead", body: { decision: "approve", digest } });

    const lost = await dying.post("/deployments/voted-on/vote", voting);
    const again = await api.post("/deployments/voted-on/vote", voting);
    const other = await api.post("/deployments/voted-on/vote", { ...voting, headers: {} });

    expect([lost, again, other].map(({ status }) => status)).toEqual([500, 200, 409]);
    expect(again.json).toMatchObject({ status: "approved", votes: [{ voter: "lead" }] });
  });

  test("a repeated cancel does not stop what was asked for after it", async () => {
    await using dying = await forgetful();
    await api.post("/deployments", { body: { ...MADE, name: "goes-on" } });
    await api.post("/deployments/goes-on/plan");
    await dying.post("/deployments/goes-on/cancel", keyed("late-cancel"));
    await api.post("/deployments/goes-on/plan");

    const late = await api.post("/deployments/goes-on/cancel", keyed("late-cancel"));

    expect(late.json).toMatchObject({ status: "planning", change: { state: "planning" } });
    expect(await changesOf("goes-on")).toHaveLength(2);
  });

  test("a repeated plan opens nothing, however many changes came since", async () => {
    await using dying = await forgetful();
    await api.post("/deployments", { body: { ...MADE, name: "moves-on" } });
    await dying.post("/deployments/moves-on/plan", keyed("first-plan"));
    await api.post("/deployments/moves-on/plan", { body: { vars: { a: 1 } } });
    await api.post("/deployments/moves-on/plan", { body: { vars: { a: 2 } } });

    const late = await api.post("/deployments/moves-on/plan", keyed("first-plan"));

    expect(late.status).toBe(202);
    expect(await changesOf("moves-on")).toHaveLength(3);
  });

  test("a refused request may be sent again under its key once nothing is in the way", async () => {
    const asking = keyed("k-early", { body: {} });
    const early = await api.post("/deployments/comes-later/plan", asking);
    await api.post("/deployments", { body: { ...MADE, name: "comes-later" } });

    const later = await api.post("/deployments/comes-later/plan", asking);

    expect([early.status, later.status]).toEqual([404, 202]);
  });

  test("a server that starts anew still knows the answer", async () => {
    const asking = keyed("k-kept", { body: { ...MADE, name: "kept" } });
    const first = await api.post("/deployments", asking);
    await using restarted = await openApi(database.db);

    const again = await restarted.post("/deployments", asking);

    expect(again.json).toEqual(first.json);
  });
});
