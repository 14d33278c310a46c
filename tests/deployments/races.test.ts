import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Deployment } from "#deployments/deployment.ts";
import { createDeploymentService } from "#deployments/service.ts";
import type { Refusal } from "#text/refusal.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, ballot, person, refusedWith, waiting } from "#tests/support/deployments.ts";
import { until } from "#tests/support/until.ts";

type Order = readonly [number, number];
type Act = () => Promise<Deployment | Refusal>;

describe.each(testDatabases())("acts in the same moment, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  /** A change that waits for votes, and a service that writes in this order. */
  async function racing(name: string, order: Order) {
    const scheduler = fc.schedulerFor([...order]);
    const chat = chatHouse(opened.db);
    const { parts, deployments } = chat.house;
    const on = await waiting(chat.house, name);
    await chat.settle();
    const service = createDeploymentService({
      ...parts,
      deployments: {
        ...deployments,
        async change(...asked) {
          await scheduler.schedule(Promise.resolve());
          return deployments.change(...asked);
        },
      },
    });

    /** Both have read before the first of them writes; each is numbered as it comes. */
    async function together(first: Act, second: Act) {
      const one = first();
      await until("the first is about to write", () => scheduler.count() === 1);
      const other = second();
      await until("the second is about to write", () => scheduler.count() === 2);
      await scheduler.waitOne();
      await (order[0] === 1 ? one : other);
      await scheduler.waitOne();
      return Promise.all([one, other]);
    }
    return { chat, on, service, together };
  }

  test.each<[string, Order, string | null]>([
    ["approval first", [1, 2], null],
    ["cancel first", [2, 1], "vote-over"],
  ])(
    "F16: an approval and a cancel, %s: both cards tell the same end",
    async (_name, order, told) => {
      const { chat, on, service, together } = await racing(`cancel-${order[0]}`, order);

      const [vote, cancel] = await together(
        () => service.vote(person("lead"), on.id, ballot(on)),
        () => service.cancel(asked("dev"), on.id),
      );
      await chat.settle();

      const now = await chat.house.deployments.load(on.id);
      expect([refusedWith(vote), refusedWith(cancel)]).toEqual([told, null]);
      expect(now).toMatchObject({ change: null, lastChange: { outcome: "cancelled" } });
      expect(await queued(chat, on)).toEqual([]);
      expect(await ends(chat, on)).toEqual([`Cancelled: ${on.name}`, `${on.name} was cancelled`]);
    },
  );

  test.each<[string, Order]>([
    ["lead", [1, 2]],
    ["ops", [2, 1]],
  ])(
    "F15: of two last votes %s's wins, the other is told so, and one apply is queued",
    async (winner, order) => {
      const { chat, on, service, together } = await racing(`votes-${winner}`, order);

      const answers = await together(
        () => service.vote(person("lead"), on.id, ballot(on)),
        () => service.vote(person("ops"), on.id, ballot(on)),
      );

      const refused = answers.filter((answer) => refusedWith(answer) !== null);
      expect(refused).toMatchObject([{ code: "already-approved", params: { voters: winner } }]);
      expect(await queued(chat, on)).toEqual(["apply"]);
      await chat.house.service.cancel(asked("dev"), on.id);
    },
  );
});

async function queued(chat: ChatHouse, { id }: Deployment): Promise<string[]> {
  const runs = await chat.house.runs.ofDeployment(id);
  return runs.filter(({ status }) => status === "queued").map(({ kind }) => kind);
}

/** How the change ended by its approval card and by its report. */
async function ends(chat: ChatHouse, { change }: Deployment): Promise<(string | undefined)[]> {
  const keys = ["approval", "report"].map((kind) => `${kind}:${change?.id ?? ""}`);
  const newest = await chat.outbox.newest(keys);
  return keys.map((key) => newest.get(key)?.content.card?.title);
}
