import { afterEach, describe, expect, test } from "vitest";
import { fakeDriver } from "#tests/fakes/shell.ts";
import { openSandboxServer, rawly, type SandboxServer } from "./sandbox-fixture.ts";

const MINUTE = 60_000;

describe("the way in by a personal link", () => {
  let server: SandboxServer | null = null;
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]();
    server = null;
  });

  async function open(): Promise<SandboxServer> {
    server = await openSandboxServer({ driver: fakeDriver() });
    return server;
  }

  test("the page is the same for everybody, has strict headers, and uses nothing up", async () => {
    const { origin, link, spend } = await open();
    const secret = await link();

    const answers = await Promise.all([1, 2, 3].map(() => fetch(`${origin}/s`)));
    const pages = await Promise.all(answers.map((answer) => answer.text()));
    const spent = await spend(secret);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(pages).size).toBe(1);
    expect(answers[0]?.headers.get("content-security-policy")).toBe(
      "default-src 'self'; frame-ancestors 'none'",
    );
    expect(answers[0]?.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answers[0]?.headers.get("x-frame-options")).toBe("DENY");
    expect(spent.status).toBe(204);
  });

  test("spending answers where the shell is, with a cookie that scripts cannot read", async () => {
    const { link, spend } = await open();

    const answer = await spend(await link());

    expect(answer.status).toBe(204);
    expect(answer.headers.get("location")).toMatch(/^\/shell\/[A-Za-z0-9_-]{16}$/);
    expect(answer.headers.get("set-cookie")).toMatch(
      /^mcp-person=[A-Za-z0-9_-]{32}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=3600$/,
    );
  });

  test("a link opens once, and not after five minutes", async () => {
    const { link, spend, clock } = await open();
    const [once, late] = [await link(), await link()];
    await spend(once);

    const replay = await spend(once);
    clock.at += 5 * MINUTE;
    const after = await spend(late);

    expect([replay.status, after.status]).toEqual([410, 410]);
    expect(await replay.json()).toMatchObject({ code: "link-over" });
  });

  test("a link of another person is refused to this person's browser", async () => {
    const { link, spend, enter } = await open();
    const { cookie } = await enter("student");

    const answer = await spend(await link("dev"), { cookie });

    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "link-of-another" });
  });

  test("an unknown secret is not found, and a body that is none is not read", async () => {
    const { origin, spend } = await open();
    const post = (body: string, type = "application/json") =>
      fetch(`${origin}/s`, { method: "POST", headers: { origin, "content-type": type }, body });

    const unknown = await spend("x".repeat(32));
    const broken = await post("{");
    const long = await post(JSON.stringify({ secret: "x".repeat(200) }));
    const form = await post("secret=x", "application/x-www-form-urlencoded");

    expect([unknown, broken, long, form].map(({ status }) => status)).toEqual([404, 400, 400, 403]);
  });

  test("another host's name is refused even with our origin, and the link stays whole", async () => {
    const { origin, link, spend } = await open();
    const secret = await link();
    const headers = { origin, host: "evil.example", "content-type": "application/json" };

    const body = JSON.stringify({ secret });
    const rebound = await rawly(`${origin}/s`, { method: "POST", headers }, body);
    const ours = await spend(secret);

    expect([rebound.status, rebound.json.code]).toEqual([403, "foreign-host"]);
    expect(ours.status).toBe(204);
  });

  test.each([["https://evil.example"], ["null"], [""]])(
    "a page of “%s” cannot spend a link, and the link stays whole",
    async (origin) => {
      const { link, spend } = await open();
      const secret = await link();

      const foreign = await spend(secret, { origin });
      const ours = await spend(secret);

      expect([foreign.status, ours.status]).toEqual([403, 204]);
    },
  );

  test("a refusal is worded in the language that was asked for, with a next step", async () => {
    const { spend } = await open();

    const answer = await spend("x".repeat(32), { "accept-language": "ko" });

    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({
      next: expect.stringContaining("링크를 받은 카드로 돌아가"),
    });
  });

  test("the shell's page and what it is about are for the person of the session only", async () => {
    const { origin, enter } = await open();
    const [mine, theirs] = [await enter("student"), await enter("dev")];
    const get = (path: string, cookie: string) => fetch(origin + path, { headers: { cookie } });

    const own = await get(mine.page, mine.cookie);
    const about = await get(`${mine.page}/about`, mine.cookie);
    const without = await get(mine.page, "");
    const other = await get(`${mine.page}/about`, theirs.cookie);

    expect([own, about, without, other].map(({ status }) => status)).toEqual([200, 200, 401, 403]);
    expect(await about.json()).toEqual({ driver: "just-bash", lang: "en", lesson: null });
    expect(own.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(await own.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });
});
