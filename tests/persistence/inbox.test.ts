import { describe, expect, test } from "vitest";
import type { Incoming } from "#bots/ports.ts";
import { createInbox } from "#persistence/inbox.ts";
import { takeUpLeftInHand } from "#persistence/left-in-hand.ts";
import { createOutbox } from "#persistence/outbox.ts";
import { aMessage } from "#tests/fakes/cards.ts";
import type { Database } from "#persistence/database.ts";
import { chatDatabase } from "./../support/chat-database.ts";
import { testDatabases } from "./../support/databases.ts";

const SLACK = { platform: "slack", conversation: "C-1", thread: "1.1" } as const;

describe.each(testDatabases())("the inbox on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("a redelivered event is taken in once", async () => {
    const inbox = createInbox(opened.db);

    const first = await inbox.receive(said("m1"));
    const again = await inbox.receive(said("m1"));

    expect([first, again]).toEqual([true, false]);
    expect((await inbox.next())?.incoming).toEqual(said("m1"));
    expect(await inbox.next()).toBeNull();
  });

  test("what was handled does not come again, even when it is delivered again", async () => {
    const inbox = createInbox(opened.db);
    await inbox.receive(said("m1"));
    await inbox.next();

    await inbox.done("m1");
    await inbox.receive(said("m1"));
    await leasesRunOut(opened.db);

    expect(await inbox.next()).toBeNull();
  });

  test("one whose handler died comes again when its lease runs out, and is counted", async () => {
    const inbox = createInbox(opened.db);
    await inbox.receive(said("m1"));
    await inbox.next();
    expect(await inbox.next()).toBeNull();

    await leasesRunOut(opened.db);

    expect(await inbox.next()).toMatchObject({ attempts: 2, incoming: { key: "m1" } });
  });

  test("what an earlier process had in hand comes at once where no other process can have it", async () => {
    const inbox = createInbox(opened.db);
    const outbox = createOutbox(opened.db);
    await inbox.receive(said("m1"));
    await inbox.next();
    await outbox.write([aMessage({ card: "reply:a:0" }), aMessage({ card: "b", place: SLACK })]);
    await outbox.due("console");
    await outbox.due("slack");

    await takeUpLeftInHand(opened.db);

    expect(await inbox.next()).toMatchObject({ attempts: 2, incoming: { key: "m1" } });
    expect(await outbox.due("console")).toMatchObject({ attempts: 2 });
    expect(await outbox.due("slack")).toBeNull();
  });

  test("one that is given back with a wait does not come before that wait is over", async () => {
    const inbox = createInbox(opened.db);
    await inbox.receive(said("m1"));
    await inbox.next();

    await inbox.later("m1", 3_600_000);
    const early = await inbox.next();
    await inbox.later("m1", 0);

    expect(early).toBeNull();
    expect(await inbox.next()).toMatchObject({ attempts: 2 });
  });

  test("one person's acts in a thread wait for each other; somebody else's do not", async () => {
    const inbox = createInbox(opened.db);
    await inbox.receive(said("dev-1"));
    await inbox.receive(said("dev-2"));
    await inbox.receive({ ...said("lead-1"), user: "lead" });

    const taken = [await inbox.next(), await inbox.next(), await inbox.next()];
    await inbox.done("dev-1");

    expect(taken.map((row) => row?.incoming.key)).toEqual(["dev-1", "lead-1", undefined]);
    expect((await inbox.next())?.incoming.key).toBe("dev-2");
  });

  test("many takers at once never take the same one", async () => {
    const inbox = createInbox(opened.db);
    const users = Array.from({ length: 12 }, (_, n) => `user-${n}`);
    for (const user of users) {
      await inbox.receive({ ...said(`m-${user}`), user });
    }

    const taken = await Promise.all(users.map(() => inbox.next()));

    const keys = taken.flatMap((row) => (row === null ? [] : [row.incoming.key]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(0);
  });
});

function said(key: string): Incoming {
  const place = { platform: "console", conversation: "console", thread: "t-1" } as const;
  return { key, place, user: "dev", kind: "message", text: "hello" };
}

async function leasesRunOut(db: Database): Promise<void> {
  await db("inbox").update({ leased_until: db.raw("now() - interval '1 second'") });
}
