import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { consoleDoor, isConsoleWire } from "#bots/console/app.ts";
import { SILENT } from "#telemetry/log.ts";
import { aMessage } from "#tests/fakes/cards.ts";
import { fakeAgent, LOCAL } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";

describe.each(testDatabases())("the console's wire, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("a message starts a thread; its answer stands under it", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);

    const posted = await door.post("/console/messages", { user: "dev", text: "hello" });
    await chat.settle();

    expect(posted.status).toBe(200);
    const thread = await door.get(`/console/threads/${posted.body.thread}?user=dev`);
    expect(thread.body).toMatchObject([
      { id: posted.body.message, from: "dev", text: "hello", revision: 1 },
      { from: "cloud", text: "done", revision: 1 },
    ]);
  });

  test("a second message to the thread goes there; an unknown thread is a 404", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);
    const { body } = await door.post("/console/messages", { user: "dev", text: "hello" });
    const { thread } = body;

    const again = await door.post("/console/messages", { user: "lead", text: "me too", thread });
    const lost = await door.post("/console/messages", { user: "dev", text: "x", thread: "t-9" });

    expect(again.body.thread).toBe(thread);
    expect((await door.get(`/console/threads/${thread}`)).body).toHaveLength(2);
    expect(lost).toMatchObject({ status: 404, body: { code: "thread-unknown" } });
    expect(lost.body.next).toContain("GET /console/threads");
    expect((await door.get("/console/threads/t-9")).status).toBe(404);
  });

  test("the same Idempotency-Key is the same message, with one effect", async () => {
    const { agent, turns } = fakeAgent();
    const chat = chatHouse(opened.db, { agent });
    await using door = await serve(chat);
    const key = { "idempotency-key": "once" };

    const first = await door.post("/console/messages", { user: "dev", text: "hello" }, key);
    const again = await door.post("/console/messages", { user: "dev", text: "hello" }, key);
    await chat.settle();

    expect(again.body).toEqual(first.body);
    expect(turns).toHaveLength(1);
  });

  test("a card goes out as an Adaptive Card, and its button comes back as a press", async () => {
    const { agent, runs } = fakeAgent([{ show: "help" }]);
    const chat = chatHouse(opened.db, { agent });
    await using door = await serve(chat);
    const posted = await door.post("/console/messages", { user: "dev", text: "/cloud help" });
    await chat.settle();
    const { thread } = posted.body;
    const [, help] = (await door.get(`/console/threads/${thread}`)).body;

    const pressed = await door.post("/console/actions", {
      user: "dev",
      thread,
      message: help.id,
      value: help.card.actions[0].data,
    });
    await chat.settle();

    expect(help.card).toMatchObject({ type: "AdaptiveCard", version: "1.5" });
    expect(pressed.status).toBe(200);
    expect((await door.get(`/console/threads/${thread}`)).body).toHaveLength(3);
    expect(runs).toHaveLength(1);
  });

  test("a private message is for its person alone, when read and when streamed", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);
    const streams = {
      lead: await door.stream("/console/events?user=lead"),
      dev: await door.stream("/console/events?user=dev"),
      nobody: await door.stream("/console/events"),
    };

    await chat.outbox.write([aMessage({ card: "reply:x:0", onlyFor: "lead", title: "secret" })]);
    await chat.outbox.write([aMessage({ card: "reply:y:0", title: "for all" })]);
    await chat.settle();
    const seen = {
      lead: await streams.lead.until("for all"),
      dev: await streams.dev.until("for all"),
      nobody: await streams.nobody.until("for all"),
    };

    expect(seen.lead).toContain("secret");
    expect(seen.dev + seen.nobody).not.toContain("secret");
    const read = async (query: string) =>
      JSON.stringify((await door.get(`/console/threads/t-1${query}`)).body);
    expect(await read("?user=lead")).toContain('"to":"lead"');
    expect((await read("?user=dev")) + (await read(""))).not.toContain("secret");
  });

  test("the stream brings edits and resumes behind the last event", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);
    await chat.messages.shown("c-1", aMessage({ title: "planning" }));
    const seen = await chat.messages.lastChange();
    await chat.messages.shown("c-2", aMessage({ title: "missed" }));
    const stream = await door.stream("/console/events", { "last-event-id": String(seen) });

    await chat.messages.shown("c-1", aMessage({ title: "planned", revision: 2 }));
    chat.bell.ring();
    const text = await stream.until("planned");

    expect(text).toContain("missed");
    expect(text).not.toContain('"planning"');
    expect(text).toContain('"thread":"t-1"');
  });

  test.each([
    { what: "an unknown person", body: { user: "mallory", text: "hi" }, is: "401 person-unknown" },
    { what: "a field too many", body: { user: "dev", text: "hi", a: 1 }, is: "422 wrong-body" },
    { what: "no text", body: { user: "dev" }, is: "422 wrong-body" },
    { what: "blanks only", body: { user: "dev", text: "  " }, is: "422 wrong-body" },
    { what: "no object", body: "hi", is: "422 wrong-body" },
    { what: "256 KB and more", body: { text: "x".repeat(270_000) }, is: "413 body-too-big" },
  ])("$what is refused with a sentence", async ({ body, is }) => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);

    const answer = await door.post("/console/messages", body);

    expect(`${answer.status} ${answer.body.code}`).toBe(is);
    expect(answer.body.detail).toMatch(/\.$/);
    expect(answer.body.next).toMatch(/\.$/);
    expect(await opened.db("inbox")).toEqual([]);
  });

  test("text that is no JSON, a value that is no button and a foreign path are refused", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);
    const press = { user: "dev", thread: "t-1", message: "m", value: { do: "apply" } };

    const broken = await door.send("/console/messages", "{");
    const apply = await door.post("/console/actions", press);
    const foreign = await door.get("/console/secrets");

    expect(broken).toMatchObject({ status: 400, body: { code: "bad-json" } });
    expect(apply).toMatchObject({ status: 422, body: { code: "wrong-body" } });
    expect(foreign).toMatchObject({ status: 404, body: { code: "unknown-route" } });
  });

  test("an unknown reader is a 401 on every read", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);
    const paths = ["/console/threads", "/console/threads/t-1", "/console/events"];

    const answers = await Promise.all(paths.map((path) => door.get(`${path}?user=mallory`)));
    const byHeader = await door.get("/console/threads", { "x-console-user": "mallory" });

    expect([...answers, byHeader].map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  test("info names the people and the stand-ins; the gallery shows every card", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);

    const info = await door.get("/console/info");
    const gallery = await door.get("/console/gallery.json?lang=ko");

    expect(info.body).toMatchObject({ simulated: true, offline: true });
    expect(info.body.people).toContainEqual({
      id: "lead",
      name: "Lead",
      roles: ["requester", "viewer", "learner", "approver"],
    });
    expect(gallery.body.length).toBeGreaterThan(10);
    expect(gallery.body[0].card.type).toBe("AdaptiveCard");
  });

  test("threads are listed with their first words", async () => {
    const chat = chatHouse(opened.db);
    await using door = await serve(chat);
    await door.post("/console/messages", { user: "dev", text: "first" });
    const { body } = await door.post("/console/messages", { user: "dev", text: "second" });

    const threads = await door.get("/console/threads?user=dev");

    expect(threads.body).toMatchObject([
      { thread: body.thread, title: "second" },
      { title: "first" },
    ]);
  });
});

test("the wire's paths are told apart from the page's", () => {
  const wire = ["/console/messages", "/console/threads/t-1?user=dev", "/console/gallery.json"];
  const page = ["//", "/console", "/console/gallery", "/deployments", "/console/threads/a/b"];

  expect(wire.map(isConsoleWire)).toEqual([true, true, true]);
  expect(page.map(isConsoleWire)).toEqual([false, false, false, false, false]);
});

/** The door on a port of its own, as HTTP clients see it. */
async function serve(chat: ChatHouse) {
  const door = consoleDoor({
    messages: chat.messages,
    inbox: chat.inbox,
    policy: LOCAL,
    bell: chat.bell,
    standIns: { simulated: true, offline: true },
    randomId: chat.randomId,
    onReceived: () => {},
    log: SILENT,
  });
  const server = createServer(door);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${portOf(server.address())}`;
  type Headers = Readonly<Record<string, string>>;

  async function call(path: string, init: RequestInit) {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: await response.json() };
  }

  const send = (path: string, body: string, headers: Headers = {}) =>
    call(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  return {
    get: (path: string, headers: Headers = {}) => call(path, { headers }),
    send,
    post: (path: string, body: unknown, headers: Headers = {}) =>
      send(path, JSON.stringify(body), headers),
    stream: (path: string, headers: Headers = {}) => listen(`${url}${path}`, headers),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(url: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const got = { text: "" };
  async function until(words: string): Promise<string> {
    while (!got.text.includes(words)) {
      const part = await reader?.read();
      if (part?.value === undefined) {
        throw new Error(`The stream ended before “${words}” came: ${got.text}`);
      }
      got.text += part.value;
    }
    return got.text;
  }
  await until(": connected");
  return { until };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") {
    throw new Error("the server listens on no port");
  }
  return address.port;
}
