import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashOf, SCOPES, tokenText, type ApiToken, type Scope } from "#http/api-tokens.ts";
import { DeploymentId, PersonId } from "#deployments/ids.ts";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import type { TokenRefused } from "#http/ports.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { claim, done, plan, waiting } from "#tests/support/deployments.ts";
import { openApi, type Api } from "./api-fixture.ts";

const SECRET = "s".repeat(43);

function token(name: string, scopes: readonly Scope[], more: Partial<ApiToken> = {}): ApiToken {
  return {
    id: `${name}-aaaaaaaaaa`,
    name,
    hash: hashOf(SECRET),
    scopes: [...scopes],
    createdAt: "2026-11-21T00:00:00Z",
    ...more,
  };
}

const TOKENS = [
  token("all", SCOPES, { team: "dev-team" }),
  token("writer", ["deployments:write"], { team: "dev-team" }),
  token("reader", ["deployments:read"], { team: "dev-team" }),
  token("modules", ["modules:read"]),
  token("lessons", ["curriculum:read"]),
  token("other", ["deployments:write"], { team: "rival-team" }),
  token("owned", ["deployments:write"], { team: "dev-team", owner: PersonId.parse("lead") }),
  token("gone", SCOPES, { team: "gone-team" }),
  token("alone", ["deployments:write"]),
  token("revoked", SCOPES, { revokedAt: "2026-11-21T01:00:00Z" }),
  token("old", SCOPES, { expiresAt: "2026-11-21T07:00:00Z" }),
];

const { people, groups } = LOCAL_POLICY;
const POLICY = Policy.parse({
  people,
  groups: { ...groups, "rival-team": { members: ["student"], team: true } },
});

function bearer(name: string, secret = SECRET) {
  return {
    as: "",
    headers: { authorization: `Bearer ${tokenText(`${name}-aaaaaaaaaa`, secret)}` },
  };
}

const MADE = { module: "fixture_env", vars: {} };

describe.each(testDatabases().slice(-1))("API tokens on $name", ({ open }) => {
  let database: OpenDatabase;
  let api: Api;
  let refused: TokenRefused[] = [];
  beforeAll(async () => {
    database = await open();
    api = await openApi(database.db, {
      policy: { current: () => POLICY },
      tokens: { current: () => TOKENS },
      onTokenRefused: (one) => void refused.push(one),
    });
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  test("a token asks for its team and sees what its team has, nothing of others", async () => {
    const made = await api.post("/deployments", {
      ...bearer("writer"),
      body: { ...MADE, name: "of-ci" },
    });

    const [reader, other, alone, person] = await Promise.all([
      api.get("/deployments", bearer("reader")),
      api.get("/deployments", bearer("other")),
      api.get("/deployments/of-ci", bearer("alone")),
      api.get("/deployments/of-ci"),
    ]);

    expect(made.json).toMatchObject({ team: "dev-team", requester: "token.writer-aaaaaaaaaa" });
    expect(reader.json).toMatchObject({ items: [{ name: "of-ci" }] });
    expect(other.json).toEqual({ items: [], next: null });
    expect([alone.status, person.status]).toEqual([404, 200]);
  });

  test("a token without a team sees only what it asked for itself", async () => {
    await api.post("/deployments", { ...bearer("alone"), body: { ...MADE, name: "lonely" } });

    const own = await api.get("/deployments", bearer("alone"));
    const dev = await api.get("/deployments/lonely");

    expect(own.json).toMatchObject({ items: [{ name: "lonely", team: null }] });
    expect(dev.status).toBe(404);
  });

  test("a token cannot ask in the name of a team that is not its own", async () => {
    const answer = await api.post("/deployments", {
      ...bearer("other"),
      body: { ...MADE, name: "for-them", team: "dev-team" },
    });

    expect([answer.status, answer.json["code"]]).toEqual([422, "unknown-team"]);
  });

  test("a machine may not vote, not even with every scope", async () => {
    const { id, name } = await waiting(api.house, "to-vote");
    const body = { decision: "approve", digest: "a".repeat(64) };

    const answers = await Promise.all(
      ["all", "modules", "other"].map((each) =>
        api.post(`/deployments/${id}/vote`, { ...bearer(each), body }),
      ),
    );

    const codes = answers.map(({ status, json }) => `${status} ${String(json["code"])}`);
    expect(codes).toEqual(Array(3).fill("403 machine-cannot-vote"));
    expect((await api.get(`/deployments/${name}`)).json).toMatchObject({ votes: [] });
  });

  test("the owner of a token may not vote on what it asked for, and another person may", async () => {
    const { json } = await api.post("/deployments?plan=true", {
      ...bearer("owned"),
      body: { ...MADE, name: "of-lead" },
    });
    const id = DeploymentId.parse(json["id"]);
    const held = await claim(api.house);
    const { change } = done(await api.house.reports.planReady(held, id, plan(null)));
    await api.house.runs.end(held, "done");
    await api.post(`/deployments/${id}/approve`, bearer("owned"));
    const body = { decision: "approve", digest: "a".repeat(64) };

    const own = await api.post(`/deployments/${id}/vote`, { as: "lead", body });
    const other = await api.post(`/deployments/${id}/vote`, { as: "ops", body });

    expect(change?.tokenOwner).toBe("lead");
    expect([own.status, own.json["code"]]).toEqual([403, "token-owner-cannot-vote"]);
    expect(own.json["detail"]).toContain("token.owned-aaaaaaaaaa");
    expect([other.status, other.json["status"]]).toEqual([200, "approved"]);
    await api.post(`/deployments/${id}/cancel`, bearer("owned"));
  });

  test("a token whose team has left the policy file sees nothing and asks for nothing", async () => {
    const answers = [
      await api.get("/deployments", bearer("gone")),
      await api.get("/modules", bearer("gone")),
      await api.post("/deployments", { ...bearer("gone"), body: { ...MADE, name: "of-gone" } }),
    ];

    const codes = answers.map(({ status, json }) => `${status} ${String(json["code"])}`);
    expect(codes).toEqual(Array(3).fill("403 token-team-gone"));
    expect(answers[0]?.json["detail"]).toContain("gone-team");
  });

  test.each([
    ["modules", "GET /deployments", "deployments:read"],
    ["modules", "GET /deployments/x/logs", "deployments:read"],
    ["modules", "GET /deployments/x/plan.txt", "deployments:read"],
    ["reader", "POST /deployments", "deployments:write"],
    ["reader", "POST /deployments/x/plan", "deployments:write"],
    ["lessons", "GET /modules", "modules:read"],
  ])("%s may not %s: it names the scope", async (name, route, scope) => {
    const [method, path = ""] = route.split(" ");

    const answer = await (method === "GET"
      ? api.get(path, bearer(name))
      : api.post(path, { ...bearer(name), body: {} }));

    expect([answer.status, answer.json["code"]]).toEqual([403, "scope-missing"]);
    expect(answer.json["detail"]).toContain(scope);
    expect(answer.json["next"]).toMatch(/npm run token/);
  });

  test("whoever may look at deployments may look at the modules they are made of", async () => {
    const answers = await Promise.all(
      ["all", "writer", "reader", "modules"].map((name) => api.get("/modules", bearer(name))),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test("a token that is not good is refused with 401 and reported, its secret never", async () => {
    refused = [];
    const wrong = "x".repeat(43);

    const answers = await Promise.all([
      api.get("/modules", bearer("nobody")),
      api.get("/modules", bearer("all", wrong)),
      api.get("/modules", bearer("revoked", wrong)),
      api.get("/modules", { headers: { authorization: "Basic ZGV2Og==" } }),
      api.get("/modules", bearer("revoked")),
      api.get("/modules", bearer("old")),
    ]);

    expect(answers.map(({ status, json }) => `${status} ${String(json["code"])}`)).toEqual([
      ...Array(4).fill("401 token-unknown"),
      "401 token-revoked",
      "401 token-expired",
    ]);
    expect(answers.every(({ headers }) => headers["www-authenticate"] === "Bearer")).toBe(true);
    expect(refused.filter(({ id }) => id !== null)).toEqual([
      { is: "bad", why: "token-revoked", id: "revoked-aaaaaaaaaa" },
      { is: "bad", why: "token-expired", id: "old-aaaaaaaaaa" },
    ]);
    expect(JSON.stringify(refused) + answers.map(({ text }) => text).join()).not.toContain(wrong);
  });

  test("a token beside a console's name is judged by itself, and never falls back to the name", async () => {
    const answer = await api.get("/deployments", { ...bearer("nobody"), as: "ops" });

    expect([answer.status, answer.json["code"]]).toEqual([401, "token-unknown"]);
  });
});
