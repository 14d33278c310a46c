import { expect, test } from "vitest";
import { startLoop } from "#bots/loop.ts";
import { SILENT, type Log } from "#telemetry/log.ts";

const NEVER_MS = 3_600_000;

test("a ring while a step is under way is not lost", async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: twice, resolve: done } = Promise.withResolvers<void>();
  const seen: string[] = [];
  async function step(): Promise<boolean> {
    seen.push("step");
    if (seen.length === 2) {
      done();
    }
    begin();
    await gate;
    return false;
  }
  await using loop = startLoop({ name: "test", step, everyMs: NEVER_MS, log: SILENT });
  await begun;

  loop.ring();
  open();
  await twice;

  expect(seen).toEqual(["step", "step"]);
});

test("work that is there is taken without waiting, until there is none", async () => {
  const { promise: empty, resolve } = Promise.withResolvers<void>();
  const work = ["a", "b", "c"];
  async function step(): Promise<boolean> {
    const one = work.shift();
    if (one === undefined) {
      resolve();
    }
    return one !== undefined;
  }
  await using _loop = startLoop({ name: "test", step, everyMs: NEVER_MS, log: SILENT });

  await empty;

  expect(work).toEqual([]);
});

test("a step that fails is logged with its loop's name and the loop goes on", async () => {
  const { promise: again, resolve } = Promise.withResolvers<void>();
  const logged: object[] = [];
  const log: Log = { ...SILENT, error: (fields) => logged.push(fields) };
  const failure = new Error("no database");
  const left = { failures: 1 };
  async function step(): Promise<boolean> {
    if (left.failures > 0) {
      left.failures -= 1;
      throw failure;
    }
    resolve();
    return false;
  }
  await using _loop = startLoop({ name: "sender", step, everyMs: 1, log });

  await again;

  expect(logged).toEqual([{ err: failure, loop: "sender" }]);
});

test("ending a loop waits for the step under way and starts no other", async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const seen: string[] = [];
  async function step(): Promise<boolean> {
    seen.push("begun");
    begin();
    await gate;
    seen.push("ended");
    return true;
  }
  const loop = startLoop({ name: "test", step, everyMs: NEVER_MS, log: SILENT });
  await begun;

  const ending = loop[Symbol.asyncDispose]();
  seen.push("asked to end");
  open();
  await ending;

  expect(seen).toEqual(["begun", "asked to end", "ended"]);
});

test("as many steps as there are hands are under way at once", async () => {
  const { promise: three, resolve: full } = Promise.withResolvers<void>();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const count = { now: 0, most: 0 };
  async function step(): Promise<boolean> {
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    if (count.now === 3) {
      full();
    }
    await gate;
    count.now -= 1;
    return false;
  }
  await using _loop = startLoop({ name: "test", step, everyMs: NEVER_MS, hands: 3, log: SILENT });

  await three;
  open();

  expect(count.most).toBe(3);
});
