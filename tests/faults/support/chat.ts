import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { actionsIn } from "#commands/card-reading.ts";
import { endLeases, quietFacts, type Facts } from "./facts.ts";
import { bring } from "./patience.ts";
import * as person from "./person.ts";
import type { Stage } from "./stage.ts";
import type { Walk } from "./walk.ts";

const LOOK_MS = 200;
const PATIENCE_MS = 120_000;

const Message = z.looseObject({ id: z.string(), from: z.string(), card: z.unknown().optional() });
type Message = z.infer<typeof Message>;

export type ChatWish = {
  readonly name: string;
  /** What the requester says. */
  readonly words: string;
  /** Messages of ours in the thread when nobody dies, by kind of card. */
  readonly usual: Readonly<Record<string, number>> | null;
};

/**
 * Somebody asks in the chat, somebody else presses Approve on the card, and the report comes. Both
 * send again what got no answer, as a platform does with an event.
 */
export function chatWalk({ name, words, usual }: ChatWish): Walk {
  return {
    async stand() {
      // It begins with nothing.
    },
    async go(stage) {
      const message = { user: "dev", text: words };
      const said = await sent(stage, "/console/messages", { key: `${name}-says`, body: message });
      const { thread } = z.object({ thread: z.string() }).parse(said);
      const card = await shown(stage, thread, "approve");
      const body = { user: "lead", thread, message: card.message.id, value: card.value };
      await sent(stage, "/console/actions", { key: `${name}-presses`, body });
      await overDeaths(stage, () => pressTaken(stage, thread));
      await bring(stage, { ...person.notes(name), vars: {} }, "applied");
    },
    async broken(stage) {
      const facts = await quietFacts(stage);
      return [...doubled(facts, name), ...(await unusual(stage, { name, usual, facts }))];
    },
  };
}

/** Kinds of card of ours in the thread of this deployment, each with how many messages there are. */
export async function kindsInThread(stage: Stage, name: string): Promise<Record<string, number>> {
  const { cards, deployments } = await quietFacts(stage);
  const places = deployments.find((one) => one.name === name)?.places ?? [];
  const own = cards.filter(({ place }) => places.some(({ thread }) => thread === place.thread));
  // A revision that another one replaced before it went out is no message.
  const posts = new Map(
    own.flatMap(({ posted_as: id, card }) => (id === null ? [] : [[id, card]])),
  );
  const kinds = [...posts.values()].map((card) => card.split(":")[0] ?? "");
  return Object.fromEntries(
    [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]),
  );
}

/** One deployment of the name; one message for each card, in the thread as in the record. */
function doubled({ deployments, cards }: Facts, name: string): string[] {
  const made = deployments.filter((one) => one.name === name).length;
  const perCard = Map.groupBy(
    cards.filter(({ posted_as: id }) => id !== null),
    ({ card, place_key: place, only_for: who }) => `${card} for ${who} in ${place}`,
  );
  const twice = [...perCard].filter(
    ([, rows]) => new Set(rows.map(({ posted_as: id }) => id)).size > 1,
  );
  return [
    ...(made === 1 ? [] : [`F27: ${made} deployments are called ${name}`]),
    ...twice.map(([card]) => `I6: ${card} was posted more than once`),
  ];
}

/** A death may end an apply and call for a recovery; else the thread is as if nobody had died. */
async function unusual(
  stage: Stage,
  { name, usual, facts }: Pick<ChatWish, "name" | "usual"> & { readonly facts: Facts },
): Promise<string[]> {
  const id = facts.deployments.find((one) => one.name === name)?.id;
  const changes = facts.changes.filter((change) => change.deployment_id === id);
  const kinds = await kindsInThread(stage, name);
  const wanted = changes.length === 1 ? usual : { reply: usual?.["reply"] };
  const wrong = Object.entries(wanted ?? {}).filter(([kind, count]) => kinds[kind] !== count);
  const more = Object.keys(kinds).filter(
    (kind) => changes.length === 1 && usual?.[kind] === undefined,
  );
  return usual === null || (wrong.length === 0 && more.length === 0)
    ? []
    : [`The thread of ${name} has ${JSON.stringify(kinds)} instead of ${JSON.stringify(usual)}`];
}

type Sending = { readonly key: string; readonly body: unknown };

/** Sends it until there is an answer, always as the same event. */
async function sent(stage: Stage, path: string, { key, body }: Sending): Promise<unknown> {
  return overDeaths(stage, async () => {
    const response = await fetch(`${await stage.url()}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    }
    return answer;
  });
}

/** The newest message that offers an action, and that action, as the approver sees them. */
async function shown(stage: Stage, thread: string, what: string) {
  return overDeaths(stage, async () => {
    const { body } = await stage.get("lead", `/console/threads/${thread}`);
    return found(z.array(Message).parse(body), what);
  });
}

function found(messages: readonly Message[], what: string) {
  return (
    messages
      .flatMap((message) => {
        const value = actionsIn(message.card).find((action) => action.do === what);
        return value === undefined ? [] : [{ message, value }];
      })
      .at(-1) ?? null
  );
}

/** The card says that its question is decided. */
async function pressTaken(stage: Stage, thread: string): Promise<true | null> {
  const { body } = await stage.get("lead", `/console/threads/${thread}`);
  return found(z.array(Message).parse(body), "approve") === null ? true : null;
}

/** Asks until there is something; the product is started again whenever it has died. */
async function overDeaths<T>(stage: Stage, ask: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    if (!stage.isUp()) {
      await restart(stage);
    }
    const answer = await ask().catch((error: unknown) => withoutAnswer(stage, error));
    if (answer !== null) {
      return answer;
    }
    if (performance.now() > end) {
      throw new Error("Nothing came of it in the chat for two minutes.");
    }
    await sleep(LOOK_MS);
  }
}

/** Nobody minds an error of a product that dies. */
async function withoutAnswer(stage: Stage, error: unknown): Promise<null> {
  // The answer may be cut off before we see that the process is gone.
  await sleep(LOOK_MS);
  if (stage.isUp()) {
    throw error;
  }
  return null;
}

/** What the dead process was handling waits a minute for it; the test does not. */
async function restart(stage: Stage): Promise<void> {
  await stage.database.read(async (db) => {
    await db("inbox").whereNull("done_at").update({ leased_until: db.fn.now() });
    await endLeases(db);
  });
  await stage.start();
}
