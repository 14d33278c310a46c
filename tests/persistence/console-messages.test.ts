import { describe, expect, test } from "vitest";
import type { Incoming } from "#bots/ports.ts";
import { createConsoleMessages } from "#persistence/console-messages.ts";
import { createInbox } from "#persistence/inbox.ts";
import { aMessage } from "./../fakes/cards.ts";
import { chatDatabase } from "./../support/chat-database.ts";
import { localReader } from "#tests/fakes/chat.ts";
import { heart, waiting } from "#tests/support/deployments.ts";
import { testDatabases } from "./../support/databases.ts";

describe.each(testDatabases())("the console's messages on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("what a person said and its inbox row are stored together, once", async () => {
    const messages = createConsoleMessages(opened.db, localReader);

    const first = await messages.said(said("m1"), incoming("m1"));
    const again = await messages.said(said("m1"), incoming("m1"));

    expect([first, again]).toEqual([true, false]);
    expect(await messages.messages("t-1", null)).toHaveLength(1);
    expect(await createInbox(opened.db).next()).toMatchObject({ incoming: { key: "m1" } });
  });

  test("a post that is repeated after a crash is one message", async () => {
    const messages = createConsoleMessages(opened.db, localReader);

    await messages.shown("c-1", aMessage({}));
    await messages.shown("c-1", aMessage({}));

    expect(await messages.messages("t-1", null)).toHaveLength(1);
  });

  test("an older revision never replaces a newer one", async () => {
    const messages = createConsoleMessages(opened.db, localReader);
    await messages.shown("c-1", aMessage({ revision: 1, title: "asked" }));
    await messages.shown("c-1", aMessage({ revision: 3, title: "decided" }));

    await messages.shown("c-1", aMessage({ revision: 2, title: "late" }));

    expect(await messages.messages("t-1", null)).toMatchObject([{ text: "decided", revision: 3 }]);
  });

  test("an edit keeps its place in the thread and comes again in the stream of changes", async () => {
    const messages = createConsoleMessages(opened.db, localReader);
    await messages.shown("c-1", aMessage({}));
    await messages.said(said("m1"), incoming("m1"));
    const before = await messages.lastChange();

    await messages.shown("c-1", aMessage({ revision: 2 }));

    expect((await messages.messages("t-1", null)).map((one) => one.id)).toEqual(["c-1", "m1"]);
    expect((await messages.changes(before, null)).map((one) => one.id)).toEqual(["c-1"]);
  });

  test("a private message is there for its person alone, in thread, list and changes", async () => {
    const messages = createConsoleMessages(opened.db, localReader);
    const place = { platform: "console", conversation: "console", thread: "t-9" } as const;
    await messages.shown("c-1", aMessage({ place, onlyFor: "lead" }));

    const views = await Promise.all(
      [null, "dev", "lead"].map(async (user) => [
        (await messages.messages("t-9", user)).length,
        (await messages.changes(0, user)).length,
        (await messages.threads(user)).length,
        await messages.hasThread("t-9", user),
      ]),
    );

    expect(views).toEqual([
      [0, 0, 0, false],
      [0, 0, 0, false],
      [1, 1, 1, true],
    ]);
  });

  test("a card is read by who may see every deployment on it, words by who shares their speaker's teams", async () => {
    const messages = createConsoleMessages(opened.db, localReader);
    const { id } = await waiting(heart(opened.db), "hidden");
    const content = { text: "hidden: plan", card: null, about: [id] };
    await messages.said(said("m1"), incoming("m1"));
    await messages.shown("c-1", aMessage({ content }));
    await messages.shown("c-2", aMessage({ card: "reply:x:0" }));

    const views = await Promise.all(
      ["dev", "lead", "ops", "student", "mallory"].map(async (user) => [
        (await messages.messages("t-1", user)).map((one) => one.id).join(),
        (await messages.changes(0, user)).length,
        (await messages.threads(user)).length,
        await messages.hasThread("t-1", user),
      ]),
    );

    const all = ["m1,c-1,c-2", 3, 1, true];
    const none = ["", 0, 0, false];
    expect(views).toEqual([all, all, all, none, none]);
  });

  test("a thread that the product began is for those who may see what it is about", async () => {
    const messages = createConsoleMessages(opened.db, localReader);
    const { id } = await waiting(heart(opened.db), "by-api");
    const content = { text: "by-api: plan", card: null, about: [id] };
    await messages.shown("c-1", aMessage({ content }));
    await messages.shown("c-2", aMessage({ card: "reply:x:0" }));

    const views = await Promise.all(
      ["lead", "student"].map(async (user) => (await messages.messages("t-1", user)).length),
    );

    expect(views).toEqual([2, 0]);
  });

  test("threads come with their first words, newest first", async () => {
    const messages = createConsoleMessages(opened.db, localReader);
    await messages.said(said("m1"), incoming("m1"));
    await messages.said({ ...said("m2"), thread: "t-2", text: "learn" }, incoming("m2"));

    const threads = await messages.threads("dev");

    expect(threads).toMatchObject([
      { thread: "t-2", title: "learn", startedBy: "dev", messages: 1 },
      { thread: "t-1", title: "hello", startedBy: "dev", messages: 1 },
    ]);
  });
});

function said(id: string) {
  return { id, thread: "t-1", from: "dev", text: "hello" };
}

function incoming(key: string): Incoming {
  const place = { platform: "console", conversation: "console", thread: "t-1" } as const;
  return { key, place, user: "dev", kind: "message", text: "hello" };
}
