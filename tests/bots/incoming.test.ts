import { describe, expect, test } from "vitest";
import type { Agent, Speaker } from "#agent/ports.ts";
import type { Inbox } from "#bots/ports.ts";
import { createInbox } from "#persistence/inbox.ts";
import { aSentence, fakeAgent, PLACE } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { MODULE } from "#tests/support/deployments.ts";

describe.each(testDatabases())("what people say, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("plain words go to the agent with the person's rights of this moment", async () => {
    const { agent, turns } = fakeAgent([{ show: "say", text: "Which region?" }]);
    const chat = chatHouse(opened.db, { agent });
    await chat.inbox.receive(aSentence({ text: "a staging VPC, please" }));

    await chat.settle();

    expect(turns).toMatchObject([
      {
        text: "a staging VPC, please",
        speaker: {
          viewer: { person: "dev", teams: ["dev-team"] },
          lang: "en",
          place: PLACE,
          requestKey: "console:m1",
        },
      },
    ]);
    expect(await chat.thread("t-1")).toEqual(["Which region?"]);
  });

  test("Korean words are answered in Korean", async () => {
    const { agent, turns } = fakeAgent([{ show: "help" }]);
    const chat = chatHouse(opened.db, { agent });
    await chat.inbox.receive(aSentence({ text: "스테이징 VPC 만들어 줘" }));

    await chat.settle();

    expect(turns[0]?.speaker.lang).toBe("ko");
    expect(await chat.thread("t-1")).toEqual(["여기서 할 수 있는 일"]);
  });

  test("a command goes to its tool without the agent's model", async () => {
    const { agent, turns, runs } = fakeAgent();
    const chat = chatHouse(opened.db, { agent });
    await chat.inbox.receive(aSentence({ text: "/cloud status demo" }));

    await chat.settle();

    expect(turns).toEqual([]);
    expect(runs).toMatchObject([{ tool: "get_deployment", input: { deployment: "demo" } }]);
  });

  test.each([
    ["/learn", "ko", "ko"],
    ["/learn", "en", "en"],
    ["/learn 기초", "en", "ko"],
    ["/learn", undefined, "en"],
  ] as const)("the command %s on a page in %s is answered in %s", async (text, lang, answered) => {
    const { agent, runs } = fakeAgent();
    const chat = chatHouse(opened.db, { agent });
    await chat.inbox.receive(aSentence({ text, ...(lang === undefined ? {} : { lang }) }));

    await chat.settle();

    expect(runs[0]?.speaker.lang).toBe(answered);
  });

  test("a misspelt command is answered in the thread with what was meant", async () => {
    const chat = chatHouse(opened.db);
    await chat.inbox.receive(aSentence({ text: "/cloud modulse" }));

    await chat.settle();

    const [answer] = await chat.messages.messages("t-1", null);
    expect(answer?.text).toContain("/cloud modules");
  });

  test("the same message delivered twice makes one deployment and one answer", async () => {
    const chat = chatHouse(opened.db, { agent: requestingAgent(() => chat) });
    await chat.inbox.receive(aSentence());
    await chat.settle();

    await chat.inbox.receive(aSentence());
    await chat.aMinuteLater();
    await chat.settle();

    expect(await opened.db("deployments").select("name")).toEqual([{ name: "shop" }]);
    expect(await chat.thread("t-1")).toEqual(["asked"]);
  });

  test("a crash after the effect, before it is noted as done, makes nothing twice", async () => {
    const inbox = crashingAt(createInbox(opened.db), "done");
    const chat = chatHouse(opened.db, { inbox, agent: requestingAgent(() => chat) });
    await chat.inbox.receive(aSentence());
    await chat.settle();

    await chat.aMinuteLater();
    await chat.settle();

    expect(await opened.db("deployments").select("name")).toEqual([{ name: "shop" }]);
    expect(await chat.thread("t-1")).toEqual(["asked"]);
    expect(await opened.db("inbox").whereNull("done_at")).toEqual([]);
  });

  test("what fails five times ends with an apology to that person alone", async () => {
    const agent: Agent = {
      turn: () => Promise.reject(new Error("the model is gone")),
      run: () => Promise.reject(new Error("the model is gone")),
    };
    const chat = chatHouse(opened.db, { agent });
    await chat.inbox.receive(aSentence());

    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await chat.settle();
      await chat.aMinuteLater();
    }

    const said = await chat.thread("t-1", "dev");
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^I am sorry: I tried 5 times .*console:m1/);
    expect(await chat.thread("t-1", "lead")).toEqual([]);
  });

  test("somebody the policy does not know is told so, alone, and nothing runs", async () => {
    const { agent, turns } = fakeAgent();
    const chat = chatHouse(opened.db, { agent });
    await chat.inbox.receive(aSentence({ user: "mallory" }));

    await chat.settle();

    const [answer] = await chat.messages.messages("t-1", "mallory");
    expect(answer?.text).toContain("mallory");
    expect(await chat.thread("t-1", "dev")).toEqual([]);
    expect(turns).toEqual([]);
  });
});

/** Asks the real service for a deployment, with the request key it was given. */
function requestingAgent(chat: () => ChatHouse): Agent {
  async function turn({ viewer: by, lang, place, requestKey }: Speaker) {
    const asked = { by, lang, place, requestKey, in: "chat" } as const;
    await chat().house.service.request(asked, { name: "shop", module: MODULE.name, vars: {} });
    return { shown: [{ show: "say", text: "asked" } as const], model: "fake-1", offline: false };
  }
  return { turn, run: turn };
}

/** An inbox whose `call` dies the first time, as a killed process would. */
function crashingAt(inbox: Inbox, call: "done"): Inbox {
  const left = { crashes: 1 };
  return {
    ...inbox,
    async [call](key: string) {
      if (left.crashes > 0) {
        left.crashes -= 1;
        throw new Error("killed");
      }
      await inbox[call](key);
    },
  };
}
