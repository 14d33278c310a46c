import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import express from "express";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadCourse } from "#curriculum/course.ts";
import { openCurriculum } from "#curriculum/service.ts";
import { LOCAL_POLICY, viewerOf } from "#deployments/policy.ts";
import { PersonId } from "#deployments/ids.ts";
import { answering } from "#http/answering.ts";
import { curriculumRoutes } from "#http/curriculum.ts";
import { refusal } from "#text/refusal.ts";
import { fakeLessonProgress } from "./../fakes/lesson-progress.ts";

const { course } = loadCourse(fileURLToPath(new URL("../../curriculum", import.meta.url)));
const student = viewerOf(LOCAL_POLICY, PersonId.parse("student"));

let server: Server;
let base = "";

beforeAll(async () => {
  const progress = fakeLessonProgress();
  const curriculum = openCurriculum({ course, progress, now: () => new Date(0) });
  const answer = answering({
    identify: () => student ?? refusal("not-found"),
    idempotency: {
      begin: async () => ({ is: "new" }),
      finish: async () => {},
      forget: async () => {},
      release: async () => {},
    },
    wordProblem: (problem) => problem.code,
  });
  server = createServer(express().use(curriculumRoutes({ curriculum, answer })));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = z.object({ port: z.number() }).parse(server.address());
  base = `http://127.0.0.1:${address.port}/api/v1/curriculum`;
});

afterAll(async () => {
  await new Promise((closed) => server.close(closed));
});

describe("the curriculum over HTTP", () => {
  test("the tree lists parts, days and lessons with their paths", async () => {
    const { status, body } = await get("/tree?lang=ko");

    expect(status).toBe(200);
    expect(body).toMatchObject({
      parts: [
        { id: "part1", days: [{ id: "day1", lessons: [{ id: "what-is-cloud" }] }] },
        {
          id: "part2",
          days: [
            { id: "day1" },
            { id: "day3", lessons: [{ path: "part2/day3/cli_basics.md", title: "CLI 기초" }] },
          ],
        },
      ],
    });
  });

  test("the seeds' lesson comes as Markdown with its tool link, and as steps", async () => {
    const { status, body } = await get("/content?path=part2/day3/cli_basics.md&lang=en");

    expect(status).toBe(200);
    expect(body).toMatchObject({
      path: "part2/day3/cli_basics.md",
      lang: "en",
      title: "CLI basics",
      markdown: expect.stringContaining("[Open CLI Tool](mcp://tool/cli)"),
      steps: expect.objectContaining({ length: 5 }),
    });
  });

  test("comes in Korean when asked for by lang or by Accept-Language", async () => {
    const byQuery = await get("/content?path=part2/day3/cli_basics.md&lang=ko");
    const byHeader = await get("/content?path=part2/day3/cli_basics.md", {
      "accept-language": "ko-KR,ko;q=0.9,en;q=0.5",
    });

    expect([byQuery.body, byHeader.body]).toMatchObject([{ lang: "ko" }, { lang: "ko" }]);
  });

  test("holds no answer of a quiz", async () => {
    const { text } = await get("/content?path=part2/day3/cli_basics.md&lang=en");

    expect(text).toContain("must not edit it");
    expect(text).not.toMatch(/- \[x\]|nothing to complain|list\$/);
  });

  test.each([
    "../../etc/passwd",
    "..%2F..%2Fetc%2Fpasswd",
    "..%252f..%252fetc%252fpasswd",
    "%2Fetc%2Fpasswd",
    "part2/day3/cli_basics.md%00.png",
    "part2%5Cday3%5Ccli_basics.md",
    "part2/day3/day.yaml",
    "cli-basics",
  ])("a path like %s is refused as a problem with what to do next", async (path) => {
    const { status, body } = await get(`/content?path=${path}`);

    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: "lesson-path-refused",
      next: expect.stringMatching(/tree/),
    });
  });

  test("a lesson that is not there is 404", async () => {
    const { status, body } = await get("/content?path=part9/day1/nothing.md");

    expect(status).toBe(404);
    expect(body).toMatchObject({ code: "lesson-not-found" });
  });

  test.each(["/content", "/content?path=a&path=b", "/tree?lang=fr", "/tree?depth=2"])(
    "%s is a wrong query",
    async (path) => {
      const { status, body } = await get(path);

      expect(status).toBe(422);
      expect(body).toMatchObject({ code: "wrong-query" });
    },
  );
});

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${base}${path}`, { headers });
  const text = await response.text();
  const body: unknown = JSON.parse(text);
  return { status: response.status, text, body };
}
