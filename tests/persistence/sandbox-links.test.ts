import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { sandboxLinks } from "#persistence/sandbox-links.ts";
import type { Cookie, Link, SandboxLinks, Session } from "#sandbox/ports.ts";
import { fakeSandboxLinks } from "#tests/fakes/sandbox-links.ts";
import { testDatabases } from "#tests/support/databases.ts";

const AT = new Date("2026-11-21T09:00:00.000Z");
const LATER = new Date("2026-11-21T09:05:00.000Z");
const MUCH_LATER = new Date("2026-11-21T10:00:00.000Z");

let numbers = 0;

function aLink(changes: Partial<Link> = {}): Link {
  numbers += 1;
  return {
    secretHash: `hash-${numbers}`,
    person: "student",
    goal: { is: "shell", lesson: "cli-basics" },
    lang: "ko",
    expiresAt: LATER,
    usedAt: null,
    ...changes,
  };
}

function anEntry(changes: Partial<Cookie> = {}): { session: Session; cookie: Cookie } {
  numbers += 1;
  const person = changes.person ?? "student";
  const about = { person, lesson: "cli-basics", lang: "ko" } as const;
  return {
    session: { id: `session-${numbers}`, ...about, endsAt: MUCH_LATER },
    cookie: { cookieHash: `cookie-${numbers}`, person, expiresAt: MUCH_LATER, ...changes },
  };
}

const STORES = [
  ...testDatabases().map(({ name, open }) => ({
    name,
    async open() {
      const database: OpenDatabase = await open();
      return {
        links: sandboxLinks(database.db),
        close: async () => database[Symbol.asyncDispose](),
      };
    },
  })),
  { name: "the fake", open: async () => ({ links: fakeSandboxLinks(), close: async () => {} }) },
];

describe.each(STORES)("the record of links on $name", ({ open }) => {
  let links: SandboxLinks;
  let close: () => Promise<void>;
  beforeAll(async () => ({ links, close } = await open()));
  afterAll(() => close());

  test("gives back what was added, and nothing for a secret it does not know", async () => {
    const link = aLink();
    await links.add(link);

    const known = await links.find(link.secretHash);
    const unknown = await links.find("nobody's");

    expect(known).toEqual(link);
    expect(unknown).toBeNull();
  });

  test("lets a link be spent once, and writes whose browser it was", async () => {
    const link = aLink();
    const entry = anEntry();
    await links.add(link);

    const first = await links.spend(link.secretHash, AT, entry);
    const second = await links.spend(link.secretHash, AT, anEntry());

    expect([first, second]).toEqual([true, false]);
    expect(await links.find(link.secretHash)).toEqual({ ...link, usedAt: AT });
    expect(await links.personOf(entry.cookie.cookieHash, AT)).toBe("student");
    expect(await links.session(entry.session.id)).toEqual(entry.session);
  });

  test("lets one of many at once win", async () => {
    const link = aLink();
    await links.add(link);

    const wins = await Promise.all(
      Array.from({ length: 8 }, () => links.spend(link.secretHash, AT, anEntry())),
    );

    expect(wins.filter(Boolean)).toHaveLength(1);
  });

  test("does not spend a link that is over, and writes nothing then", async () => {
    const link = aLink();
    const entry = anEntry();
    await links.add(link);

    const spent = await links.spend(link.secretHash, LATER, entry);

    expect(spent).toBe(false);
    expect(await links.session(entry.session.id)).toBeNull();
    expect(await links.personOf(entry.cookie.cookieHash, AT)).toBeNull();
  });

  test("knows a browser only as long as its cookie lives, and longer after the next link", async () => {
    const [one, other] = [aLink(), aLink({ expiresAt: MUCH_LATER })];
    const entry = anEntry({ expiresAt: LATER });
    await links.add(one);
    await links.add(other);
    await links.spend(one.secretHash, AT, entry);
    const before = await links.personOf(entry.cookie.cookieHash, LATER);

    const again = anEntry({ cookieHash: entry.cookie.cookieHash });
    await links.spend(other.secretHash, AT, again);

    expect(before).toBeNull();
    expect(await links.personOf(entry.cookie.cookieHash, LATER)).toBe("student");
  });

  test("ends a session early, and never makes it longer", async () => {
    const link = aLink();
    const entry = anEntry();
    await links.add(link);
    await links.spend(link.secretHash, AT, entry);

    await links.endSession(entry.session.id, LATER);
    await links.endSession(entry.session.id, MUCH_LATER);

    expect((await links.session(entry.session.id))?.endsAt).toEqual(LATER);
  });

  test("forgets what was over long ago and nothing else", async () => {
    const [old, young] = [aLink({ expiresAt: AT }), aLink({ expiresAt: MUCH_LATER })];
    await links.add(old);
    await links.add(young);

    await links.forget(LATER);

    expect(await links.find(old.secretHash)).toBeNull();
    expect(await links.find(young.secretHash)).toEqual(young);
  });
});
