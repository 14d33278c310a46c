import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogLevel } from "#telemetry/log.ts";
import { Secret } from "#telemetry/secret.ts";
import { ignoredCredentials, readCloud, type CloudConfig } from "./cloud.ts";
import { Env, NOT_YET } from "./env.ts";
import { readQueue, type QueueConfig } from "./queue.ts";
import { readModules, type ModulesConfig } from "./modules.ts";
import { StartRefused } from "./start-refused.ts";
import { readStateBackend, type StateBackendConfig } from "./state-backend.ts";

/** `worker`: executes runs, and nobody comes in. */
export type Role = "all" | "worker";

/** Everything the program was told, checked; a switched-off part is null. */
export type Config = {
  readonly role: Role;
  /** NODE_ENV=production: nothing may stand in for the real thing. */
  readonly production: boolean;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl: string | null;
  };
  readonly dataDir: string;
  /** Null: the embedded database under `dataDir`. */
  readonly databaseUrl: Secret | null;
  readonly queue: QueueConfig;
  readonly console: boolean;
  /** CONSOLE=on was said. */
  readonly consoleAsked: boolean;
  /** Null: no API token is known. */
  readonly apiTokensFile: string | null;
  /** `said`: on purpose, by MODEL=offline. */
  readonly model: { readonly is: "offline"; readonly said: boolean };
  readonly modules: ModulesConfig;
  /** Null: the built-in policy of local mode. */
  readonly policyFile: string | null;
  readonly regionsFile: string;
  readonly curriculumFolder: string;
  /** Null: `terraform`, else `tofu`, on PATH. */
  readonly terraformBin: string | null;
  /** Null: generated under `dataDir` at the first start. */
  readonly secretKey: Secret | null;
  readonly previousSecretKey: Secret | null;
  /** Runs at once in this process; 0: doors only. */
  readonly concurrency: number;
  /** So long a cancelled apply may take to end by itself before a person may have it killed. */
  readonly stopWaitMs: number;
  /** What runs reach; `said`: on purpose, so that nothing less may stand in for it. */
  readonly runNetwork: { readonly is: "none" | "shared"; readonly said: boolean };
  /** What becomes of running applies when this process is told to end; null: as this machine is. */
  readonly appliesOnStop: "leave" | "interrupt" | null;
  readonly logLevel: LogLevel;
  readonly cloud: CloudConfig;
  readonly stateBackend: StateBackendConfig;
  /** Filesystem mirror, unpacked, that runs in a real cloud install from, and from nowhere else. */
  readonly providersDir: string;
  /** Names of cloud credentials in the environment, which no run will see. */
  readonly ignoredCredentials: readonly string[];
  /** PATH of this process: where Terraform and the shells' tools are looked for. */
  readonly searchPath: string;
};

type Variables = Readonly<Record<string, string | undefined>>;

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SHIPPED_POLICY = join(ROOT, "terraform/policy.yaml");
const REGIONS = join(ROOT, "terraform/regions.yaml");
const DEFAULT_PORT = 3000;
const DEFAULT_STOP_MINUTES = 10;
const DEFAULT_CONCURRENCY = 2;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/** True when only this machine reaches the address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** Reads the environment. Throws `StartRefused` with one clear sentence when it cannot be right. */
export function readConfig(variables: Variables, role: Role = "all"): Config {
  const env = parse(variables);
  refuseMissingParts(variables);
  const production = env.NODE_ENV === "production";
  const host = env.HOST ?? (production ? "0.0.0.0" : "127.0.0.1");
  const cloud = readCloud(variables, env);
  const door = doorsOf(env, { host, production, role });
  refuseLonelyWorker(env, role);
  const stateBackend = readStateBackend(env);
  return {
    role,
    production,
    http: { host, port: env.PORT ?? DEFAULT_PORT, publicUrl: env.PUBLIC_URL ?? null },
    ...placesOf(env, door.console),
    ...door,
    modules: readModules(variables, env),
    databaseUrl: secret(env.DATABASE_URL),
    queue: readQueue(env),
    model: { is: "offline", said: env.MODEL === "offline" },
    terraformBin: env.TERRAFORM_BIN ?? null,
    secretKey: secret(env.SECRET_KEY),
    previousSecretKey: secret(env.SECRET_KEY_PREVIOUS),
    ...runLimits(env),
    runNetwork: networkOf(env, cloud),
    logLevel: env.LOG_LEVEL ?? "info",
    cloud,
    stateBackend,
    ignoredCredentials: ignoredCredentials(variables, cloud, stateBackend),
    searchPath: variables["PATH"] ?? "",
  };
}

/** Folders and files, as absolute paths. */
function placesOf(env: Env, consoleOn: boolean) {
  const dataDir = resolve(env.DATA_DIR ?? join(ROOT, ".data"));
  return {
    dataDir,
    providersDir: env.PROVIDERS_DIR ?? join(dataDir, "providers"),
    policyFile: pathOf(env.POLICY_FILE) ?? (consoleOn ? null : SHIPPED_POLICY),
    regionsFile: REGIONS,
    curriculumFolder: join(ROOT, "curriculum"),
  };
}

function parse(variables: Variables): Env {
  const parsed = Env.safeParse(variables);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new StartRefused("bad-variable", {
    name: issue?.path.join(".") ?? "",
    problem: issue?.message ?? "",
  });
}

function refuseMissingParts(variables: Variables): void {
  for (const [name, part] of Object.entries(NOT_YET)) {
    if ((variables[name] ?? "") !== "") {
      throw new StartRefused("not-yet", { name, part });
    }
  }
}

/** A worker shares its record with the processes that have doors, and is told of runs by a bell. */
function refuseLonelyWorker(env: Env, role: Role): void {
  if (role !== "worker") {
    return;
  }
  if (env.DATABASE_URL === undefined) {
    throw new StartRefused("worker-needs", { what: "DATABASE_URL" });
  }
  if (env.REDIS_URL === undefined && env.QUEUE !== "postgres") {
    throw new StartRefused("worker-needs", { what: "REDIS_URL or QUEUE=postgres" });
  }
  if (env.WORKER_CONCURRENCY === 0) {
    throw new StartRefused("worker-idle");
  }
}

type Where = { readonly host: string; readonly production: boolean; readonly role: Role };

/** How people and machines come in. Production without a door is no stand-in: it starts and says so. */
function doorsOf(env: Env, where: Where) {
  const console = isConsoleOn(env, where);
  const apiTokensFile = pathOf(env.API_TOKENS_FILE);
  const needsDoor = where.role === "all" && !where.production;
  if (!console && apiTokensFile === null && needsDoor) {
    const isLocalBut = env.CLOUD === "real" && env.CONSOLE === undefined;
    throw new StartRefused(isLocalBut ? "cloud-real-no-door" : "no-door");
  }
  return { console, apiTokensFile, consoleAsked: env.CONSOLE === "on" };
}

/** By itself in local mode only; beside a real cloud its built-in people are let in on purpose. */
function isConsoleOn(env: Env, { host, production }: Where): boolean {
  if (production) {
    return false;
  }
  if (env.CONSOLE === "on" && !isLoopback(host)) {
    throw new StartRefused("console-off-loopback", { host });
  }
  const isLocalMode = isLoopback(host) && env.CLOUD !== "real";
  return env.CONSOLE === undefined ? isLocalMode : env.CONSOLE === "on";
}

/** What the command that makes API tokens reads and writes; it needs no other setting. */
export function tokenFilesOf(variables: Variables) {
  const env = parse(variables);
  return {
    tokens: pathOf(env.API_TOKENS_FILE),
    /** Null: POLICY_FILE is not set, and the server may have the built-in or the shipped one. */
    policy: pathOf(env.POLICY_FILE),
    shippedPolicy: SHIPPED_POLICY,
    regions: REGIONS,
  };
}

function pathOf(value: string | undefined): string | null {
  return value === undefined ? null : resolve(value);
}

function secret(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value);
}

/** A real cloud may stand where only the host's own network leads: there it is asked for. */
function networkOf({ RUN_NETWORK }: Env, { is }: CloudConfig): Config["runNetwork"] {
  return {
    is: RUN_NETWORK ?? (is === "real" ? "shared" : "none"),
    said: RUN_NETWORK !== undefined,
  };
}

function runLimits(env: Env): Pick<Config, "concurrency" | "stopWaitMs" | "appliesOnStop"> {
  return {
    concurrency: env.WORKER_CONCURRENCY ?? DEFAULT_CONCURRENCY,
    stopWaitMs: (env.STOP_WAIT_MINUTES ?? DEFAULT_STOP_MINUTES) * 60_000,
    appliesOnStop: env.APPLIES_ON_STOP ?? null,
  };
}
