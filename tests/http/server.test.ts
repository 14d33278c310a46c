import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { SILENT, type Log } from "#telemetry/log.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { MODULE } from "#tests/support/deployments.ts";
import { openApi, type Api } from "./api-fixture.ts";

// The stores are tested on every database; the doors before them on one.
describe.each(testDatabases().slice(-1))("the HTTP door on $name", ({ open }) => {
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

  const wanted = (name: string) => ({ name, module: MODULE.name });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
    "a write with the content type “%s” is refused",
    async (type) => {
      const answer = await api.post("/deployments", { headers: { "content-type": type } });

      expect(answer).toMatchObject({ status: 403, json: { code: "wrong-content-type" } });
    },
  );

  test("a write to another host's name is refused, and so is a read by the console's header", async () => {
    const headers = { host: `evil.example:${api.port}` };

    const [write, read] = [
      await api.post("/deployments", { headers }),
      await api.get("/deployments", { headers }),
    ];

    expect(write).toMatchObject({ status: 403, json: { code: "foreign-host" } });
    expect(read).toMatchObject({ status: 403, json: { code: "foreign-host" } });
  });

  test("our names are taken at our port only", async () => {
    const port = api.port;
    const hosts = [
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `LOCALHOST:${port}`,
      "ops.example.com",
      "localhost",
      `localhost:${port + 1}`,
    ];

    const answers = await Promise.all(
      hosts.map((host) => api.get("/modules", { headers: { host } })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 403, 403]);
  });

  test.each(["http://evil.example", "null", "https://localhost:1", "http://ops.example.com"])(
    "a write from a page of %s is refused",
    async (origin) => {
      const answer = await api.post("/deployments", { headers: { origin } });

      expect(answer).toMatchObject({ status: 403, json: { code: "foreign-origin" } });
    },
  );

  test("a write from our own page is taken, also behind PUBLIC_URL", async () => {
    const local = await api.post("/deployments", {
      body: wanted("own-page"),
      headers: { origin: api.base },
    });
    const proxied = await api.post("/deployments", {
      body: wanted("own-page-2"),
      headers: { host: "ops.example.com", origin: "https://ops.example.com" },
    });

    expect([local.status, proxied.status]).toEqual([201, 201]);
  });

  test("without a person, and with a token that nobody has, there is no answer", async () => {
    const nobody = await api.get("/deployments", { headers: { "x-console-user": "" } });
    const stranger = await api.get("/deployments", { as: "mallory" });
    const token = await api.get("/deployments", { headers: { authorization: "Bearer x" } });

    expect(nobody).toMatchObject({ status: 401, json: { code: "not-signed-in" } });
    expect(stranger).toMatchObject({ status: 401, json: { code: "not-signed-in" } });
    expect(token).toMatchObject({ status: 401, json: { code: "token-unknown" } });
    expect(nobody.json["next"]).toContain("x-console-user");
  });

  test("where the console is off its header names nobody", async () => {
    await using off = await openApi(database.db, { consoleOn: false });

    expect((await off.get("/deployments")).status).toBe(401);
  });

  test("a body above 256 KB is refused unread", async () => {
    const answer = await api.post("/deployments", { body: { name: "x".repeat(300_000) } });

    expect(answer).toMatchObject({ status: 413, json: { code: "body-too-big" } });
  });

  test.each(['{"name":', "[1]x", '"text"'])(
    "a body that is not JSON is refused: %s",
    async (body) => {
      const answer = await api.post("/deployments", { body });

      expect(answer).toMatchObject({ status: 400, json: { code: "bad-json" } });
    },
  );

  test("unknown, missing and wrong fields are named", async () => {
    const body = { name: 7, sise: "big", vars: {} };

    const answer = await api.post("/deployments", { body });

    expect(answer).toMatchObject({ status: 422, json: { code: "wrong-body" } });
    expect(answer.json["detail"]).toContain("name, module, sise");
  });

  test("a refusal is problem details in the language that is asked for", async () => {
    const english = await api.get("/nowhere");
    const korean = await api.get("/api/v1/nowhere", {
      headers: { "accept-language": "fr, en;q=0.4, ko-KR;q=0.8" },
    });

    expect(english.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(english.json).toEqual({
      type: "about:blank",
      title: "Not Found",
      status: 404,
      code: "unknown-route",
      detail: "There is nothing at GET /nowhere.",
      next: "Check the address; GET /deployments and GET /modules are good places to start.",
    });
    expect(korean.headers["content-language"]).toBe("ko");
    expect(korean.json["detail"]).toContain("아무것도 없습니다");
  });

  test.each(["/deployments/%00", "/deployments?name=%00", "/deployments?module=a%00b"])(
    "a character that no database takes finds nothing: %s",
    async (path) => {
      const { status, json } = await api.get(path);

      expect([status, json["code"], json["items"]]).toEqual(
        path.includes("?") ? [200, undefined, []] : [404, "not-found", undefined],
      );
    },
  );

  test("an address that cannot be decoded is refused like any other mistake", async () => {
    const answer = await api.get("/deployments/%E0%A4%A");

    expect(answer.status).toBe(400);
  });

  test("what we did not foresee is answered without its innards and logged once", async () => {
    const logged: object[] = [];
    const log: Log = { ...SILENT, error: (fields) => void logged.push(fields) };
    await using broken = await openApi(database.db, {
      log,
      policy: {
        current: () => {
          throw new Error("secret innards");
        },
      },
    });

    const answer = await broken.get("/deployments");

    expect(answer).toMatchObject({ status: 500, json: { code: "unexpected" } });
    expect(answer.text).not.toContain("innards");
    expect(logged).toHaveLength(1);
  });

  test("every answer forbids sniffing, framing and scripts", async () => {
    const { headers } = await api.get("/deployments");

    expect(headers).toMatchObject({
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "cache-control": "no-store",
    });
    expect(headers["x-powered-by"]).toBeUndefined();
  });

  test("a door is asked before the guard and the body parser", async () => {
    await using doored = await openApi(database.db, {
      doors: [
        (request, response, next) => {
          if (request.path !== "/door") {
            next();
            return;
          }
          let length = 0;
          request.on("data", (chunk: Buffer) => (length += chunk.length));
          request.on("end", () => response.end(`read ${length}`));
        },
      ],
    });

    const own = await doored.post("/door", { body: "12345", headers: { "content-type": "a/b" } });
    const others = await doored.get("/modules");

    expect([own.text, others.status]).toEqual(["read 5", 200]);
  });

  test("health, readiness and metrics need nobody", async () => {
    const paths = ["/healthz", "/readyz", "/metrics"];
    const nobody = { headers: { "x-console-user": "" } };

    const [healthz, readyz, metrics] = await Promise.all(
      paths.map((path) => api.get(path, nobody)),
    );

    expect([healthz?.status, readyz?.status, metrics?.status]).toEqual([200, 200, 200]);
    expect(readyz?.json).toEqual({ ready: true, checks: [{ name: "database", ok: true }] });
    expect(metrics?.text).toContain("process_cpu_seconds_total");
  });

  test("readiness says what is missing", async () => {
    await using unready = await openApi(database.db, {
      ready: async () => [{ name: "terraform", ok: false }],
    });

    const answer = await unready.get("/readyz");

    expect(answer).toMatchObject({ status: 503, json: { ready: false } });
  });

  describe("an Idempotency-Key", () => {
    const keyed = (key: string, name: string, as = "dev") =>
      api.post("/deployments", { as, body: wanted(name), headers: { "idempotency-key": key } });

    test("makes a repeated request answer as the first one did, and do nothing", async () => {
      const first = await keyed("k-1", "once");
      const second = await keyed("k-1", "once");

      const { json } = await api.get("/deployments?name=once");
      expect(second).toMatchObject({ status: 201, json: first.json });
      expect(json["items"]).toHaveLength(1);
    });

    test("does the work once for two requests at the same moment", async () => {
      const answers = await Promise.all([keyed("k-2", "twice"), keyed("k-2", "twice")]);

      expect(answers.map(({ status }) => status).sort()).toSatisfy(
        ([one, other]: number[]) => one === 201 && (other === 201 || other === 409),
      );
    });

    test("cannot be used for another request", async () => {
      await keyed("k-3", "first-use");

      const answer = await keyed("k-3", "second-use");

      expect(answer).toMatchObject({ status: 422, json: { code: "idempotency-key-reused" } });
    });

    test("belongs to the person who sent it", async () => {
      await keyed("k-4", "of-dev");

      const answer = await keyed("k-4", "of-lead", "lead");

      expect(answer.status).toBe(201);
    });

    test("that was refused may be tried again", async () => {
      await keyed("k-5", "taken");
      const refused = await keyed("k-6", "taken");

      const again = await keyed("k-6", "taken");

      expect([refused.status, again.status]).toEqual([409, 409]);
      expect(again.json["code"]).toBe("name-taken");
    });

    test("that is no key is refused", async () => {
      const answer = await keyed("k".repeat(201), "long-key");

      expect(answer).toMatchObject({ status: 422, json: { code: "idempotency-key-bad" } });
    });
  });
});
