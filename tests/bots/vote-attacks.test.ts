import { describe, expect, test } from "vitest";
import type { ButtonValue } from "#bots/card.ts";
import type { Press } from "#bots/ports.ts";
import type { Place } from "#deployments/deployment.ts";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import { aMessage } from "#tests/fakes/cards.ts";
import { aPress } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { machine, person, waiting } from "#tests/support/deployments.ts";

const SLACK: Place = { platform: "slack", conversation: "C-OPS", thread: "17.1" };

/** The built-in people; `dev` has a Slack account too. */
const POLICY = Policy.parse({
  ...LOCAL_POLICY,
  people: { ...LOCAL_POLICY.people, dev: { name: "Dev", console: "dev", slack: "U-DEV" } },
});

describe.each(testDatabases())("who attacks the vote on $name", ({ open }) => {
  const opened = chatDatabase(open);

  /** A posted approval card of a real deployment, with a copy of it in a Slack channel. */
  async function approvalCard(name = "shop", by = person("dev")) {
    const chat = chatHouse(opened.db, { policy: { current: () => POLICY } });
    chat.house.world.policy = POLICY;
    const deployment = await waiting(chat.house, name, by);
    await chat.settle();
    const change = deployment.change?.id;
    if (change === undefined) {
      throw new Error("the deployment has no open change");
    }
    const all = await chat.messages.messages("thr-1", null);
    const message = all.findLast(({ card }) => JSON.stringify(card).includes(change))?.id ?? "";
    const place: Place = { platform: "console", conversation: "console", thread: "thr-1" };
    const press = (user: string, value: ButtonValue, key: string): Press =>
      aPress(value, { user, place, message, key });
    return { chat, deployment, change, press };
  }

  async function votesOf(chat: ChatHouse, change: string) {
    const rows = await chat.db("votes").where({ change_id: change });
    return rows.map(({ voter, platform }) => `${voter} on ${platform}`);
  }

  test("A2: the same press sent again, in the same or a new envelope, is one vote and one apply", async () => {
    const { chat, deployment, change, press } = await approvalCard();
    const approve = press("lead", { do: "approve", change }, "console:a2");

    const received = [await chat.inbox.receive(approve), await chat.inbox.receive(approve)];
    await chat.settle();
    received.push(await chat.inbox.receive({ ...approve, key: "console:a2-again" }));
    await chat.settle();

    const runs = await chat.house.runs.ofDeployment(deployment.id);
    expect(received).toEqual([true, false, true]);
    expect(await votesOf(chat, change)).toEqual(["lead on console"]);
    expect(runs.filter(({ kind }) => kind === "apply")).toHaveLength(1);
  });

  test("A2: the vote says which card was pressed, in which revision, with which text", async () => {
    const { chat, change, press } = await approvalCard();
    const approve = press("lead", { do: "approve", change }, "console:card");

    await chat.inbox.receive(approve);
    await chat.settle();

    const [row] = await chat.db("votes").where({ change_id: change });
    expect(row?.shown).toEqual({
      message: approve.message,
      revision: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test.each(["dev", "student"])("A3: %s may not vote, and only they are told", async (user) => {
    const { chat, change, press } = await approvalCard();
    const before = await chat.thread("thr-1", "lead");
    const theirs = await chat.thread("thr-1", user);

    await chat.inbox.receive(press(user, { do: "approve", change }, `console:a3-${user}`));
    await chat.settle();

    expect(await votesOf(chat, change)).toEqual([]);
    expect(await chat.thread("thr-1", "lead")).toEqual(before);
    // A student does not even see the card.
    expect(await chat.thread("thr-1", user)).toHaveLength(theirs.length + 1);
  });

  test("A3: the owner of the token that asked may not vote either, and the card says so", async () => {
    const { chat, change, press } = await approvalCard("of-ci", machine("ops"));
    const theirs = await chat.thread("thr-1", "ops");

    await chat.inbox.receive(press("ops", { do: "approve", change }, "console:a3-owner"));
    await chat.settle();

    const card = JSON.stringify((await shownContent(chat, change))?.card);
    expect(await votesOf(chat, change)).toEqual([]);
    expect(await chat.thread("thr-1", "ops")).toHaveLength(theirs.length + 1);
    expect(card).toContain("token.ci-aaaaaaaaaa, a token of Ops, asked for this");
  });

  test("A4: a value edited to another deployment does nothing there", async () => {
    const { chat, press } = await approvalCard("shop");
    const other = await waiting(chat.house, "till");
    await chat.settle();
    const values: ButtonValue[] = [
      { do: "approve", change: other.change?.id ?? "" },
      { do: "reject", change: other.change?.id ?? "" },
      { do: "cancel", deployment: other.id },
      { do: "destroy", deployment: other.id },
    ];

    for (const value of values) {
      await chat.inbox.receive(press("lead", value, `console:a4-${value.do}`));
    }
    await chat.settle();

    const after = await chat.house.deployments.load(other.id);
    expect(after?.change).toMatchObject({ state: "awaiting_approval", votes: [] });
    expect(after?.revision).toBe(other.revision);
  });

  test("A30: the requester's Slack account may not approve what their console account asked for", async () => {
    const { chat, change } = await approvalCard();
    const content = await shownContent(chat, change);
    const copy = aMessage({
      card: `approval:${change}`,
      revision: 99,
      place: SLACK,
      ...(content === undefined ? {} : { content }),
    });
    await chat.outbox.write([copy]);
    const due = await chat.outbox.due("slack");
    await chat.outbox.sent(due?.id ?? "", "17.2");
    const value = { do: "approve", change } as const;

    await chat.inbox.receive(
      aPress(value, { user: "U-DEV", place: SLACK, message: "17.2", key: "slack:a30" }),
    );
    await chat.settle();

    const answer = await chat.db("messages").where({ platform: "slack", only_for: "U-DEV" });
    expect(await votesOf(chat, change)).toEqual([]);
    expect(JSON.stringify(answer)).toContain("You asked for this change of shop");
  });
});

async function shownContent({ outbox }: ChatHouse, change: string) {
  const card = `approval:${change}`;
  return (await outbox.newest([card])).get(card)?.content;
}
