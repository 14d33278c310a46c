import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { DESCRIBED } from "#http/openapi.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { openApi, type Api } from "./api-fixture.ts";

describe.each(testDatabases().slice(-1))("the API's own description on $name", ({ open }) => {
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

  test.each(Object.keys(DESCRIBED))("%s is there", async (route) => {
    const [method, path = ""] = route.split(" ");
    const url = path.replace(/\{\w+\}/, "x");

    const answer = await (method === "POST" ? api.post(url) : api.get(url));

    expect(answer.json["code"]).not.toBe("unknown-route");
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
