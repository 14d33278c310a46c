import { randomBytes, randomUUID } from "node:crypto";
import { openBell, type Bell } from "#bots/console/bell.ts";
import type { Config } from "#config/config.ts";
import { StartRefused } from "#config/start-refused.ts";
import { loadCourse, type Course } from "#curriculum/course.ts";
import type { Hasher } from "#deployments/hashing.ts";
import { withRegionWords } from "#deployments/region-words.ts";
import { randomIds, type Ids } from "#deployments/ids.ts";
import { LOCAL_POLICY, type PolicySource } from "#deployments/policy.ts";
import type {
  Catalogue,
  Deployments,
  DriftChecks,
  Plans,
  Regions,
  Runs,
  Step,
  Wake,
} from "#deployments/ports.ts";
import type { Database } from "#persistence/database.ts";
import { createDeployments } from "#persistence/deployments.ts";
import { createDriftChecks } from "#persistence/drift-checks.ts";
import { createHasher } from "#persistence/hasher.ts";
import type { Keys } from "#persistence/keys.ts";
import type { ApiTokens } from "#http/ports.ts";
import { createPlans } from "#persistence/plans.ts";
import { openPolicyFile, PolicyFileWrong } from "#persistence/policy-file.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { createRuns } from "#persistence/runs.ts";
import type { Log } from "#telemetry/log.ts";
import { offeredModules } from "./modules.ts";
import { kept, openStore } from "./store.ts";
import { openExecution, type Execution } from "./terraform.ts";
import { openTokens } from "./tokens.ts";
import { openWake } from "./wake.ts";

/** What every other part stands on. */
export type Foundation = {
  readonly config: Config;
  readonly log: Log;
  readonly db: Database;
  readonly keys: Keys;
  readonly deployments: Deployments;
  readonly runs: Runs;
  readonly plans: Plans;
  readonly driftChecks: DriftChecks;
  readonly catalogue: Catalogue;
  readonly course: Course;
  readonly policy: PolicySource;
  readonly tokens: ApiTokens;
  readonly regions: Regions;
  /** What votes are bound to. */
  readonly hasher: Hasher;
  readonly ids: Ids;
  readonly clock: () => Date;
  readonly wake: Wake;
  /** Rings after a commit that has something to announce. */
  readonly announced: Bell;
  /** Null: doors only, other processes execute runs. */
  readonly execution: Execution | null;
  /** Of this DATA_DIR: it finds its own runs again after a restart. */
  readonly worker: string;
};

/**
 * Takes DATA_DIR, opens the database and brings it up to date, opens the stores and reads the
 * modules and lessons. What must be closed goes onto `closing`.
 */
export async function openFoundation(
  config: Config,
  log: Log,
  closing: AsyncDisposableStack,
): Promise<Foundation> {
  const { db, keys } = closing.use(await openStore(config));
  const regions = openRegions(config.regionsFile);
  const wake = await openWake({ config, db, log }, closing);
  const announced = openBell();
  const committed = ringing({ wake, announced });
  const deployments = createDeployments({ db, keys, committed });
  return {
    config,
    log,
    db,
    keys,
    deployments,
    wake,
    announced,
    runs: createRuns(db),
    plans: createPlans(db, keys),
    driftChecks: createDriftChecks(db),
    catalogue: withRegionWords(await offeredModules(config, log), regions),
    course: readCourse(config, log),
    policy: openPolicy({ config, log, regions }, closing),
    tokens: openTokens(config, log, closing),
    regions,
    hasher: createHasher(keys),
    ids: randomIds(randomBytes),
    clock: () => new Date(),
    execution: config.concurrency === 0 ? null : await openExecution(config, log),
    worker: kept(config.dataDir, "worker-id", () => `worker-${randomUUID()}`),
  };
}

/** A run starts in this time; drawing its cards would take the database from it meanwhile. */
const CARDS_AFTER_MS = 100;

/** What a commit makes known: runs to workers, and then announcements to the announcer. */
function ringing({ wake, announced }: Pick<Foundation, "wake" | "announced">) {
  return ({ runs, announce }: Pick<Step, "runs" | "announce">): void => {
    runs.forEach((run) => void wake.wake(run.id));
    if (announce.length === 0) {
      return;
    }
    const isStarting = runs.length > 0 || announce.every(({ card }) => card === "progress");
    setTimeout(() => announced.ring(), isStarting ? CARDS_AFTER_MS : 0).unref();
  };
}

function openPolicy(
  { config, log, regions }: Pick<Foundation, "config" | "log" | "regions">,
  closing: AsyncDisposableStack,
): PolicySource {
  if (config.policyFile === null) {
    return { current: () => LOCAL_POLICY };
  }
  try {
    return closing.use(openPolicyFile(config.policyFile, { regions, log }));
  } catch (error) {
    if (error instanceof PolicyFileWrong) {
      throw new StartRefused("policy-file", { file: config.policyFile, problem: error.problem });
    }
    throw error;
  }
}

/** A lesson with a mistake is left out and named; the others are served. */
function readCourse(config: Config, log: Log): Course {
  const { course, problems } = loadCourse(config.curriculumFolder);
  for (const { path, code, line } of problems.filter(({ level }) => level === "error")) {
    log.warn({ path, line, code }, "a lesson is left out; npm run curriculum:check says why");
  }
  return course;
}
