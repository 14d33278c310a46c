import { describe, expect, test } from "vitest";
import type { Action, ButtonValue } from "#bots/card.ts";
import type { OpenShell, Press } from "#bots/ports.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { refusal } from "#text/refusal.ts";
import { aCard, aMessage } from "#tests/fakes/cards.ts";
import { aPress, aSentence, fakeAgent, PLACE } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { waiting } from "#tests/support/deployments.ts";

describe.each(testDatabases())("what people press, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("a vote on the approval card counts for exactly the plan it shows", async () => {
    const chat = chatHouse(opened.db);
    const { press, change } = await approvalCard(chat);
    await chat.inbox.receive(press("lead", { do: "approve", change }));

    await chat.settle();

    const after = await chat.house.deployments.loadChange(change);
    expect(after?.change).toMatchObject({
      state: "approved",
      votes: [{ voter: "lead", decision: "approve", platform: "console" }],
    });
    expect(await chat.thread("thr-1", "lead")).toEqual(await chat.thread("thr-1", "dev"));
  });

  test("the requester's vote is refused, and only the requester sees it", async () => {
    const chat = chatHouse(opened.db);
    const { press, change } = await approvalCard(chat);
    const before = await chat.thread("thr-1", "lead");
    await chat.inbox.receive(press("dev", { do: "approve", change }));

    await chat.settle();

    const after = await chat.house.deployments.loadChange(change);
    expect(after?.change).toMatchObject({ state: "awaiting_approval", votes: [] });
    expect(await chat.thread("thr-1", "dev")).toHaveLength(before.length + 1);
    expect(await chat.thread("thr-1", "lead")).toEqual(before);
  });

  test("a rejection carries the reason that was typed", async () => {
    const chat = chatHouse(opened.db);
    const { press, change } = await approvalCard(chat);
    const reject = press("lead", { do: "reject", change });
    await chat.inbox.receive({ ...reject, inputs: { reason: " too big " } });

    await chat.settle();

    const after = await chat.house.deployments.loadChange(change);
    expect(after?.change).toMatchObject({ outcome: "rejected", votes: [{ reason: "too big" }] });
  });

  test("a vote whose handler died before noting it is not refused as a second vote", async () => {
    const chat = chatHouse(opened.db);
    const { press, change } = await approvalCard(chat);
    const approve = press("lead", { do: "approve", change });
    await chat.inbox.receive(approve);
    const row = opened.db("inbox").where({ key: approve.key });
    const { incoming } = await row.clone().first();
    await chat.settle();
    await row.update({ done_at: null, incoming: JSON.stringify(incoming) });

    await chat.aMinuteLater();
    await chat.settle();

    const after = await chat.house.deployments.loadChange(change);
    expect(after?.change).toMatchObject({ votes: [{ voter: "lead" }] });
    expect(await chat.thread("thr-1", "lead")).toEqual(await chat.thread("thr-1", "dev"));
  });

  test("a second press of the same person is refused to that person alone", async () => {
    const chat = chatHouse(opened.db);
    const { press, change } = await approvalCard(chat);
    await chat.inbox.receive(press("lead", { do: "approve", change }));
    await chat.settle();
    await chat.inbox.receive({ ...press("lead", { do: "approve", change }), key: "console:p2" });

    await chat.settle();

    const everybody = await chat.thread("thr-1", "dev");
    expect(await chat.thread("thr-1", "lead")).toHaveLength(everybody.length + 1);
  });

  test("a vote that was edited to another change is refused to the presser alone", async () => {
    const chat = chatHouse(opened.db);
    const { press } = await approvalCard(chat, "shop");
    const other = await approvalCard(chat, "shop-two");
    const before = await chat.thread("thr-1", "dev");
    await chat.inbox.receive(press("lead", { do: "approve", change: other.change }));

    await chat.settle();

    const after = await chat.house.deployments.loadChange(other.change);
    expect(after?.change).toMatchObject({ state: "awaiting_approval", votes: [] });
    expect(await chat.thread("thr-1", "dev")).toEqual(before);
    expect(await lastWords(chat, "lead")).toContain("does not belong to a card of mine");
  });

  test("a vote that another card of ours offers is refused", async () => {
    const chat = chatHouse(opened.db);
    const { change } = await approvalCard(chat);
    const value = { do: "approve", change } as const;
    await posted(chat, { card: "reply:x:0", actions: [button(value)] });
    await chat.inbox.receive(aPress(value));

    await chat.settle();

    const after = await chat.house.deployments.loadChange(change);
    expect(after?.change).toMatchObject({ votes: [] });
  });

  test("a press on a message that is not ours is refused after a few looks", async () => {
    const chat = chatHouse(opened.db);
    await chat.inbox.receive(aPress({ do: "say", text: "/cloud help" }));

    await chat.settle();
    const early = await chat.thread("t-1", "lead");
    await settleLooks(chat);

    expect(early).toEqual([]);
    expect(await chat.thread("t-1", "lead")).toHaveLength(1);
    expect(await chat.thread("t-1", "dev")).toEqual([]);
  });

  test("a private card cannot be pressed by somebody else", async () => {
    const { agent, runs } = fakeAgent();
    const chat = chatHouse(opened.db, { agent });
    const value = { do: "say", text: "/cloud help" } as const;
    await posted(chat, { card: "reply:x:0", onlyFor: "dev", actions: [button(value)] });
    await chat.inbox.receive(aPress(value, { user: "lead" }));

    await chat.settle();

    expect(runs).toEqual([]);
    expect(await chat.thread("t-1", "lead")).toHaveLength(1);
  });

  test("a button that says something says it for the presser", async () => {
    const { agent, turns } = fakeAgent();
    const chat = chatHouse(opened.db, { agent });
    const value = { do: "say", text: "in Seoul" } as const;
    await posted(chat, { card: "reply:x:0", actions: [button(value)] });
    await chat.inbox.receive(aPress(value, { user: "dev" }));

    await chat.settle();

    expect(turns).toMatchObject([{ text: "in Seoul", speaker: { viewer: { person: "dev" } } }]);
  });

  test.each([
    { do: "say", text: "/cloud help" } as const,
    { do: "say", text: "/cloud stauts" } as const,
    { do: "status", deployment: "dep-aaaaaaaaaa" } as const,
  ])("what is refused after a press of %j is for the presser alone", async (value) => {
    const { agent } = fakeAgent([{ show: "refusal", refusal: refusal("tool-not-yours") }]);
    const chat = chatHouse(opened.db, { agent });
    await posted(chat, { card: "reply:x:0", actions: [button(value)] });
    await chat.inbox.receive(aPress(value, { user: "student" }));

    await chat.settle();

    expect(await chat.thread("t-1", "student")).toHaveLength(2);
    expect(await chat.thread("t-1", "dev")).toEqual(["Plan"]);
  });

  test("Next turns the lesson on its own card; another lesson gets a card of its own", async () => {
    const { agent } = fakeAgent([{ show: "lesson", lesson: "cli-basics", step: 0 }]);
    const chat = chatHouse(opened.db, { agent });
    await chat.inbox.receive(aSentence({ text: "/learn part2/day3/cli_basics" }));
    await chat.settle();
    const [shown] = await chat.messages.messages("t-1", null);
    const next = { do: "lesson", lesson: "cli-basics", step: 1 } as const;

    await chat.inbox.receive(aPress(next, { message: shown?.id ?? "" }));
    await chat.settle();
    await posted(chat, { card: "reply:x:0", actions: [button({ ...next, lesson: "other" })] });
    await chat.inbox.receive(aPress({ ...next, lesson: "other" }, { key: "console:p2" }));
    await chat.settle();

    const titles = await chat.thread("t-1");
    expect(titles).toEqual(["cli-basics step 1 en", "Plan", "other step 1 en"]);
  });

  test("answers to a lesson's questions are marked for the learner alone", async () => {
    const chat = chatHouse(opened.db);
    const value = { do: "lesson", lesson: "cli-basics", step: 2 } as const;
    await posted(chat, { card: "lesson:cli-basics:x:0", actions: [button(value)] });
    await chat.inbox.receive(aPress(value, { user: "student", inputs: { q1: "b" } }));

    await chat.settle();

    expect(await chat.thread("t-1", "student")).toEqual(["Plan", 'student: {"q1":"b"}']);
    expect(await chat.thread("t-1", "dev")).toEqual(["Plan"]);
  });

  test("the link to a shell is for the presser alone; a refusal too", async () => {
    const openShell: OpenShell = async (viewer) =>
      viewer.person === "student"
        ? { url: "http://localhost/s#secret" }
        : refusal("shell-not-here");
    const chat = chatHouse(opened.db, { openShell });
    const value = { do: "shell", lesson: "cli-basics" } as const;
    await posted(chat, { card: "lesson:cli-basics:x:0", actions: [button(value)] });
    await chat.inbox.receive(aPress(value, { user: "student" }));
    await chat.inbox.receive(aPress(value, { user: "lead", key: "console:p2" }));

    await chat.settle();

    const theirs = await chat.messages.messages("t-1", "student");
    expect(JSON.stringify(theirs.at(-1)?.card)).toContain("http://localhost/s#secret");
    const others = await chat.messages.messages("t-1", "lead");
    expect(JSON.stringify(others)).not.toContain("secret");
    expect(await lastWords(chat, "lead", "t-1")).toContain("no shells");
  });

  test("a press in a thread where no card of the deployment stands is answered there", async () => {
    const chat = chatHouse(opened.db);
    const { deployment } = await approvalCard(chat);
    const value = { do: "cancel", deployment: deployment.id } as const;
    await posted(chat, { card: "reply:x:0", actions: [button(value)] });
    await chat.inbox.receive(aPress(value, { user: "dev" }));

    await chat.settle();

    expect(await chat.thread("t-1")).toEqual(["Plan", "shop: cancelled"]);
  });

  test("plan again, cancel and destroy do what the service allows this person", async () => {
    const chat = chatHouse(opened.db);
    const { press, deployment } = await approvalCard(chat);
    await chat.inbox.receive(press("dev", { do: "cancel", deployment: deployment.id }));

    await chat.settle();

    const after = await chat.house.deployments.load(deployment.id);
    expect(after).toMatchObject({ change: null, lastChange: { outcome: "cancelled" } });
  });
});

/** A posted approval card of a real deployment, and presses on it. */
async function approvalCard(chat: ChatHouse, name = "shop") {
  const deployment: Deployment = await waiting(chat.house, name);
  await chat.settle();
  const change = deployment.change?.id;
  if (change === undefined) {
    throw new Error("the deployment has no open change");
  }
  const newest = await chat.messages.messages("thr-1", null);
  const message = newest.findLast(({ card }) => JSON.stringify(card).includes(change))?.id ?? "";
  const place = { ...PLACE, thread: "thr-1" };
  const press = (user: string, value: ButtonValue): Press =>
    aPress(value, { user, place, message, key: `console:${name}-${user}-${value.do}` });
  return { deployment, change, press };
}

/** Puts a card of ours into the thread under the message id `posted-1`. */
async function posted(
  chat: ChatHouse,
  { actions, ...over }: { card: string; onlyFor?: string; actions: readonly Action[] },
): Promise<void> {
  const message = aMessage({
    ...over,
    content: { text: "Plan", card: aCard("Plan", actions), about: [] },
  });
  await chat.outbox.write([message]);
  const due = await chat.outbox.due("console");
  await chat.messages.shown("posted-1", message);
  await chat.outbox.sent(due?.id ?? "", "posted-1");
}

function button(value: ButtonValue): Action {
  return { label: "Press", style: "plain", value };
}

async function settleLooks(chat: ChatHouse): Promise<void> {
  for (let look = 0; look < 3; look += 1) {
    await chat.aMinuteLater();
    await chat.settle();
  }
}

async function lastWords(chat: ChatHouse, user: string, thread = "thr-1"): Promise<string> {
  const all = await chat.messages.messages(thread, user);
  return all.at(-1)?.text ?? "";
}
