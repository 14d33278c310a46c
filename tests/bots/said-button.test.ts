import { describe, expect, test } from "vitest";
import { aCard, aMessage } from "#tests/fakes/cards.ts";
import { aPress, fakeAgent } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";

const WORDS = { do: "say", text: "aws_vpc" } as const;
const COMMAND = { do: "say", text: "/cloud modules" } as const;

describe.each(testDatabases())("a button that says something, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("is answered in the language of its card, a command too", async () => {
    const { agent, turns, runs } = fakeAgent();
    const chat = chatHouse(opened.db, { agent });
    const actions = [WORDS, COMMAND].map(
      (value) => ({ label: "A", style: "plain", value }) as const,
    );
    const content = { text: "어떤 모듈인가요?", card: aCard("?", actions), about: [] };
    const message = aMessage({ card: "reply:x:0", content });
    await chat.outbox.write([message]);
    const due = await chat.outbox.due("console");
    await chat.messages.shown("posted-1", message);
    await chat.outbox.sent(due?.id ?? "", "posted-1");
    await chat.inbox.receive(aPress(WORDS, { user: "dev" }));
    await chat.inbox.receive(aPress(COMMAND, { user: "dev", key: "console:p2" }));

    await chat.settle();

    expect([...turns, ...runs].map(({ speaker }) => speaker.lang)).toEqual(["ko", "ko"]);
  });
});
