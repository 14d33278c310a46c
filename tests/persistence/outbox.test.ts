import { describe, expect, test } from "vitest";
import type { Database } from "#persistence/database.ts";
import { createOutbox } from "#persistence/outbox.ts";
import { aCard, aMessage } from "./../fakes/cards.ts";
import { chatDatabase } from "./../support/chat-database.ts";
import { testDatabases } from "./../support/databases.ts";

const otherPlace = { platform: "console", conversation: "console", thread: "t-2" } as const;

describe.each(testDatabases())("the outbox on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("an answer that is written again, after a crash, is one message", async () => {
    const outbox = createOutbox(opened.db);

    await outbox.write([aMessage({ title: "first" })]);
    await outbox.write([aMessage({ title: "second" })]);

    expect((await outbox.due("console"))?.message.content.text).toBe("first");
    expect(await outbox.due("console")).toBeNull();
  });

  test("a revision that somebody else wrote first changes nothing and keeps the announcements", async () => {
    const outbox = createOutbox(opened.db);
    const [id] = await announced(opened.db);
    await outbox.write([aMessage({ title: "theirs" })]);

    const written = await outbox.revise(
      [aMessage({ place: otherPlace }), aMessage({ title: "ours" })],
      [String(id)],
    );

    expect(written).toBe(false);
    expect((await outbox.announcements(10)).map((row) => row.id)).toEqual([String(id)]);
    expect((await outbox.newest(["approval:chg-a"])).get("approval:chg-a")?.places).toHaveLength(1);
  });

  test("a new revision ends its announcements in the same transaction", async () => {
    const outbox = createOutbox(opened.db);
    const ids = await announced(opened.db);

    const written = await outbox.revise([aMessage({})], ids.map(String));

    expect(written).toBe(true);
    expect(await outbox.announcements(10)).toEqual([]);
  });

  test("of several revisions that wait, only the newest goes out", async () => {
    const outbox = createOutbox(opened.db);
    await outbox.revise([aMessage({ revision: 1 })], []);
    await outbox.revise([aMessage({ revision: 2 })], []);
    await outbox.revise([aMessage({ revision: 3 })], []);

    const due = await outbox.due("console");
    const beside = await outbox.due("console");
    await outbox.sent(due?.id ?? "", "posted-1");

    expect(due).toMatchObject({ message: { revision: 3 }, postedAs: null });
    expect(beside).toBeNull();
    expect(await outbox.due("console")).toBeNull();
  });

  test("the next revision of a posted card is an edit of that message", async () => {
    const outbox = createOutbox(opened.db);
    await outbox.revise([aMessage({ revision: 1 }), aMessage({ place: otherPlace })], []);
    const first = await outbox.due("console");
    await outbox.sent(first?.id ?? "", "posted-1");

    await outbox.revise([aMessage({ revision: 2 })], []);
    const there = await outbox.due("console");
    const here = await outbox.due("console");

    expect(there).toMatchObject({ message: { place: otherPlace }, postedAs: null });
    expect(here).toMatchObject({ message: { revision: 2 }, postedAs: "posted-1" });
  });

  test("progress is edited once in three seconds, any other card at once", async () => {
    const outbox = createOutbox(opened.db);
    async function sendsTwice(card: string): Promise<boolean> {
      await outbox.revise([aMessage({ card, revision: 1 })], []);
      const first = await outbox.due("console");
      await outbox.sent(first?.id ?? "", `posted-${card}`);
      await outbox.revise([aMessage({ card, revision: 2 })], []);
      return (await outbox.due("console")) !== null;
    }

    const edited = await sendsTwice("progress:run-a");
    const early = await outbox.due("console");
    await opened.db.raw("update messages set next_at = next_at - interval '3 seconds'");
    const later = await outbox.due("console");
    const other = await sendsTwice("report:chg-a");

    expect([edited, early, later?.message.revision, other]).toEqual([false, null, 2, true]);
  });

  test("while it is not known whether a revision was posted, the next one waits", async () => {
    const outbox = createOutbox(opened.db);
    await outbox.revise([aMessage({ revision: 1 })], []);
    await outbox.due("console");
    await outbox.revise([aMessage({ revision: 2 })], []);

    const beside = await outbox.due("console");
    await leasesRunOut(opened.db);
    const again = await outbox.due("console");
    await outbox.sent(again?.id ?? "", "posted-1");

    expect(beside).toBeNull();
    expect(again).toMatchObject({ message: { revision: 1 }, attempts: 2 });
    expect(await outbox.due("console")).toMatchObject({
      message: { revision: 2 },
      postedAs: "posted-1",
    });
  });

  test("many senders at once, while revisions are written, never take one card and place twice", async () => {
    const outbox = createOutbox(opened.db);
    const places = Array.from({ length: 4 }, (_, n) => ({ ...otherPlace, thread: `t-${n}` }));
    await outbox.revise(
      places.map((place) => aMessage({ place })),
      [],
    );

    const [, ...taken] = await Promise.all([
      outbox.revise(
        places.map((place) => aMessage({ place, revision: 2 })),
        [],
      ),
      ...Array.from({ length: 12 }, () => outbox.due("console")),
    ]);

    const threads = taken.flatMap((due) => (due === null ? [] : [due.message.place.thread]));
    expect(threads.toSorted()).toEqual([...new Set(threads)].toSorted());
    expect(threads.length).toBeGreaterThan(0);
  });

  test("a message that failed waits, and one that was given up makes room", async () => {
    const outbox = createOutbox(opened.db);
    await outbox.revise([aMessage({ revision: 1 })], []);
    const due = await outbox.due("console");
    await outbox.failed(due?.id ?? "", 3_600_000);
    await outbox.revise([aMessage({ revision: 2 })], []);

    const early = await outbox.due("console");
    await outbox.giveUp(due?.id ?? "");

    expect(early).toBeNull();
    expect(await outbox.due("console")).toMatchObject({ message: { revision: 2 } });
  });

  test("a posted message tells its card and every button it ever offered, in its own place only", async () => {
    const outbox = createOutbox(opened.db);
    const approve = { do: "approve", change: "chg-a" } as const;
    const card = aCard("Plan", [{ label: "Approve", style: "primary", value: approve }]);
    await outbox.write([aMessage({ content: { text: "Plan", card, about: [] } })]);
    await outbox.sent((await outbox.due("console"))?.id ?? "", "posted-1");
    await outbox.revise([aMessage({ revision: 2, title: "Decided" })], []);
    await outbox.sent((await outbox.due("console"))?.id ?? "", "posted-1");

    const posted = await outbox.posted(aMessage({}).place, "posted-1");

    expect(posted).toMatchObject({
      card: "approval:chg-a",
      onlyFor: null,
      offered: [approve],
      newest: { revision: 2, content: { text: "Decided" } },
    });
    expect(await outbox.posted(otherPlace, "posted-1")).toBeNull();
    expect(await outbox.posted(aMessage({}).place, "posted-2")).toBeNull();
  });
});

async function announced(db: Database): Promise<number[]> {
  const rows: { id: number }[] = await db("announcements")
    .insert({ deployment_id: "dep-aaaaaaaaaa", change_id: "chg-aaaaaaaaaa", card: "approval" })
    .returning("id");
  return rows.map((row) => row.id);
}

async function leasesRunOut(db: Database): Promise<void> {
  await db("messages").update({ next_at: db.raw("now() - interval '1 second'") });
}
