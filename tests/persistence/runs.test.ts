import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { asked, claim, done, heart, MODULE, type Heart } from "#tests/support/deployments.ts";

const NO_PROGRESS = { done: 0, total: 0, current: null, inFlight: 0 };

describe.each(testDatabases())("runs on $name", ({ open }) => {
  let database: OpenDatabase;
  let house: Heart;
  let count = 0;

  beforeAll(async () => {
    database = await open();
    house = heart(database.db);
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  /** A deployment with a queued plan run. */
  async function planned() {
    count += 1;
    const request = { name: `run-${count}`, module: MODULE.name, vars: {} };
    const made = done(await house.service.request(asked("dev"), request));
    return done(await house.service.plan(asked("dev"), made.id, {}));
  }

  function event(seq: number) {
    return { seq, at: new Date(), type: "step", message: `line ${seq}`, address: null };
  }

  test("many workers at once: each queued run is claimed by exactly one", async () => {
    const made = [await planned(), await planned(), await planned()];

    const claims = await Promise.all(
      Array.from({ length: 9 }, (_, index) => house.runs.claimNext(`worker-${index}`)),
    );

    const taken = claims.filter((run) => run !== null);
    expect(taken.map((run) => run.deployment).sort()).toEqual(made.map(({ id }) => id).sort());
    for (const run of taken) {
      await house.runs.end({ run: run.id, fence: run.fence, worker: String(run.worker) }, "failed");
    }
  });

  test("a deployment has one active run; the next waits for its end", async () => {
    const deployment = await planned();
    const first = await claim(house);
    done(await house.service.plan(asked("dev"), deployment.id, { replicas: 2 }));

    const early = await house.runs.claimNext("worker-2");
    await house.runs.end(first, "failed");
    const late = await house.runs.claimNext("worker-2");

    expect(early).toBeNull();
    expect(late?.deployment).toBe(deployment.id);
    await house.runs.end(
      { run: late?.id ?? first.run, fence: late?.fence ?? 0, worker: "worker-2" },
      "failed",
    );
  });

  test("a fenced worker can neither record, heartbeat, requeue nor end", async () => {
    await planned();
    const held = await claim(house);
    const old = { ...held, fence: held.fence - 1 };

    const answers = await Promise.all([
      house.runs.heartbeat(old),
      house.runs.record(old, { events: [event(1)], outputOffset: 1, progress: NO_PROGRESS }),
      house.runs.requeue(old),
      house.runs.end(old, "done"),
    ]);

    expect(answers).toEqual([false, false, false, false]);
    expect(await house.runs.events(held.run, 0, 10)).toEqual([]);
    await house.runs.end(held, "failed");
  });

  test("a NUL character in output, a reason or a message is kept as a sign, not refused for ever", async () => {
    const deployment = await planned();
    const held = await claim(house);
    const line = { ...event(1), message: "a\0b" };

    const stored = await house.runs.record(held, {
      events: [line],
      outputOffset: 3,
      progress: NO_PROGRESS,
    });
    const failed = done(
      await house.reports.planFailed(held, deployment.id, {
        code: "plan-failed",
        params: { error: "x\0y" },
      }),
    );

    expect(stored).toBe(true);
    expect((await house.runs.events(held.run, 0, 10)).map(({ message }) => message)).toEqual([
      "a\uFFFDb",
    ]);
    const kept = await house.deployments.load(failed.id);
    expect(kept?.lastChange?.reason.params).toEqual({ error: "x\uFFFDy" });
    await house.runs.end(held, "failed");
  });

  test("reading the same output twice stores each event once", async () => {
    await planned();
    const held = await claim(house);

    await house.runs.record(held, {
      events: [event(1), event(2)],
      outputOffset: 20,
      progress: NO_PROGRESS,
    });
    await house.runs.record(held, {
      events: [event(2), event(3)],
      outputOffset: 30,
      progress: NO_PROGRESS,
    });

    const stored = await house.runs.events(held.run, 0, 10);
    expect(stored.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await house.runs.load(held.run))?.outputOffset).toBe(30);
    await house.runs.end(held, "failed");
  });

  test("a megabyte of short lines is stored in one piece, however many there are", async () => {
    await planned();
    const held = await claim(house);
    const events = Array.from({ length: 30_000 }, (_, index) => event(index + 1));

    const stored = await house.runs.record(held, {
      events,
      outputOffset: 1,
      progress: NO_PROGRESS,
    });

    expect(stored).toBe(true);
    expect(await house.runs.events(held.run, 29_999, 10)).toHaveLength(1);
    await house.runs.end(held, "failed");
  });

  test("a plan whose worker died is tried three times, each with a higher fence", async () => {
    await planned();
    const fences: number[] = [];
    let again = true;

    while (again) {
      const held = await claim(house);
      fences.push(held.fence);
      again = await house.runs.requeue(held);
      if (!again) {
        await house.runs.end(held, "lost");
      }
    }

    expect(fences).toEqual([1, 2, 3]);
  });

  test("a superseded plan that still waits in the queue never starts", async () => {
    const deployment = await planned();
    const old =
      deployment.change !== null && "run" in deployment.change ? deployment.change.run : null;

    done(await house.service.plan(asked("dev"), deployment.id, { replicas: 5 }));
    const next = await claim(house);

    expect(next.run).not.toBe(old);
    expect(old === null ? null : (await house.runs.load(old))?.status).toBe("failed");
    await house.runs.end(next, "failed");
  });

  test("a superseded plan that runs is asked to stop", async () => {
    const deployment = await planned();
    const held = await claim(house);

    done(await house.service.plan(asked("dev"), deployment.id, { replicas: 7 }));

    expect(await house.runs.cancelRequested(held.run)).toBe(true);
    await house.runs.end(held, "failed");
    await house.runs.end(await claim(house), "failed");
  });
});
