import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Told, type Order } from "./spawner-wire.ts";
import type { Spawn, Waiting } from "./terraform.ts";

const CHILD = fileURLToPath(new URL("./spawner-child.ts", import.meta.url));

/**
 * Starts commands as `spawnDetached` does, from a small process of its own: a fork copies the page
 * tables of whoever asks for it, and holds a server with an embedded database for tens of ms.
 */
export type Spawner = AsyncDisposable & { spawnDetached(spawn: Spawn): Promise<Waiting> };

/** One that died is replaced at the next command; what it had started goes on without it. */
export function openSpawner(): Spawner {
  let hand = openHand();
  return {
    spawnDetached(spawn) {
      if (!hand.child.connected) {
        hand = openHand();
      }
      return hand.spawn(spawn);
    },
    async [Symbol.asyncDispose]() {
      if (hand.child.connected) {
        const ended = once(hand.child, "exit");
        hand.child.disconnect();
        await ended;
      }
    },
  };
}

type Asked = {
  readonly waiting: (waiting: Waiting) => void;
  readonly failed: (error: Error) => void;
  readonly gone: PromiseWithResolvers<void>;
};

function openHand() {
  // Nothing of our environment, which holds keys, is in its own.
  const child = fork(CHILD, [], { env: {}, execArgv: [], serialization: "advanced" });
  child.unref();
  child.channel?.unref();
  const asked = new Map<number, Asked>();
  let last = 0;

  child.on("message", (message) => {
    const told = Told.parse(message);
    const command = asked.get(told.id);
    if (command !== undefined) {
      hear(child, command, told);
    }
    if (told.is !== "waiting") {
      asked.delete(told.id);
    }
  });
  function lose(cause?: unknown): void {
    // `gone` is left open: those that began go on, and are looked at by their identity.
    const error = new Error("The process that starts commands ended.", { cause });
    asked.forEach(({ failed }) => failed(error));
    asked.clear();
  }

  child.on("exit", () => lose());
  // It could not be started, which no end follows, or did not get an order.
  child.on("error", lose);

  return {
    child,
    spawn(spawn: Spawn): Promise<Waiting> {
      last += 1;
      const { promise, resolve, reject } = Promise.withResolvers<Waiting>();
      asked.set(last, { waiting: resolve, failed: reject, gone: Promise.withResolvers() });
      send(child, { do: "spawn", id: last, spawn: { ...spawn, argv: [...spawn.argv] } });
      return promise;
    },
  };
}

function hear(child: ChildProcess, { waiting, failed, gone }: Asked, told: Told): void {
  const { id } = told;
  switch (told.is) {
    case "waiting":
      waiting({
        identity: told.identity,
        gone: gone.promise,
        start: () => send(child, { do: "start", id }),
        abandon: () => send(child, { do: "abandon", id }),
      });
      return;
    case "failed":
      failed(new Error(told.why));
      return;
    case "gone":
      gone.resolve();
  }
}

function send(child: ChildProcess, order: Order): void {
  if (child.connected) {
    child.send(order);
  }
}
