import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { RunId } from "#deployments/ids.ts";
import { openBullWake, redisAnswers } from "#runner/queue.ts";
import type { Log } from "#telemetry/log.ts";
import { SILENT } from "#telemetry/log.ts";
import { found } from "#tests/support/found.ts";
import { openRedis } from "#tests/support/redis.ts";
import { until } from "#tests/support/until.ts";

const RUN = RunId.parse("run-aaaaaaaaaa");
const OTHER = RunId.parse("run-bbbbbbbbbb");

describe.skipIf(found.redis === null)("the bell over Redis", () => {
  const program = found.redis ?? "";

  /** A bell with a list of what it rang for. */
  function ear(url: Parameters<typeof openBullWake>[0]["redisUrl"], product = "one", log = SILENT) {
    const bell = openBullWake({ redisUrl: url, product, log });
    const heard: string[] = [];
    bell.onWake((run) => heard.push(run));
    return { bell, heard, [Symbol.asyncDispose]: () => bell[Symbol.asyncDispose]() };
  }

  test("every worker hears a run that one process rings for", async () => {
    await using redis = await openRedis(program);
    await redis.start();
    await using one = ear(redis.url);
    await using other = ear(redis.url);
    await using doors = openBullWake({ redisUrl: redis.url, product: "one", log: SILENT });

    await until("both to hear it", async () => {
      await doors.wake(RUN);
      return one.heard.includes(RUN) && other.heard.includes(RUN);
    });

    expect(new Set([...one.heard, ...other.heard])).toEqual(new Set([RUN]));
  });

  test("a bell rung while no worker is there is heard by the first that comes", async () => {
    await using redis = await openRedis(program);
    await redis.start();
    await using doors = openBullWake({ redisUrl: redis.url, product: "one", log: SILENT });
    await until("the bell to be in Redis", async () => {
      await doors.wake(RUN);
      return (await redis.ask("DBSIZE")) !== ":0";
    });

    await using late = ear(redis.url);

    await until("the late one to hear it", () => late.heard.includes(RUN));
  });

  test("two products on one Redis do not hear each other", async () => {
    await using redis = await openRedis(program);
    await redis.start();
    await using one = ear(redis.url, "one");
    await using other = ear(redis.url, "other");

    await until("both to hear their own", async () => {
      await one.bell.wake(RUN);
      await other.bell.wake(OTHER);
      return one.heard.length > 0 && other.heard.length > 0;
    });

    expect([new Set(one.heard), new Set(other.heard)]).toEqual([new Set([RUN]), new Set([OTHER])]);
  });

  test("it opens, rings and closes without Redis, and says so once", async () => {
    const said: string[] = [];
    const log: Log = {
      ...SILENT,
      debug() {},
      error() {},
      info: (_f, m) => said.push(m),
      warn: (_f, m) => said.push(m),
    };
    await using redis = await openRedis(program);
    await using one = ear(redis.url, "one", log);
    await until("a line in the log", () => said.length > 0);

    await one.bell.wake(RUN);
    await redis.start();
    await until("a bell to come through", async () => {
      await one.bell.wake(RUN);
      return one.heard.includes(RUN);
    });
    await redis.stop();
    await until("the next outage to be told", () => said.length === 3);

    await one.bell.wake(RUN);
    expect(said.map((line) => line.includes("again until it does"))).toEqual([true, false, true]);
  });

  test("Redis emptied with a bell in it: later bells still ring", async () => {
    await using redis = await openRedis(program);
    await redis.start();
    await using one = ear(redis.url);
    await until("a bell to come through", async () => {
      await one.bell.wake(RUN);
      return one.heard.includes(RUN);
    });

    await redis.ask("FLUSHALL");

    await until("another bell", async () => {
      await one.bell.wake(OTHER);
      return one.heard.includes(OTHER);
    });
  });

  test.each(["up", "down"])(
    "a process that closes it while Redis is %s ends by itself",
    async (is) => {
      await using redis = await openRedis(program);
      if (is === "up") {
        await redis.start();
      }
      const script = `
      import { openBullWake } from "#runner/queue.ts";
      import { SILENT } from "#telemetry/log.ts";
      import { Secret } from "#telemetry/secret.ts";
      const redisUrl = new Secret("redis://127.0.0.1:${redis.port}");
      let known = false;
      const learn = () => { known = true; };
      const log = { ...SILENT, info: learn, warn: learn };
      const bell = openBullWake({ redisUrl, product: "one", log });
      bell.onWake(learn);
      while (!known) {
        await bell.wake("run-aaaaaaaaaa");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await bell[Symbol.asyncDispose]();`;

      const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      const [code] = await once(child, "exit");

      expect(code).toBe(0);
    },
  );

  test("a process that closes it while it is opening ends by itself, with nothing left behind", async () => {
    await using redis = await openRedis(program);
    await redis.start();
    const script = `
      import { openBullWake } from "#runner/queue.ts";
      import { SILENT } from "#telemetry/log.ts";
      import { Secret } from "#telemetry/secret.ts";
      const redisUrl = new Secret("redis://127.0.0.1:${redis.port}");
      for (let afterMs = 0; afterMs < 20; afterMs += 3) {
        const bell = openBullWake({ redisUrl, product: "one", log: SILENT });
        bell.onWake(() => {});
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        await bell[Symbol.asyncDispose]();
      }`;

    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(child, "exit");

    expect(code).toBe(0);
  });

  test("the doctor asks a Redis that is there and one that is not", async () => {
    await using redis = await openRedis(program);
    const before = await redisAnswers(redis.url);
    await redis.start();

    const after = await redisAnswers(redis.url);

    expect([before, after]).toEqual([false, true]);
  });
});
