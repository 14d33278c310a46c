import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { createApplying } from "#deployments/applying.ts";
import type { Vars } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { randomIds, type RunId } from "#deployments/ids.ts";
import { createDrifting } from "#deployments/drifting.ts";
import { createLeftovers } from "#deployments/leftovers.ts";
import { createPlanning } from "#deployments/planning.ts";
import { LOCAL_POLICY } from "#deployments/policy.ts";
import { createDeploymentService } from "#deployments/service.ts";
import { OWN_STATE, type StateBackend } from "#deployments/state-backend.ts";
import { openRunDoor } from "#http/run-door.ts";
import { openStateListener } from "#http/state-listener.ts";
import { stateRoutes } from "#http/state.ts";
import { OPEN_RUNS, type RunLauncher } from "#isolation/run-launch.ts";
import { runSocket } from "#isolation/run-network.ts";
import { openDatabase } from "#persistence/database.ts";
import { createDriftChecks } from "#persistence/drift-checks.ts";
import { createDeployments } from "#persistence/deployments.ts";
import { openKeys } from "#persistence/keys.ts";
import { migrateUp } from "#persistence/migrate.ts";
import { createHasher } from "#persistence/hasher.ts";
import { createPlans } from "#persistence/plans.ts";
import { createStateHolders } from "#persistence/interventions.ts";
import { createRuns } from "#persistence/runs.ts";
import { createStateAccess } from "#persistence/state-access.ts";
import { createStateSerials } from "#persistence/state-serials.ts";
import { createStateStore } from "#persistence/state.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import type { BucketCredentials, RunnerParts } from "#runner/job.ts";
import { openLocalWake } from "#runner/local-queue.ts";
import { findTerraform, spawnDetached } from "#runner/terraform.ts";
import { startWorker } from "#runner/worker.ts";
import { SILENT } from "#telemetry/log.ts";
import { Secret } from "#telemetry/secret.ts";
import { asked, ballot, done, person } from "./deployments.ts";

/** Parts to put in place of the usual ones, and what to put around the state route. */
type More = Partial<RunnerParts> & {
  readonly around?: (routes: RequestListener) => RequestListener;
  /** Where new deployments keep their state. */
  readonly stateBackend?: StateBackend;
  /** What else ends where a run's access to its state ends. */
  readonly onRelease?: (run: RunId) => Promise<void>;
  readonly bucketCredentials?: BucketCredentials["credentials"];
  /** The folder of the catalogue. */
  readonly modules?: string;
};

const MODULES = join(import.meta.dirname, "../fixtures/runner");

/**
 * Everything a worker needs, on the embedded database and the real state route in `dataDir`.
 * Opened again on the same folder it is the same house after a restart.
 */
export async function openHouse(dataDir: string, more: More = {}) {
  await using resources = new AsyncDisposableStack();
  const { db } = resources.use(await openDatabase({ kind: "embedded", dataDir }));
  await migrateUp(db);
  const keys = openKeys({ secret: new Secret("a-secret-key"), previous: null });
  const stateStore = createStateStore(db, keys);
  const stateSerials = createStateSerials(db, stateStore);
  const own = stateRoutes({ state: stateStore, log: SILENT });
  const routes = more.around?.(own) ?? own;
  const baseUrl = await openStateDoors(resources, { dataDir, routes, isolation: more.isolation });
  const wake = openLocalWake();
  const runs = createRuns(db);
  const deployments = createDeployments({
    db,
    keys,
    committed: (step) => step.runs.forEach((run) => void wake.wake(run.id)),
  });
  // Hostile on purpose: these tests show what stands behind the gate.
  const catalogue = await openCatalogue(more.modules ?? MODULES, { gate: async () => {} });
  const heart = {
    deployments,
    catalogue,
    states: stateSerials,
    simulated: more.simulated ?? false,
    stateBackend: more.stateBackend ?? OWN_STATE,
    hasher: createHasher(keys),
    policy: { current: () => LOCAL_POLICY },
    ids: randomIds(randomBytes),
    clock: () => new Date(),
    placesOf: () => [],
    regions: { all: () => [] },
    prices: () => null,
    driftChecks: createDriftChecks(db),
    runs,
    holders: createStateHolders(db),
    stopWaitMs: more.stopWaitMs ?? 600_000,
  };
  const parts: RunnerParts = {
    dataDir,
    worker: "worker-1",
    terraform: await terraform(),
    providersDir: null,
    awsEndpoint: false,
    simulated: false,
    deployments,
    catalogue,
    runs,
    plans: createPlans(db, keys),
    reports: { ...createDrifting(heart), ...createPlanning(heart), ...createApplying(heart) },
    leftovers: createLeftovers(heart),
    states: releasing(createStateAccess({ db, keys, baseUrl }), more.onRelease),
    stateStore,
    buckets: {
      credentials: more.bucketCredentials ?? (() => null),
      ...stateSerials,
    },
    moduleAt: async () => null,
    upstream: async () => null,
    credentials: async () => ({}),
    // Most tests leave marks on this host; those of the isolation itself give it.
    isolation: OPEN_RUNS,
    sealer: {
      seal: (plain, run) => keys.seal("run-secrets", plain, run),
      open: (sealed, run) => keys.open("run-secrets", sealed, run),
    },
    spawner: { spawnDetached },
    shown: { readOnly: [], writable: [] },
    stopWaitMs: 600_000,
    onStop: "leave",
    now: () => new Date(),
    log: SILENT,
    ...more,
  };
  const moved = resources.move();
  return {
    db,
    parts,
    wake,
    driftChecks: heart.driftChecks,
    service: createDeploymentService(heart),
    startWorker: (changed: Partial<RunnerParts> = {}) =>
      startWorker({ ...parts, ...changed }, { wake, concurrency: 2, pollMs: 100 }),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

type Doors = {
  readonly dataDir: string;
  readonly routes: RequestListener;
  readonly isolation: RunLauncher | undefined;
};

/** Serves the state, also to runs without a network; answers where runs find it. */
async function openStateDoors(
  resources: AsyncDisposableStack,
  { dataDir, routes, isolation = OPEN_RUNS }: Doors,
): Promise<string> {
  const listener = resources.use(await openStateListener({ dataDir, listener: routes }));
  const door = runSocket(dataDir, "state");
  if (isolation.stateUrl === null || door === null) {
    return listener.baseUrl;
  }
  resources.use(await openRunDoor(door, { listener: routes, tunnel: null }));
  return isolation.stateUrl;
}

function releasing(states: RunnerParts["states"], also: More["onRelease"]): RunnerParts["states"] {
  return {
    ...states,
    async release(run) {
      await states.release(run);
      await also?.(run);
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Without isolation, every command behind another one. */
export function through(before: readonly [string, ...string[]]): RunLauncher {
  return {
    ...OPEN_RUNS,
    launch: (command) => OPEN_RUNS.launch({ ...command, argv: [...before, ...command.argv] }),
  };
}

export function request(house: House, name: string, vars: Vars) {
  return house.service.request(asked("dev"), { name, module: "local_probe", vars });
}

/** Asks in a chat for a probe and for its plan. */
export async function askForProbe(house: House, name: string, vars: Vars): Promise<Deployment> {
  const made = done(await request(house, name, vars));
  return done(await house.service.plan(asked("dev"), made.id, {}));
}

/** What the probe with these marks does not make, or end, before the answer is called for it. */
type Held = number | `going-${number}`;

/** Nothing that follows has to be quick: these wait until the answer is called with them. */
export function hold(marks: string, things: readonly Held[]): (these?: readonly Held[]) => void {
  const fileOf = (thing: Held) => `${marks}.hold-${thing}`;
  things.forEach((thing) => writeFileSync(fileOf(thing), ""));
  return (these = things) => these.forEach((thing) => rmSync(fileOf(thing), { force: true }));
}

/** Asks for something that runs this command in the middle of its apply, and for its plan. */
export async function askForShell(house: House, name: string, command: string) {
  const wish = { name, module: "local_shell", vars: { command } };
  const made = done(await house.service.request(asked("dev"), wish));
  return done(await house.service.plan(asked("dev"), made.id, {}));
}

/** The deployment once `holds` is true of it. Throws after 100 s, saying what it is instead. */
export async function eventually(
  house: House,
  id: Deployment["id"],
  holds: (deployment: Deployment) => boolean,
): Promise<Deployment> {
  const end = performance.now() + 100_000;
  for (;;) {
    const now = await house.parts.deployments.load(id);
    if (now !== null && holds(now)) {
      return now;
    }
    if (performance.now() > end) {
      throw new Error(
        `Still ${JSON.stringify({ standing: now?.standing, change: now?.change, last: now?.lastChange })}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function waitsForVotes({ change }: Deployment): boolean {
  return change?.state === "awaiting_approval";
}

/** The deployment once no change is open and no run is under way. */
export async function settled(house: House, id: Deployment["id"]): Promise<Deployment> {
  for (;;) {
    const now = await eventually(house, id, ({ change }) => change === null);
    const runs = await house.parts.runs.ofDeployment(id);
    if (runs.every(({ endedAt }) => endedAt !== null)) {
      return now;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The approver approves what waits; the apply run is queued then. */
export async function approve(house: House, id: Deployment["id"]): Promise<Deployment> {
  const waiting = await eventually(house, id, waitsForVotes);
  return done(await house.service.vote(person("lead"), id, ballot(waiting)));
}

/** What is queued has waited so long for a worker that may apply it that any other takes it. */
export async function waitedInVain({ db }: House): Promise<void> {
  const old = db.raw("now() - interval '3 minutes'");
  await db("runs").where({ status: "queued" }).update({ queued_at: old });
}

/** How many things Terraform is through with in a deployment's newest apply. */
export async function throughWith(house: House, id: Deployment["id"]): Promise<number> {
  const run = (await house.parts.runs.ofDeployment(id)).find(({ kind }) => kind === "apply");
  const events = run === undefined ? [] : await house.parts.runs.events(run.id, 0, 10_000);
  return events.filter(({ type }) => type === "apply_complete").length;
}

async function terraform(): Promise<RunnerParts["terraform"]> {
  const found = await findTerraform(null, process.env["PATH"] ?? "");
  if (found === null) {
    throw new Error("These tests need terraform or tofu on PATH");
  }
  return found;
}
