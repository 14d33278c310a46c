import { setTimeout as delay } from "node:timers/promises";
import Bull from "bull";
import { z } from "zod";
import { RunId } from "#deployments/ids.ts";
import type { Wake } from "#deployments/ports.ts";
import type { Log } from "#telemetry/log.ts";
import { openReach, type Reach } from "#telemetry/reach.ts";
import type { Secret } from "#telemetry/secret.ts";

export type BullOptions = {
  /** `redis://` or `rediss://`, with user, password and database number if any. */
  readonly redisUrl: Secret;
  /** Of this product's database: products that share one Redis do not hear each other. */
  readonly product: string;
  readonly log: Log;
};

const Bell = z.object({ run: RunId });
const PATIENCE_MS = 2_000;
const LOOK_MS = 10;
/** Connections of a queue that is listened to: for commands, for events, for jobs. */
const CLIENTS = 3;
/** What a connection is in that was not lost. */
const COMING: ReadonlySet<string> = new Set(["connecting", "connect", "ready"]);
const RECONNECT_MS = { step: 100, most: 2_000 };

/**
 * The bell over Redis. It carries a run's id and nothing else; whatever Redis loses, repeats or
 * delays, the workers' poll finds. Works without Redis: then nobody is rung for.
 */
export function openBullWake(options: BullOptions): Wake & AsyncDisposable {
  const reach = openReach(options.log, "Redis");
  const queue = openQueue(options, reach);
  const rings: Parameters<Wake["onWake"]>[0][] = [];
  let hasBegun = () => true;
  const ring = (run: unknown) => {
    const known = RunId.safeParse(run);
    if (known.success) {
      rings.forEach((one) => one(known.data));
    }
  };
  return {
    async wake(run, fence = 0) {
      // Bull holds a command back until Redis answers, for ever if need be: not ours to wait for.
      if (isUp(queue)) {
        await within(queue.add({ run }, { jobId: `${run}:${fence}` }), reach);
      }
    },
    onWake(one) {
      rings.push(one);
      if (rings.length === 1) {
        hasBegun = listen(queue, { ring, reach });
      }
    },
    async [Symbol.asyncDispose]() {
      await begun(queue, hasBegun);
      await close(queue);
    },
  };
}

/** True when this Redis answers within 2 s. */
export async function redisAnswers(redisUrl: Secret): Promise<boolean> {
  const queue = new Bull("doctor", { redis: addressOf(redisUrl) });
  queue.on("error", () => {});
  const answered = new Promise<boolean>((resolve) => {
    queue.client.once("ready", () => resolve(true));
  });
  const answer = await Promise.race([answered, delay(PATIENCE_MS, false)]);
  await close(queue);
  return answer;
}

function openQueue({ redisUrl, product }: BullOptions, reach: Reach): Bull.Queue {
  const queue = new Bull("runs", {
    redis: { ...addressOf(redisUrl), retryStrategy: reconnectMs },
    // In braces: all keys of one queue live on one node of a Redis cluster.
    prefix: `{mcp-${product}}`,
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: 100 },
    // A bell is never rung again because its ringer died: the poll does that.
    settings: { lockDuration: 60_000, maxStalledCount: 0 },
  });
  queue.on("error", (error) => reach.lost(error));
  queue.client.on("ready", () => reach.back());
  return queue;
}

/**
 * A job goes to one worker, which may be full while another is idle; the event of its arrival
 * goes to all that are connected, so both ring. Answers whether all of it is there.
 */
function listen(
  queue: Bull.Queue,
  { ring, reach }: { readonly ring: (run: unknown) => void; readonly reach: Reach },
): () => boolean {
  let isSubscribed = false;
  queue.once("registered:global:waiting", () => (isSubscribed = true));
  queue.on("global:waiting", (jobId: unknown) => ring(String(jobId).split(":")[0]));
  queue
    .process(1, async ({ data }) => ring(Bell.safeParse(data).data?.run))
    .catch((error: unknown) => reach.lost(error));
  return () =>
    isSubscribed &&
    queue.clients.length === CLIENTS &&
    queue.clients.every(({ status }) => status === "ready");
}

/**
 * Bull's beginnings cannot be cut off: a subscription under way fails where nobody catches it,
 * which ends the process, and a client opened after the end keeps it from ending.
 */
async function begun(queue: Bull.Queue, hasBegun: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (COMING.has(queue.client.status) && !hasBegun() && performance.now() < end) {
    await delay(LOOK_MS);
  }
}

function isUp(queue: Bull.Queue): boolean {
  return queue.client.status === "ready";
}

/** A command that is not answered in time is forgotten; a late failure of it must not end us. */
async function within(command: Promise<unknown>, reach: Reach): Promise<void> {
  const quiet = command.catch((error: unknown) => reach.lost(error));
  const patience = new AbortController();
  const tooLate = delay(PATIENCE_MS, null, { signal: patience.signal }).catch(() => null);
  await Promise.race([quiet, tooLate]);
  patience.abort();
}

async function close(queue: Bull.Queue): Promise<void> {
  queue.removeAllListeners("global:waiting");
  // What is under way stays unanswered: Bull has commands whose failure nobody catches.
  queue.clients.forEach((client) => Object.assign(client, { flushQueue: () => {} }));
  const closed = queue.close(true).catch(() => {});
  if (isUp(queue)) {
    await Promise.race([closed, delay(PATIENCE_MS, null, { ref: false })]);
  }
  // Else a client goes on looking for a Redis that is away, and the process never ends. Bull waits
  // for "end" with promises that nobody catches.
  queue.clients.forEach((client) => client.removeAllListeners("end").disconnect());
}

function addressOf(redisUrl: Secret): Bull.QueueOptions["redis"] & object {
  const { protocol, hostname, port, username, password, pathname } = new URL(redisUrl.reveal());
  const database = Number.parseInt(pathname.slice(1), 10);
  return {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? 6379 : Number(port),
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
    ...(Number.isNaN(database) ? {} : { db: database }),
    ...(protocol === "rediss:" ? { tls: {} } : {}),
  };
}

function reconnectMs(times: number): number {
  return Math.min(times * RECONNECT_MS.step, RECONNECT_MS.most);
}
