import type { RequestListener } from "node:http";
import { createApplying } from "#deployments/applying.ts";
import { createDrifting } from "#deployments/drifting.ts";
import { createLeftovers } from "#deployments/leftovers.ts";
import type { Deployment, Place } from "#deployments/deployment.ts";
import type { DeploymentId, RunId } from "#deployments/ids.ts";
import type { StateSerials } from "#deployments/state-ports.ts";
import { createPlanning } from "#deployments/planning.ts";
import {
  createDeploymentService,
  type DeploymentService,
  type ServiceParts,
} from "#deployments/service.ts";
import { openRunDoor } from "#http/run-door.ts";
import { openStateListener } from "#http/state-listener.ts";
import { stateRoutes } from "#http/state.ts";
import { openTunnels } from "#http/tunnel.ts";
import { runSocket } from "#isolation/run-network.ts";
import { createStateHolders } from "#persistence/interventions.ts";
import { createStateAccess } from "#persistence/state-access.ts";
import { createStateSerials } from "#persistence/state-serials.ts";
import { createStateStore } from "#persistence/state.ts";
import type { RunnerParts } from "#runner/job.ts";
import { openSpawner } from "#runner/spawner.ts";
import { startWorker, type Worker } from "#runner/worker.ts";
import { bucketCredentials } from "./clouds.ts";
import { diesWithUs } from "./container.ts";
import { moduleAt } from "./modules.ts";
import type { Foundation } from "./foundation.ts";
import type { Execution } from "./terraform.ts";
import { viewerBehind } from "./tokens.ts";
import { pollMsOf } from "./wake.ts";

/** This version has no prices. */
const NO_PRICES = () => null;

/**
 * The use cases of deployments and, where this process executes runs, the worker for them with
 * Terraform's state route: bound before the worker takes up what an earlier process left. `stop`
 * has that worker end its runs, for those who take longer to close.
 */
export async function startRunning(
  base: Foundation,
  closing: AsyncDisposableStack,
): Promise<{ readonly service: DeploymentService; readonly stop: () => void }> {
  const { db, keys } = base;
  const stateStore = createStateStore(db, keys);
  const states = createStateSerials(db, stateStore);
  const parts = heartOf(base, states);
  const { execution } = base;
  const service = createDeploymentService(parts);
  if (execution === null) {
    return { service, stop: () => {} };
  }
  const worker = closing.use(await openWorker(base, { parts, stateStore, execution }, closing));
  return { service, stop: () => void worker.stop() };
}

type WorkerParts = {
  readonly parts: ServiceParts & Foundation & { readonly states: StateSerials };
  readonly stateStore: ReturnType<typeof createStateStore>;
  readonly execution: Execution;
};

async function openWorker(
  base: Foundation,
  { parts, stateStore, execution }: WorkerParts,
  closing: AsyncDisposableStack,
): Promise<Worker> {
  const { config, db, keys, log } = base;
  const { states } = parts;
  const { terraform, clouds, isolation } = execution;
  const listener = stateRoutes({ state: stateStore, log });
  const { baseUrl } = closing.use(await openStateListener({ dataDir: config.dataDir, listener }));
  closing.use(await openRunDoors(base, listener));
  return startWorker(
    {
      ...base,
      dataDir: config.dataDir,
      ...clouds.parts,
      terraform,
      sealer: {
        seal: (plain, run) => keys.seal("run-secrets", plain, run),
        open: (sealed, run) => keys.open("run-secrets", sealed, run),
      },
      spawner: closing.use(openSpawner()),
      isolation: isolation.launcher,
      reports: { ...createPlanning(parts), ...createApplying(parts), ...createDrifting(parts) },
      leftovers: createLeftovers(parts),
      states: alsoReleasing(
        createStateAccess({ db, keys, baseUrl: isolation.launcher.stateUrl ?? baseUrl }),
        clouds.release,
      ),
      stateStore,
      buckets: { ...bucketCredentials(config), ...states },
      moduleAt: (name, pin) => moduleAt(config, name, pin),
      upstream: (deployment, name) => upstreamOf(base, deployment, name),
      stopWaitMs: config.stopWaitMs,
      onStop: config.appliesOnStop ?? (diesWithUs() ? "interrupt" : "leave"),
      now: base.clock,
    },
    { wake: base.wake, concurrency: config.concurrency, pollMs: pollMsOf(config) },
  );
}

/**
 * What runs without a network reach. Opened whatever runs have now: an apply that outlived its
 * server may have none.
 */
async function openRunDoors(
  { config: { dataDir }, log }: Foundation,
  listener: RequestListener,
): Promise<AsyncDisposable> {
  await using doors = new AsyncDisposableStack();
  const [state, cloud] = [runSocket(dataDir, "state"), runSocket(dataDir, "cloud")];
  if (state !== null && cloud !== null) {
    doors.use(await openRunDoor(state, { listener, tunnel: null }));
    doors.use(await openRunDoor(cloud, { listener, tunnel: openTunnels({ log }) }));
  }
  return doors.move();
}

/** Where a run's access to its state ends, its credentials end too. */
function alsoReleasing(
  states: RunnerParts["states"],
  release: (run: RunId) => Promise<void>,
): RunnerParts["states"] {
  return {
    ...states,
    async release(run) {
      await states.release(run);
      await release(run);
    },
  };
}

/** What the use cases work with beside the foundation. */
function heartOf(base: Foundation, states: StateSerials) {
  const { config, db } = base;
  return {
    ...base,
    states,
    stateBackend: config.stateBackend,
    simulated: config.cloud.is === "simulated",
    placesOf: config.console ? consoleThread : nowhere,
    prices: NO_PRICES,
    holders: createStateHolders(db),
    stopWaitMs: config.stopWaitMs,
  };
}

/** Cards of an API request stand in a console thread of their own. */
function consoleThread(deployment: DeploymentId): readonly Place[] {
  return [{ platform: "console", conversation: "console", thread: deployment }];
}

/** No chat is configured, so nobody can be asked. */
function nowhere(): readonly Place[] {
  return [];
}

/** Non-sensitive outputs of a deployment that whoever asked for this change may see, as JSON. */
async function upstreamOf(
  base: Foundation,
  deployment: Deployment,
  name: string,
): Promise<string | null> {
  const asker = deployment.change?.requester ?? deployment.requester;
  const viewer = viewerBehind(base, asker);
  const found = viewer === null ? null : await base.deployments.seen(viewer, name);
  if (found === null) {
    return null;
  }
  const open = found.outputs.filter(({ sensitive }) => !sensitive);
  return JSON.stringify(Object.fromEntries(open.map(({ name, value }) => [name, value])));
}
