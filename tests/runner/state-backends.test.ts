import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Vars } from "#deployments/change.ts";
import { statusOf, type Deployment } from "#deployments/deployment.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import { OWN_STATE, type StateBackend } from "#deployments/state-backend.ts";
import { killSession } from "#runner/process-identity.ts";
import { startFakeGcs, startMoto, type BucketServer } from "#tests/support/buckets.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { found } from "#tests/support/found.ts";
import {
  approve,
  askForProbe,
  eventually,
  hold,
  openHouse,
  settled,
  throughWith,
  waitsForVotes,
} from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

const APP_ENV = join(import.meta.dirname, "../../terraform/modules/local_app_env");
const PROBE = join(import.meta.dirname, "../fixtures/runner/local_probe");

const SERVERS = [
  { name: "s3", program: found.moto, start: startMoto },
  { name: "gcs", program: found.fakeGcs, start: startFakeGcs },
] as const;

for (const { name, program, start } of SERVERS) {
  describe.skipIf(program === null)(`state in a bucket of ${name}`, () => {
    let folder: string;
    let server: BucketServer;
    let home: Home;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "mcp-bucket-"));
      mkdirSync(join(folder, "modules"));
      for (const module of [APP_ENV, PROBE]) {
        cpSync(module, join(folder, "modules", basename(module)), { recursive: true });
      }
      server = await start();
      home = await openHome(folder, server, server.backend);
    });
    afterAll(async () => {
      await home[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    test("somebody else's lock ends the apply with a sentence that names them", async () => {
      const { id } = await home.planned("locked-out", {});
      await server.write(server.lockPath(id), JSON.stringify(LOCK));

      const refused = await home.applied(id);
      await server.remove(server.lockPath(id));
      done(await home.house.service.plan(asked("dev"), id, {}));
      const live = await home.applied(id);

      expect(statusOf(refused)).toBe("failed");
      expect(refused.standing).toEqual({ is: "nothing" });
      const said = String(refused.lastChange?.reason.params["error"]);
      expect(said).toContain("held by mina@build-7 since 2026-11-21 09:00:00");
      expect(said).toContain("nothing was changed");
      expect(statusOf(live)).toBe("applied");
    });

    test("a state that was changed elsewhere after the plan is not overwritten", async () => {
      const { id } = await home.planned("moved-on", {});
      await home.applied(id);
      done(await home.house.service.plan(asked("dev"), id, SMALLER));
      await eventually(home.house, id, waitsForVotes);
      const theirs = raised((await server.read(server.statePath(id))) ?? "");
      await server.write(server.statePath(id), theirs);

      await approve(home.house, id);
      const anew = await eventually(
        home.house,
        id,
        (now) => now.lastChange?.outcome === "superseded" && waitsForVotes(now),
      );

      expect(anew.change?.id).not.toBe(anew.lastChange?.id);
      expect(await server.read(server.statePath(id))).toBe(theirs);
    });

    test("the lock that an apply left when it died is freed, and the recovery goes on", async () => {
      const marks = join(folder, "marks-dies");
      const goOn = hold(marks, [1]);
      const { id } = await askForProbe(home.house, "dies", { marks });
      await approve(home.house, id);
      await until("the lock of the apply", () => server.read(server.lockPath(id)));
      await until("what is made first", () => home.hasBegun(id));

      await home.killApply(id);
      goOn();
      const uncertain = await settled(home.house, id);
      const lock = await server.read(server.lockPath(id));
      done(await home.house.service.plan(asked("dev"), id, {}));
      const live = await home.applied(id);
      const holder = await home.house.service.holder(asked("ops"), id);

      expect([statusOf(uncertain), lock]).toEqual(["interrupted", null]);
      expect([statusOf(live), live.resources.length]).toEqual(["applied", 3]);
      expect(holder).toMatchObject({ code: "nothing-held-here" });
      const freed = home.house.db("audit").where({ deployment_id: id, action: "lock-freed" });
      expect(await freed).toMatchObject([{ actor: "system" }]);
    });

    test("while the bucket cannot be read an ended apply says so, and ends once it can", async () => {
      const marks = join(folder, "marks-away");
      const goOn = hold(marks, [1]);
      const { id } = await askForProbe(home.house, "away", { marks });
      await approve(home.house, id);
      await until("what is made first", () => home.hasBegun(id));
      // The apply has its own; the server, which reads the state afterwards, is turned away.
      home.turnAway(true);
      goOn();

      await until("the step that people see", () => home.hasSaid(id, "stateAway"));
      const waiting = await home.house.parts.deployments.load(id);
      home.turnAway(false);
      const live = await settled(home.house, id);

      expect(waiting?.change?.state).toBe("applying");
      expect([statusOf(live), live.resources.length]).toEqual(["applied", 3]);
    });

    test("a state that is gone from the bucket is told, and nothing is planned a second time", async () => {
      const { id } = await home.planned("vanished", {});
      await home.applied(id);
      const state = (await server.read(server.statePath(id))) ?? "";
      await server.remove(server.statePath(id));

      done(await home.house.service.plan(asked("dev"), id, SMALLER));
      const refused = await settled(home.house, id);
      done(await home.house.service.drift(asked("dev"), id));
      const look = await until(
        "what the look found",
        async () => (await home.house.driftChecks.newest(id))?.result ?? null,
      );
      await server.write(server.statePath(id), state);
      done(await home.house.service.plan(asked("dev"), id, SMALLER));
      const planned = await eventually(home.house, id, waitsForVotes);

      const gone = { code: "state-gone", params: { bucket: server.backend.bucket } };
      expect([statusOf(refused), refused.lastChange?.reason]).toEqual(["applied", gone]);
      expect(look).toMatchObject({ outcome: "error", reason: gone });
      expect(planned.change).toMatchObject({ plan: { summary: { add: 0 } } });
    });

    test("an older state that was restored is told on each card until an apply has taken it", async () => {
      const { id } = await home.planned("restored", {});
      await home.applied(id);
      const older = (await server.read(server.statePath(id))) ?? "";
      const replanned = async (vars: Vars) => {
        done(await home.house.service.plan(asked("dev"), id, vars));
        const { change } = await eventually(home.house, id, waitsForVotes);
        return change?.state === "awaiting_approval" ? change.plan.risk : null;
      };
      const calm = await replanned(SMALLER);
      await home.applied(id);
      await server.write(server.statePath(id), older);

      const first = await replanned({ ttl_days: 9 });
      const again = await replanned(SMALLER);
      await home.applied(id);
      const after = await replanned({ delay_seconds: 1 });

      const told = [calm, first, again, after].map(
        (risk) => risk?.level === "high" && risk.reasons.some(({ rule }) => rule === "older-state"),
      );
      expect(told).toEqual([false, true, true, false]);
    });

    test("its credentials stand in no file of a run", async () => {
      await home.planned("discreet", {});

      const texts = filesIn(folder).map((file) => readFileSync(file, "latin1"));

      expect(texts.some((text) => text.includes(server.backend.bucket))).toBe(true);
      for (const secret of Object.values(server.credentials)) {
        expect(texts.filter((text) => text.includes(secret.reveal()))).toEqual([]);
      }
    });

    test("a deployment lives from create to destroy where it began, whatever the setting becomes", async () => {
      const { id } = await home.planned("whole-life", {});
      const live = await home.applied(id);
      const first = serialIn(await server.read(server.statePath(id)));
      await home[Symbol.asyncDispose]();
      home = await openHome(folder, server, OWN_STATE);
      done(await home.house.service.plan(asked("dev"), id, SMALLER));
      const planned = await eventually(home.house, id, waitsForVotes);
      const updated = await home.applied(id);
      const second = serialIn(await server.read(server.statePath(id)));
      done(await home.house.service.destroy(asked("dev"), id));
      const gone = await home.applied(id);

      expect([statusOf(live), live.resources.length, live.stateBackend]).toEqual([
        "applied",
        3,
        server.backend,
      ]);
      expect(live.outputs.map((output) => output.name)).toContain("endpoints");
      expect(planned.change).toMatchObject({ plan: { stateSerial: first } });
      expect(updated.vars).toMatchObject(SMALLER);
      expect(second).toBeGreaterThan(first);
      expect([statusOf(gone), gone.resources, gone.stateBackend]).toEqual([
        "destroyed",
        [],
        server.backend,
      ]);
      expect(await home.house.parts.stateStore.newest(id)).toBeNull();
      expect(await server.read(server.lockPath(id))).toBeNull();
    });
  });
}

const SMALLER: Vars = { services: [{ name: "web", port: 8080, replicas: 3 }] };
const LOCK = {
  ID: "3f0a5c1e-0000-4000-8000-00000000beef",
  Operation: "OperationTypeApply",
  Info: "",
  Who: "mina@build-7",
  Version: "1.11.4",
  Created: "2026-11-21T09:00:00Z",
  Path: "",
};

/** No credentials at all: neither S3 nor Google's client asks anybody then. */
const NO_CREDENTIALS = {};

type Home = Awaited<ReturnType<typeof openHome>>;

/** A house whose new deployments keep their state at `stateBackend`, with a worker. */
async function openHome(folder: string, server: BucketServer, stateBackend: StateBackend) {
  const away = { is: false };
  const house = await openHouse(join(folder, "data"), {
    stateBackend,
    modules: join(folder, "modules"),
    bucketCredentials: (kind) =>
      kind === server.backend.is ? (away.is ? NO_CREDENTIALS : server.credentials) : null,
  });
  const worker = house.startWorker();
  const applyRun = async (id: DeploymentId) =>
    (await house.parts.runs.ofDeployment(id)).find(({ kind }) => kind === "apply");
  return {
    house,
    turnAway(now: boolean): void {
      away.is = now;
    },
    async hasSaid(id: DeploymentId, step: string): Promise<boolean> {
      const run = await applyRun(id);
      const events = run === undefined ? [] : await house.parts.runs.events(run.id, 0, 1_000);
      return events.some(({ type, message }) => type === "step" && message === step);
    },
    async planned(name: string, vars: Vars): Promise<Deployment> {
      const wanted = { name, module: "local_app_env", vars };
      const { id } = done(await house.service.request(asked("dev"), wanted));
      done(await house.service.plan(asked("dev"), id, {}));
      return eventually(house, id, waitsForVotes);
    },
    async applied(id: DeploymentId): Promise<Deployment> {
      await approve(house, id);
      return settled(house, id);
    },
    /** Terraform is at work on at least one object. */
    async hasBegun(id: DeploymentId): Promise<boolean> {
      return (await throughWith(house, id)) > 0;
    },
    async killApply(id: DeploymentId): Promise<void> {
      const run = await applyRun(id);
      await killSession(run?.process ?? { pid: 0, startTime: "", bootId: "" });
    },
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      await house[Symbol.asyncDispose]();
    },
  };
}

function serialIn(state: string | null): number {
  return Number(/"serial": (\d+)/.exec(state ?? "")?.[1]);
}

function raised(state: string): string {
  return state.replace(/"serial": (\d+)/, (_all, serial) => `"serial": ${Number(serial) + 1}`);
}

function filesIn(folder: string): string[] {
  const found = readdirSync(join(folder, "data"), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
