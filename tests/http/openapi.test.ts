import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Answer } from "#http/answering.ts";
import { curriculumRoutes } from "#http/curriculum.ts";
import { DESCRIBED, PAGES } from "#http/described.ts";
import { createServer } from "#http/server.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { openApi, type Api } from "./api-fixture.ts";

function noLessons(answer: Answer) {
  const curriculum = { syllabus: never, content: never };
  return curriculumRoutes({ curriculum, answer });
}

function never(): never {
  throw new Error("no lesson was asked for");
}

const Layer = z.object({
  route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional(),
  handle: z.unknown(),
});
const Stack = z.custom<{ readonly stack: readonly unknown[] }>(
  (value) => typeof value === "function" && "stack" in value && Array.isArray(value.stack),
);
const App = z.custom<{ readonly router: unknown }>(
  (value) => typeof value === "function" && "router" in value,
);

/** `GET /deployments/{id}` of every express route, however deep its router. */
function routesIn(app: unknown): string[] {
  return [...new Set(routesOf(App.parse(app).router))];
}

function routesOf(router: unknown): string[] {
  return Stack.parse(router).stack.flatMap((raw) => {
    const { route, handle } = Layer.parse(raw);
    if (route === undefined) {
      return Stack.safeParse(handle).success ? routesOf(handle) : [];
    }
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${path}`);
  });
}

describe.each(testDatabases().slice(-1))("the API's own description on $name", ({ open }) => {
  let database: OpenDatabase;
  let api: Api;
  beforeAll(async () => {
    database = await open();
    api = await openApi(database.db, { routes: [noLessons] });
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  test.each(Object.keys(DESCRIBED))("%s is there", async (route) => {
    const [method, path = ""] = route.split(" ");
    const url = path.replace(/\{\w+\}/, "x");

    const answer = await (method === "POST" ? api.post(url) : api.get(url));

    expect(answer.json["code"]).not.toBe("unknown-route");
  });

  test("describes every route that there is, and none besides", () => {
    const { listener } = createServer({ ...api.parts, routes: [noLessons] });

    const there = routesIn(listener);

    expect(there.toSorted()).toEqual(Object.keys(DESCRIBED).toSorted());
  });

  test("names every body with the fields that its route reads, in the language asked for", async () => {
    const Operation = z.object({ summary: z.string(), requestBody: z.unknown().optional() });
    const Description = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

    const english = Description.parse((await api.get("/openapi.json")).json);
    const korean = await api.get("/openapi.json", { headers: { "accept-language": "ko" } });

    const vote = english.paths["/deployments/{id}/vote"]?.["post"];
    expect(JSON.stringify(vote?.requestBody)).toContain('"enum":["approve","reject"]');
    const operations = Object.values(english.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(Object.keys({ ...DESCRIBED, ...PAGES }).length);
    expect(korean.text).toContain("투표합니다");
  });

  test("points at nothing that is not there", async () => {
    const document = (await api.get("/openapi.json")).json;

    const pointers = JSON.stringify(document).match(/(?<="\$ref":")[^"]+/g) ?? [];
    const targets = pointers.map((pointer) => at(document, pointer));

    expect(pointers.length).toBeGreaterThan(0);
    expect(pointers.filter((_, index) => targets[index] === undefined)).toEqual([]);
  });

  test("says of a list what may narrow it, with types", async () => {
    const document = (await api.get("/openapi.json")).json;

    const parameters = at(document, "#/paths/~1deployments/get/parameters");

    expect(parameters).toContainEqual({
      name: "limit",
      in: "query",
      required: false,
      schema: { default: 50, type: "integer", minimum: 1, maximum: 100 },
    });
    expect(JSON.stringify(parameters)).toContain('"awaiting_approval"');
  });

  test("names the scope and every status with its codes", async () => {
    const document = (await api.get("/openapi.json")).json;

    const plan = JSON.stringify(at(document, "#/paths/~1deployments~1{id}~1plan/post"));
    const operation = z
      .object({ "x-scopes": z.array(z.string()), responses: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(plan));

    expect(operation["x-scopes"]).toEqual(["deployments:write"]);
    expect(Object.keys(operation.responses)).toEqual([
      "200",
      "202",
      "400",
      "401",
      "403",
      "404",
      "409",
      "413",
      "422",
      "500",
    ]);
    expect(JSON.stringify(operation.responses["409"])).toContain("busy-applying");
  });
});

/** What a JSON pointer of the document leads to. */
function at(document: unknown, pointer: string): unknown {
  const names = pointer.slice(2).split("/");
  return names.reduce((part: unknown, name) => {
    const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
    return z.record(z.string(), z.unknown()).safeParse(part).data?.[key];
  }, document);
}
