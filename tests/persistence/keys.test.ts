import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import {
  CannotOpen,
  checkCanary,
  openKeys,
  UnknownKey,
  WrongSecretKey,
} from "#persistence/keys.ts";
import { Secret } from "#telemetry/secret.ts";
import { testDatabases } from "#tests/support/databases.ts";

const old = new Secret("the-old-secret-key-of-32-letters");
const fresh = new Secret("the-new-secret-key-of-32-letters");
const plain = Buffer.from('{"password":"hunter2"}');

describe("sealing", () => {
  test("what was sealed opens again under the same label and context", () => {
    const keys = openKeys({ secret: fresh, previous: null });

    const sealed = keys.seal("state", plain, "dep-1/1");

    expect(keys.open("state", sealed, "dep-1/1")).toEqual(plain);
    expect(sealed.includes("hunter2")).toBe(false);
    expect(keys.seal("state", plain, "dep-1/1")).not.toEqual(sealed);
  });

  test("a value sealed for one use or one row does not open for another", () => {
    const keys = openKeys({ secret: fresh, previous: null });

    const sealed = keys.seal("state", plain, "dep-1/1");

    expect(() => keys.open("plan", sealed, "dep-1/1")).toThrow(CannotOpen);
    expect(() => keys.open("state", sealed, "dep-2/1")).toThrow(CannotOpen);
  });

  test("a value with any one byte changed does not open", () => {
    const keys = openKeys({ secret: fresh, previous: null });
    const sealed = keys.seal("state", plain, "row");

    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => keys.open("state", changed, "row")).toThrow();
    }
    expect(() => keys.open("state", sealed.subarray(0, 20), "row")).toThrow(CannotOpen);
  });

  test("the previous key still opens, and nothing new is sealed under it", () => {
    const before = openKeys({ secret: old, previous: null }).seal("state", plain, "row");
    const rotated = openKeys({ secret: fresh, previous: old });

    const after = rotated.seal("state", plain, "row");

    expect(rotated.open("state", before, "row")).toEqual(plain);
    expect(openKeys({ secret: fresh, previous: null }).open("state", after, "row")).toEqual(plain);
  });

  test("a value under a key that is not given is told apart from a damaged one", () => {
    const sealed = openKeys({ secret: old, previous: null }).seal("state", plain, "row");
    const keys = openKeys({ secret: fresh, previous: null });

    expect(() => keys.open("state", sealed, "row")).toThrow(UnknownKey);
  });

  test("a mac depends on label, data and key", () => {
    const keys = openKeys({ secret: fresh, previous: null });

    const macs = [
      keys.mac("link", "a"),
      keys.mac("link", "b"),
      keys.mac("audit", "a"),
      openKeys({ secret: old, previous: null }).mac("link", "a"),
    ].map((mac) => mac.toString("hex"));

    expect(new Set(macs).size).toBe(4);
    expect(keys.mac("link", "a").toString("hex")).toBe(macs[0]);
  });
});

describe.each(testDatabases())("the canary on $name", ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(() => database.db("settings").delete());
  afterAll(() => database[Symbol.asyncDispose]());

  test("the key that wrote the database starts again, another one is refused in a sentence", async () => {
    await checkCanary(database.db, openKeys({ secret: old, previous: null }));

    await checkCanary(database.db, openKeys({ secret: old, previous: null }));
    const wrong = checkCanary(database.db, openKeys({ secret: fresh, previous: null }));

    await expect(wrong).rejects.toThrow(WrongSecretKey);
    await expect(wrong).rejects.toThrow(/^SECRET_KEY does not open .*SECRET_KEY_PREVIOUS\.$/);
  });

  test("after a rotation the previous key stays needed, because rows under it remain", async () => {
    await checkCanary(database.db, openKeys({ secret: old, previous: null }));

    await checkCanary(database.db, openKeys({ secret: fresh, previous: old }));
    const withoutPrevious = checkCanary(database.db, openKeys({ secret: fresh, previous: null }));

    await expect(withoutPrevious).rejects.toThrow(WrongSecretKey);
  });

  test("after two rotations both older keys are given, with a blank between them", async () => {
    const newest = new Secret("the-newest-key-of-three");
    const both = new Secret(`${fresh.reveal()} ${old.reveal()}`);
    await checkCanary(database.db, openKeys({ secret: old, previous: null }));
    await checkCanary(database.db, openKeys({ secret: fresh, previous: old }));
    const withOne = openKeys({ secret: newest, previous: fresh });

    const refused = checkCanary(database.db, withOne);
    await expect(refused).rejects.toThrow(WrongSecretKey);
    await checkCanary(database.db, openKeys({ secret: newest, previous: both }));

    expect(await database.db("settings").pluck("key")).toHaveLength(3);
  });

  test("a refused start leaves no canary of the wrong key behind", async () => {
    await checkCanary(database.db, openKeys({ secret: old, previous: null }));
    const wrong = openKeys({ secret: fresh, previous: null });

    await expect(checkCanary(database.db, wrong)).rejects.toThrow(WrongSecretKey);

    expect(await database.db("settings").pluck("key")).toHaveLength(1);
  });
});
