import { describe, expect, test } from "vitest";
import { openBell } from "#bots/console/bell.ts";
import { consolePlatform } from "#bots/console/platform.ts";
import { sendNext } from "#bots/outbox.ts";
import type { OutgoingMessage, Outbox, Platform } from "#bots/ports.ts";
import { createConsoleMessages } from "#persistence/console-messages.ts";
import { createOutbox } from "#persistence/outbox.ts";
import type { Database } from "#persistence/database.ts";
import { SILENT } from "#telemetry/log.ts";
import { aMessage } from "#tests/fakes/cards.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { localReader } from "#tests/fakes/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";

describe.each(testDatabases())("the sender, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("a card is posted once and edited from then on, in order", async () => {
    const outbox = createOutbox(opened.db);
    const { platform, calls } = recording();

    for (const revision of [1, 2, 3]) {
      await outbox.revise([aMessage({ revision })], []);
      await sendAll(outbox, platform);
    }

    expect(calls).toEqual(["post 1", "edit 2", "edit 3"]);
  });

  test("an edit that fails is tried again and ends as the newest revision", async () => {
    const outbox = createOutbox(opened.db);
    const { platform, calls } = recording({ failing: ["edit 2"] });
    await outbox.revise([aMessage({ revision: 1 })], []);
    await sendAll(outbox, platform);
    await outbox.revise([aMessage({ revision: 2 })], []);
    await sendAll(outbox, platform);
    await outbox.revise([aMessage({ revision: 3 })], []);

    await sendAll(outbox, platform);
    const meanwhile = [...calls];
    await aMinuteLater(opened.db);
    await sendAll(outbox, platform);

    expect(meanwhile).toEqual(["post 1", "edit 2"]);
    expect(calls).toEqual(["post 1", "edit 2", "edit 2", "edit 3"]);
  });

  test("a crash between the post and its note makes no second console message", async () => {
    const outbox = createOutbox(opened.db);
    const messages = createConsoleMessages(opened.db, localReader);
    const platform = consolePlatform(messages, openBell());
    await outbox.revise([aMessage({ revision: 1 })], []);
    await platform.post((await outbox.due("console"))?.message ?? aMessage({}));

    await aMinuteLater(opened.db);
    await sendAll(outbox, platform);
    await outbox.revise([aMessage({ revision: 2 })], []);
    await sendAll(outbox, platform);

    expect(await messages.messages("t-1", null)).toMatchObject([{ revision: 2 }]);
  });

  test("a message that can never be sent is given up, and the next one goes out", async () => {
    const outbox = createOutbox(opened.db);
    const { platform, calls } = recording({ failing: Array.from({ length: 12 }, () => "post 1") });
    await outbox.revise([aMessage({ revision: 1 })], []);
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await sendAll(outbox, platform);
      await aMinuteLater(opened.db, 6);
    }

    await outbox.revise([aMessage({ revision: 2 })], []);
    await sendAll(outbox, platform);

    expect(calls.filter((call) => call === "post 1")).toHaveLength(12);
    expect(calls.at(-1)).toBe("post 2");
  });

  test("a sender leaves the messages of other platforms alone", async () => {
    const outbox = createOutbox(opened.db);
    const { platform, calls } = recording();
    const place = { platform: "slack", conversation: "C1", thread: "1.2" } as const;
    await outbox.write([aMessage({ place })]);

    await sendAll(outbox, platform);

    expect(calls).toEqual([]);
  });
});

/** A console that notes every call, and fails the calls it is told to, each once. */
function recording({ failing = [] }: { failing?: readonly string[] } = {}) {
  const calls: string[] = [];
  const left = [...failing];
  function note(call: string): void {
    calls.push(call);
    const at = left.indexOf(call);
    if (at >= 0) {
      left.splice(at, 1);
      throw new Error("503");
    }
  }
  const platform: Platform = {
    name: "console",
    async post({ revision }: OutgoingMessage) {
      note(`post ${revision}`);
      return "posted-1";
    },
    async edit(_postedAs, { revision }) {
      note(`edit ${revision}`);
    },
  };
  return { platform, calls };
}

async function sendAll(outbox: Outbox, platform: Platform): Promise<void> {
  while (await sendNext({ outbox, platform, log: SILENT })) {
    // Until nothing is due; what was put off is not.
  }
}

async function aMinuteLater(db: Database, minutes = 1): Promise<void> {
  await db.raw("update messages set next_at = next_at - ? * interval '1 minute'", [minutes]);
}
