import { randomBytes } from "node:crypto";
import { ChangeId, Digest, machineId, PersonId, randomIds, RunId } from "#deployments/ids.ts";
import type { Plan } from "#deployments/change.ts";
import { LOCAL_POLICY, viewerOf, type Policy } from "#deployments/policy.ts";
import type { ApplyEnd, Catalogue, Module } from "#deployments/ports.ts";
import type { StateStore } from "#deployments/state-ports.ts";
import { createApplying } from "#deployments/applying.ts";
import { createDrifting } from "#deployments/drifting.ts";
import { createPlanning } from "#deployments/planning.ts";
import { createDeploymentService, type Asked, type Ballot } from "#deployments/service.ts";
import { OWN_STATE } from "#deployments/state-backend.ts";
import type { Viewer } from "#deployments/viewer.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { createDriftChecks } from "#persistence/drift-checks.ts";
import { createDeployments } from "#persistence/deployments.ts";
import type { Database } from "#persistence/database.ts";
import { createHasher } from "#persistence/hasher.ts";
import { openKeys } from "#persistence/keys.ts";
import { createStateHolders } from "#persistence/interventions.ts";
import { createRuns } from "#persistence/runs.ts";
import { Secret } from "#telemetry/secret.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";

const KEYS = openKeys({ secret: new Secret("a-secret-key"), previous: null });

export const MODULE: Module = {
  name: "fixture_env",
  version: "1.0.0",
  cloud: "local",
  title: { en: "Fixture environment", ko: "시험 환경" },
  summary: { en: "For tests.", ko: "시험용." },
  aliases: ["fixture"],
  environments: ["dev", "stg", "prod"],
  region: null,
  providers: [],
  facts: {
    category: "application",
    status: "stable",
    replacedBy: null,
    prodRequires: [],
    risks: [],
    approval: { minApprovers: 1, secondApproverWhen: [] },
    cost: { drivers: [], freeByDefault: true, usage: {} },
    drift: { sensitive: [], ignore: [] },
    permissions: [],
    apis: [],
    inputsFrom: {},
    planSeconds: null,
    applySeconds: null,
    lessons: [],
    example: {},
  },
  variables: [],
  outputs: [],
  outputsSummary: [],
  upstreamVariables: ["upstream"],
  requiredTerraform: ">= 1.11.0, < 2.0.0",
  folder: "/nowhere",
  commit: "tree-0",
  tree: "0",
};

/** Takes every value but `bad`. */
const CATALOGUE: Catalogue = {
  modules: () => [MODULE],
  module: (name) => (name === MODULE.name ? MODULE : null),
  check: (_module, vars) =>
    "bad" in vars ? [{ variable: "bad", code: "unknown", params: {} }] : [],
};

/** The heart on real stores; the state's serial and the clock are the test's to set. */
export function heart(db: Database, keys = KEYS) {
  const world: { now: Date; serial: number | null; policy: Policy } = {
    now: new Date("2026-11-21T08:00:00Z"),
    serial: null,
    policy: LOCAL_POLICY,
  };
  const states: StateStore = {
    newest: async () =>
      world.serial === null ? null : { serial: world.serial, lineage: "l", body: "{}" },
  };
  const deployments = createDeployments({ db, keys, committed: () => {} });
  const parts = {
    deployments,
    catalogue: CATALOGUE,
    states,
    simulated: false,
    stateBackend: OWN_STATE,
    hasher: createHasher(keys),
    policy: { current: (): Policy => world.policy },
    ids: randomIds(randomBytes),
    clock: () => world.now,
    placesOf: () => [],
    regions: { all: () => [] },
    prices: () => null,
    driftChecks: createDriftChecks(db),
    runs: createRuns(db),
    holders: createStateHolders(db),
    stopWaitMs: 600_000,
  };
  return {
    world,
    deployments,
    runs: createRuns(db),
    service: createDeploymentService(parts),
    reports: { ...createDrifting(parts), ...createPlanning(parts), ...createApplying(parts) },
    parts,
    plansTable: () => db("plans"),
  };
}

/** The end of an apply that went well. */
export const APPLIED: ApplyEnd = {
  exitCode: 0,
  started: 1,
  uncertain: [],
  managed: 1,
  outputs: [],
  resources: [],
  cancelled: false,
  stale: false,
  error: "",
};

export type Heart = ReturnType<typeof heart>;

export function person(name: string): Viewer {
  const viewer = viewerOf(LOCAL_POLICY, PersonId.parse(name));
  if (viewer === null) {
    throw new Error(`${name} is not in the local policy`);
  }
  return viewer;
}

/** A token of dev-team; without an owner, one of before owners were on record. */
export function machine(owner?: string): Viewer {
  return {
    person: machineId("ci-aaaaaaaaaa"),
    name: "ci",
    roles: ["viewer", "requester"],
    teams: ["dev-team"],
    groups: [],
    kind: "machine",
    ...(owner === undefined ? {} : { owner: PersonId.parse(owner) }),
  };
}

export function asked(name: string, more: Partial<Asked> = {}): Asked {
  return {
    by: person(name),
    in: "chat",
    lang: "en",
    place: { platform: "console", conversation: "console", thread: "thr-1" },
    requestKey: null,
    ...more,
  };
}

export function plan(serial: number | null, digest = "a".repeat(64)): Plan {
  return {
    digest: Digest.parse(digest),
    summary: {
      add: 1,
      change: 0,
      destroy: 0,
      replace: 0,
      resources: [{ address: "module.this.x.y", type: "x", action: "create" }],
      outputs: [],
      digest,
      terraformVersion: "1.11.4",
      moduleCommit: "tree-0",
      moduleVersion: "1.0.0",
      movesFrom: null,
    },
    risk: { level: "low", reasons: [] },
    module: { commit: "tree-0", version: "1.0.0", tree: "0" },
    stateSerial: serial,
    madeAt: new Date("2026-11-21T08:00:01Z"),
  };
}

export function done(answer: Deployment | Refusal | null): Deployment {
  if (answer === null || isRefusal(answer)) {
    throw new Error(`Expected a deployment, got ${JSON.stringify(answer)}`);
  }
  return answer;
}

export function refusedWith(answer: Deployment | Refusal | null): string | null {
  return isRefusal(answer) ? answer.code : null;
}

/** Claims the oldest queued run as a worker would. */
export async function claim(heart: Heart) {
  const run = await heart.runs.claimNext("worker-1");
  if (run === null) {
    throw new Error("No run is queued");
  }
  return { run: RunId.parse(run.id), fence: run.fence, worker: "worker-1" };
}

export function ballot(deployment: Deployment, more: Partial<Ballot> = {}): Ballot {
  const { change } = deployment;
  return {
    change: ChangeId.parse(change?.id),
    decision: "approve",
    digest: change !== null && "plan" in change ? change.plan.digest : "",
    reason: null,
    confirmName: deployment.name,
    platform: "console",
    shown: null,
    requestKey: null,
    ...more,
  };
}

/** A deployment whose plan waits for votes. */
export async function waiting(
  heart: Heart,
  name = "shop",
  by: Viewer = person("dev"),
): Promise<Deployment> {
  const asking = asked("dev", { by });
  const made = done(await heart.service.request(asking, { name, module: MODULE.name, vars: {} }));
  done(await heart.service.plan(asking, made.id, {}));
  const held = await claim(heart);
  await savePlanRow(heart, made.id);
  const ready = done(await heart.reports.planReady(held, made.id, plan(heart.world.serial)));
  await heart.runs.end(held, "done");
  return ready;
}

/** The plans store needs keys; the heart only looks at the row's use. */
export async function savePlanRow(heart: Heart, id: Deployment["id"]): Promise<void> {
  const now = await heart.deployments.load(id);
  await heart.plansTable().insert({
    change_id: now?.change?.id,
    digest: "a".repeat(64),
    facts: "{}",
    text_sealed: Buffer.alloc(0),
    json_sealed: Buffer.alloc(0),
  });
}
