import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Answer } from "#http/answering.ts";
import { curriculumRoutes } from "#http/curriculum.ts";
import { DESCRIBED } from "#http/openapi.ts";
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
    expect(operations).toHaveLength(Object.keys(DESCRIBED).length);
    expect(korean.text).toContain("투표합니다");
  });
});
