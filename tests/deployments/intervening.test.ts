import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment } from "#deployments/deployment.ts";
import type { Claim } from "#deployments/run.ts";
import type { Viewer } from "#deployments/viewer.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { openKeys } from "#persistence/keys.ts";
import { createStateAccess } from "#persistence/state-access.ts";
import { createStateStore } from "#persistence/state.ts";
import { isRefusal } from "#text/refusal.ts";
import { Secret } from "#telemetry/secret.ts";
import { testDatabases } from "#tests/support/databases.ts";
import {
  asked,
  ballot,
  claim,
  done,
  heart,
  person,
  refusedWith,
  waiting,
  type Heart,
} from "#tests/support/deployments.ts";

const MINUTE_MS = 60_000;
const ENDED = {
  exitCode: 1,
  started: 1,
  uncertain: [],
  managed: 0,
  outputs: [],
  resources: [],
  cancelled: true,
  stale: false,
  error: "",
};

describe.each(testDatabases())("runs that do not end by themselves, on $name", ({ open }) => {
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

  async function applying(): Promise<{ shop: Deployment; held: Claim }> {
    count += 1;
    const asking = await waiting(house, `held-${count}`);
    done(await house.service.vote(person("lead"), asking.id, ballot(asking)));
    const held = await claim(house);
    return { shop: done(await house.reports.applyStarting(held, asking.id)), held };
  }

  function later(minutes: number): void {
    house.world.now = new Date(house.world.now.getTime() + minutes * MINUTE_MS);
  }

  async function silence({ run }: Claim) {
    await database.db("runs").where({ id: run }).update({ lease_until: "2026-01-01T00:00:00Z" });
  }

  const machine: Viewer = { ...person("ops"), kind: "machine" };

  describe("force stop", () => {
    test("comes after a gentle stop and its time, by name, and is one for the worker to carry out", async () => {
      const { shop, held } = await applying();
      const { id, name } = shop;
      const force = (who: string, confirmName: string | null) =>
        house.service.forceStop(asked(who), { id, confirmName });

      const early = await force("dev", name);
      done(await house.service.cancel(asked("dev"), id));
      const soon = await force("dev", name);
      later(10);
      const unnamed = await force("dev", "another");
      const before = await house.runs.asked(held.run);
      const forced = await force("dev", name);

      expect([early, soon, unnamed].map((answer) => refusedWith(answer))).toEqual([
        "stop-first",
        "still-stopping",
        "name-to-confirm",
      ]);
      expect([before, await house.runs.asked(held.run)]).toEqual(["cancel", "force"]);
      expect(done(forced).change?.state).toBe("applying");
      const audit = await house.deployments.auditOf(id);
      expect(audit.at(-1)).toMatchObject({ action: "force-stop", actor: "dev" });
      await house.reports.applyEnded(held, id, ENDED);
      await house.runs.end(held, "lost");
    });

    test("is not for a machine", async () => {
      const { shop, held } = await applying();
      done(await house.service.cancel(asked("dev"), shop.id));
      later(10);

      const answer = await house.service.forceStop(asked("ops", { by: machine }), {
        id: shop.id,
        confirmName: shop.name,
      });

      expect(refusedWith(answer)).toBe("person-needed");
      await house.reports.applyEnded(held, shop.id, ENDED);
      await house.runs.end(held, "lost");
    });

    test("a second cancel does not start the time anew", async () => {
      const { shop, held } = await applying();
      const first = done(await house.service.cancel(asked("dev"), shop.id));
      later(5);

      const second = done(await house.service.cancel(asked("dev"), shop.id));

      expect(second.change).toMatchObject({
        forceFrom: first.change?.state === "applying" ? first.change.forceFrom : "none",
      });
      await house.reports.applyEnded(held, shop.id, ENDED);
      await house.runs.end(held, "lost");
    });
  });

  describe("the lock of a worker that nobody hears from", () => {
    /** The lock that Terraform would take, and how its owner writes with it. */
    async function lockOf(held: Claim, deployment: Deployment) {
      const keys = openKeys({ secret: new Secret("a-secret-key"), previous: null });
      const route = createStateStore(database.db, keys);
      const states = createStateAccess({ db: database.db, keys, baseUrl: "http://127.0.0.1:1" });
      const grant = await states.grant(held, deployment.id, "write");
      const credentials = { username: grant.username, password: grant.password.reveal() };
      const ask = { credentials, deployment: deployment.id };
      const info = JSON.stringify({ ID: "lock-1", Who: "nobody@run" });
      await route.answer({ ...ask, ask: { verb: "LOCK", lockId: "lock-1", info } });
      const body = Buffer.from("{}");
      return () =>
        route.answer({
          ...ask,
          ask: { verb: "POST", lockId: "lock-1", md5: "m", serial: 1, lineage: "l", body },
        });
    }

    test("is shown to an admin and freed by name; the old writer then gets 409", async () => {
      const { shop, held } = await applying();
      const write = await lockOf(held, shop);
      await house.runs.running(held, { pid: 7, startTime: "1", bootId: "b", host: "host-b" });
      const at = new Date();
      await house.runs.record(held, {
        outputOffset: 1,
        progress: { done: 0, total: 2, current: null, inFlight: 1 },
        events: [
          { seq: 1, at, type: "apply_start", message: "x.made: Creating...", address: "x.made" },
          {
            seq: 2,
            at,
            type: "apply_complete",
            message: "x.made: Creation complete after 1s [id=m-1]",
            address: "x.made",
          },
          { seq: 3, at, type: "apply_start", message: "x.begun: Creating...", address: "x.begun" },
        ],
      });
      await silence(held);

      const shown = await house.service.holder(asked("ops"), shop.id);
      const unnamed = await house.service.takeOver(asked("ops"), { id: shop.id, confirmName: "" });
      const freed = done(
        await house.service.takeOver(asked("ops"), { id: shop.id, confirmName: shop.name }),
      );

      expect(shown).toMatchObject({
        run: held.run,
        kind: "apply",
        worker: "worker-1",
        host: "host-b",
        alive: false,
      });
      expect(refusedWith(unnamed)).toBe("name-to-confirm");
      expect(freed.standing).toEqual({
        is: "uncertain",
        intent: "apply",
        addresses: [
          { address: "x.made", found: "created", id: "m-1" },
          { address: "x.begun", found: "started", id: null },
        ],
      });
      expect(freed.lastChange).toMatchObject({
        outcome: "interrupted",
        reason: { code: "taken-over" },
      });
      expect(await write()).toMatchObject({ status: 409, why: "old-fence" });
      expect(await house.runs.heartbeat(held)).toBe(false);
      expect(await house.reports.applyEnded(held, shop.id, ENDED)).toBe(null);
      expect(refusedWith(done(freed) && (await holder(shop)))).toBe("nothing-held");
      const audit = await house.deployments.auditOf(shop.id);
      expect(audit.find(({ action }) => action === "lock-freed")).toMatchObject({
        actor: "ops",
        detail: { run: held.run, worker: "worker-1", host: "host-b" },
      });
    });

    test("is freed once by a request that is sent again, and both are answered alike", async () => {
      const { shop, held } = await applying();
      await silence(held);
      const wanted = { id: shop.id, confirmName: shop.name };
      const sent = asked("ops", { requestKey: `freeing-${shop.name}` });

      const first = done(await house.service.takeOver(sent, wanted));
      const again = done(await house.service.takeOver(sent, wanted));
      const another = await house.service.takeOver(asked("ops"), wanted);

      expect([first, again].map(({ lastChange }) => lastChange?.outcome)).toEqual([
        "interrupted",
        "interrupted",
      ]);
      expect(refusedWith(another)).toBe("nothing-held");
      const audit = await house.deployments.auditOf(shop.id);
      expect(audit.filter(({ action }) => action === "lock-freed")).toHaveLength(1);
    });

    async function holder({ id }: Deployment) {
      const answer = await house.service.holder(asked("ops"), id);
      return isRefusal(answer) ? answer : null;
    }

    test("stays with a worker that is heard from, whoever asks", async () => {
      const { shop, held } = await applying();
      const wanted = { id: shop.id, confirmName: shop.name };

      const alive = await house.service.takeOver(asked("ops"), wanted);
      const byOthers = await house.service.takeOver(asked("lead"), wanted);
      const byMachine = await house.service.takeOver(asked("ops", { by: machine }), wanted);

      expect([alive, byOthers, byMachine].map((answer) => refusedWith(answer))).toEqual([
        "holder-alive",
        "not-allowed",
        "person-needed",
      ]);
      expect(await house.runs.heartbeat(held)).toBe(true);
      await house.reports.applyEnded(held, shop.id, ENDED);
      await house.runs.end(held, "failed");
    });
  });

  test.each(["cancel first", "approve first"])(
    "cancel and the last approval in the same moment have one order: %s",
    async (order) => {
      count += 1;
      const shop = await waiting(house, `held-${count}`);
      const acts = [
        () => house.service.cancel(asked("dev"), shop.id),
        () => house.service.vote(person("lead"), shop.id, ballot(shop)),
      ];

      await Promise.all((order === "cancel first" ? acts : acts.toReversed()).map((act) => act()));

      const now = done(await house.deployments.load(shop.id));
      const runs = (await house.runs.ofDeployment(shop.id)).filter(({ kind }) => kind === "apply");
      expect(now.change).toBe(null);
      expect(now.lastChange?.outcome).toBe("cancelled");
      expect(runs.filter(({ status }) => status === "queued")).toEqual([]);
    },
  );
});
