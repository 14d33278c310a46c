import { describe, expect, test } from "vitest";
import { announceDue } from "#bots/announcer.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { ChangeId } from "#deployments/ids.ts";
import type { ApplyEnd } from "#deployments/ports.ts";
import { PLACE } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, ballot, claim, done, MODULE, person, waiting } from "#tests/support/deployments.ts";

const APPLIED: ApplyEnd = {
  exitCode: 0,
  started: 1,
  uncertain: [],
  managed: 1,
  outputs: [{ name: "url", value: "http://shop", sensitive: false }],
  resources: [{ address: "module.this.x.y", type: "x", id: "i-1" }],
  cancelled: false,
  stale: false,
  error: "",
};

describe.each(testDatabases())("announced changes, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  test("a plan that waits for votes is a progress card and an approval card in its thread", async () => {
    const chat = chatHouse(opened.db);
    await waiting(chat.house);

    await chat.settle();

    const cards = await cardsIn(chat, "thr-1");
    expect(cards.map(({ card }) => card.split(":")[0])).toEqual(["progress", "approval"]);
    expect(await chat.outbox.announcements(10)).toEqual([]);
  });

  test("the whole life of a change: each card is one message, edited to its end", async () => {
    const chat = chatHouse(opened.db);
    const deployment = await waiting(chat.house);
    await chat.settle();
    const before = await chat.messages.messages("thr-1", null);

    done(await chat.house.service.vote(person("lead"), deployment.id, ballot(deployment)));
    const held = await claim(chat.house);
    done(await chat.house.reports.applyStarting(held, deployment.id));
    await chat.settle();
    done(await chat.house.reports.applyEnded(held, deployment.id, APPLIED));
    await chat.house.runs.end(held, "done");
    await chat.settle();

    const kinds = (await cardsIn(chat, "thr-1")).map(({ card }) => card.split(":")[0]);
    expect(kinds).toEqual(["progress", "approval", "progress", "report"]);
    const after = await chat.messages.messages("thr-1", null);
    expect(after.slice(0, 2).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after[1]?.card?.actions.map(({ value }) => value.do)).toEqual(["page"]);
    expect(after[1]?.revision).toBeGreaterThan(before[1]?.revision ?? 99);
    expect(JSON.stringify(after[3]?.card)).toContain("i-1");
  });

  test("every place of the deployment gets the card, in the deployment's language", async () => {
    const chat = chatHouse(opened.db);
    const made = done(
      await chat.house.service.request(asked("dev", { lang: "ko" }), {
        name: "shop",
        module: MODULE.name,
        vars: {},
      }),
    );
    done(await chat.house.service.plan(asked("dev", { lang: "ko" }), made.id, {}));
    const places = ["thr-1", "thr-2"].map((thread) => ({ ...PLACE, thread }));
    await opened.db("deployments").update({ places: JSON.stringify(places) });

    await chat.settle();

    const [here, there] = [await chat.thread("thr-1"), await chat.thread("thr-2")];
    expect(here).toHaveLength(1);
    expect(here[0]).toMatch(/shop.*계획|계획.*shop/);
    expect(there).toEqual(here);
  });

  test("many announcements of one change are one new revision", async () => {
    const chat = chatHouse(opened.db);
    const deployment = await waiting(chat.house);
    await chat.settle();
    await announce(chat, deployment, 5);
    await opened.db("runs").update({ cancel_requested: true });

    await chat.settle();

    const [progress] = await cardsIn(chat, "thr-1");
    const { card = "" } = progress ?? {};
    expect((await chat.outbox.newest([card])).get(card)).toMatchObject({ revision: 2 });
    expect(await chat.outbox.announcements(10)).toEqual([]);
  });

  test("what would look the same is not sent again", async () => {
    const chat = chatHouse(opened.db);
    const deployment = await waiting(chat.house);
    await chat.settle();
    const before = await opened.db("messages").count();

    await announce(chat, deployment, 1);
    await chat.settle();

    expect(await opened.db("messages").count()).toEqual(before);
    expect(await chat.outbox.announcements(10)).toEqual([]);
  });

  test("two announcers at once never leave the older state on the card", async () => {
    const chat = chatHouse(opened.db);
    const { outbox, deployments } = chat.parts;
    const deployment = await waiting(chat.house);
    await chat.settle();
    await opened.db("messages").update({ content: LOOKED_OTHERWISE });
    await announce(chat, deployment, 1);
    const rows = await outbox.announcements(10);
    const old = await deployments.loadChange(changeOf(deployment));
    done(await chat.house.service.vote(person("lead"), deployment.id, ballot(deployment)));
    const late = {
      ...chat.parts,
      outbox: { ...outbox, announcements: async () => rows },
      deployments: { ...chat.house.deployments, loadChange: async () => old },
    };
    const approval = `approval:${changeOf(deployment)}`;
    const overtaken = {
      ...outbox,
      // The late one writes what it saw before the vote just when the other wants to write.
      async revise(...args: Parameters<typeof outbox.revise>) {
        await announceDue(late);
        return outbox.revise(...args);
      },
    };

    await announceDue({ ...chat.parts, outbox: overtaken });
    const between = (await outbox.newest([approval])).get(approval);
    await chat.settle();

    const after = (await outbox.newest([approval])).get(approval);
    expect(between?.content.card?.actions.map(({ value }) => value.do)).toContain("approve");
    expect(after?.content.card?.actions.map(({ value }) => value.do)).toEqual(["page"]);
  });

  test("an announcement of a change that is gone does not stop the others", async () => {
    const chat = chatHouse(opened.db);
    await opened.db("announcements").insert({
      deployment_id: "dep-aaaaaaaaaa",
      change_id: "chg-aaaaaaaaaa",
      card: "report",
    });
    await waiting(chat.house);

    await chat.settle();

    expect(await chat.thread("thr-1")).toHaveLength(2);
    expect(await chat.outbox.announcements(10)).toEqual([]);
  });
});

const LOOKED_OTHERWISE = JSON.stringify({
  text: "older",
  card: { title: "older", tone: "neutral", badges: [], body: [], actions: [], fallback: "older" },
});

async function cardsIn(chat: ChatHouse, thread: string) {
  const all = await chat.messages.messages(thread, null);
  const place = { ...PLACE, thread };
  const posted = await Promise.all(all.map(({ id }) => chat.outbox.posted(place, id)));
  return posted.flatMap((card) => (card === null ? [] : [card]));
}

/** Announces progress of the deployment's open change so many times. */
async function announce(chat: ChatHouse, of: Deployment, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const change = changeOf(of);
    await chat.house.runs.announce({ deployment: of.id, change, card: "progress" });
  }
}

function changeOf({ change }: Deployment): ChangeId {
  return ChangeId.parse(change?.id);
}
