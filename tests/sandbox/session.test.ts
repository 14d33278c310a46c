import { describe, expect, test } from "vitest";
import { SANDBOX_LIMITS } from "#sandbox/limits.ts";
import { hashOf } from "#sandbox/link.ts";
import { sandbox, type SandboxDeps, type ShellWish } from "#sandbox/session.ts";
import { isRefusal, refusal } from "#text/refusal.ts";
import { fakeSandboxLinks } from "#tests/fakes/sandbox-links.ts";

const WISH = { person: "student", lesson: "cli-basics", lang: "en" } as const;
const START = Date.parse("2026-11-21T09:00:00.000Z");
const MINUTE = 60_000;

function setUp(changes: Partial<SandboxDeps> = {}) {
  const links = fakeSandboxLinks();
  const clock = { at: START };
  let drawn = 0;
  const shells = sandbox({
    links,
    limits: SANDBOX_LIMITS,
    publicUrl: () => "https://cloud.example",
    now: () => new Date(clock.at),
    randomBytes: (size) => Buffer.alloc(size, (drawn += 1)),
    mayUse: async () => true,
    room: () => null,
    ...changes,
  });
  async function link(wish: ShellWish = WISH) {
    const opened = await shells.open(wish);
    return isRefusal(opened) ? "" : (opened.url.split("#")[1] ?? "");
  }
  return { shells, links, clock, link };
}

function sessionOf({ path }: { readonly path: string }): string {
  return path.slice("/shell/".length);
}

function codeOf(answer: unknown): string | null {
  return isRefusal(answer) ? answer.code : null;
}

describe("a personal link", () => {
  test("carries its secret in the fragment, and the record holds only its hash", async () => {
    const { shells, links } = setUp();

    const opened = await shells.open(WISH);

    const url = isRefusal(opened) ? "" : opened.url;
    expect(url).toMatch(/^https:\/\/cloud\.example\/s#[A-Za-z0-9_-]{32}$/);
    const secret = url.split("#")[1] ?? "";
    expect(await links.find(secret)).toBeNull();
    expect((await links.find(hashOf(secret)))?.person).toBe("student");
  });

  test("opens one session, for the browser that spent it", async () => {
    const { shells, link } = setUp();

    const entry = await shells.spend(await link(), null);

    if (isRefusal(entry)) {
      throw new Error(entry.code);
    }
    const session = await shells.enter(sessionOf(entry), entry.cookie);
    expect(session).toMatchObject({ person: "student", lesson: "cli-basics" });
  });

  test("is unknown, over or used up", async () => {
    const { shells, link, clock } = setUp();
    const [used, late] = [await link(), await link()];
    await shells.spend(used, null);

    const again = await shells.spend(used, null);
    const guessed = await shells.spend("x".repeat(32), null);
    const malformed = await shells.spend("' or 1=1 --", null);
    clock.at += 5 * MINUTE;
    const after = await shells.spend(late, null);

    expect([again, guessed, malformed, after].map(codeOf)).toEqual([
      "link-over",
      "link-unknown",
      "link-unknown",
      "link-over",
    ]);
  });

  test("is not spent by a browser that is another person's, nor used up by the try", async () => {
    const { shells, link } = setUp();
    const mine = await shells.spend(await link(), null);
    const theirs = await link({ ...WISH, person: "dev" });
    const cookie = isRefusal(mine) ? null : mine.cookie;

    const tried = await shells.spend(theirs, cookie);
    const spent = await shells.spend(theirs, null);

    expect(codeOf(tried)).toBe("link-of-another");
    expect(codeOf(spent)).toBeNull();
  });

  test("keeps the cookie of a browser that is the same person's, so that both shells are open", async () => {
    const { shells, link } = setUp();
    const first = await shells.spend(await link(), null);
    const cookie = isRefusal(first) ? null : first.cookie;

    const second = await shells.spend(await link(), cookie);

    expect(second).toMatchObject({ cookie });
  });

  test("is refused to a person the policy no longer knows, at every step", async () => {
    const known = { now: true };
    const { shells, link } = setUp({ mayUse: async () => known.now });
    const [spent, unspent] = [await shells.spend(await link(), null), await link()];
    const entry = isRefusal(spent) ? { path: "", cookie: "" } : spent;
    known.now = false;

    const spending = await shells.spend(unspent, null);
    const entering = await shells.enter(sessionOf(entry), entry.cookie);

    expect([codeOf(spending), codeOf(entering)]).toEqual([
      "shell-not-allowed",
      "shell-not-allowed",
    ]);
  });

  test("is not given when there is no room for another shell", async () => {
    const { shells } = setUp({ room: () => refusal("too-many-shells", { count: 3 }) });

    const opened = await shells.open(WISH);

    expect(codeOf(opened)).toBe("too-many-shells");
  });
});

describe("a session", () => {
  test("is closed to a browser without a cookie, to another person and after its hour", async () => {
    const { shells, link, clock } = setUp();
    const mine = await shells.spend(await link(), null);
    const other = await shells.spend(await link({ ...WISH, person: "dev" }), null);
    if (isRefusal(mine) || isRefusal(other)) {
      throw new Error("A link was refused.");
    }

    const without = await shells.enter(sessionOf(mine), null);
    const another = await shells.enter(sessionOf(mine), other.cookie);
    const guessed = await shells.enter("A".repeat(16), mine.cookie);
    clock.at += 60 * MINUTE;
    const after = await shells.enter(sessionOf(mine), mine.cookie);

    expect([without, another, guessed, after].map(codeOf)).toEqual([
      "shell-over",
      "link-of-another",
      "shell-over",
      "shell-over",
    ]);
  });
});
