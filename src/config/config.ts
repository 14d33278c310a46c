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

/** Everything the program was told, checked; a switched-off part is null. */
export type Config = {
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
const DEFAULT_PORT = 3000;
const DEFAULT_CONCURRENCY = 2;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/** Reads the environment. Throws `StartRefused` with one clear sentence when it cannot be right. */
export function readConfig(variables: Variables): Config {
  const env = parse(variables);
  refuseMissingParts(variables, env);
  const host = env.HOST ?? "127.0.0.1";
  const cloud = readCloud(variables, env);
  return {
    http: { host, port: env.PORT ?? DEFAULT_PORT, publicUrl: env.PUBLIC_URL ?? null },
    ...placesOf(env),
    modules: readModules(variables, env),
    databaseUrl: secret(env.DATABASE_URL),
    queue: readQueue(env),
    console: isConsoleOn(env, host),
    terraformBin: env.TERRAFORM_BIN ?? null,
    secretKey: secret(env.SECRET_KEY),
    previousSecretKey: secret(env.SECRET_KEY_PREVIOUS),
    concurrency: env.WORKER_CONCURRENCY ?? DEFAULT_CONCURRENCY,
    logLevel: env.LOG_LEVEL ?? "info",
    cloud,
    stateBackend: readStateBackend(env),
    ignoredCredentials: ignoredCredentials(variables, cloud),
    searchPath: variables["PATH"] ?? "",
  };
}

/** Folders and files, as absolute paths. */
function placesOf(env: Env) {
  const dataDir = resolve(env.DATA_DIR ?? join(ROOT, ".data"));
  return {
    dataDir,
    providersDir: env.PROVIDERS_DIR ?? join(dataDir, "providers"),
    policyFile: pathOf(env.POLICY_FILE),
    regionsFile: join(ROOT, "terraform/regions.yaml"),
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

/** Production starts only once every part it insists on exists. */
function refuseMissingParts(variables: Variables, env: Env): void {
  if (env.NODE_ENV === "production") {
    const parts = ["Slack or Teams", "a real cloud", "isolation of runs"];
    throw new StartRefused("production", { parts: parts.join(", ") });
  }
  for (const [name, part] of Object.entries(NOT_YET)) {
    if ((variables[name] ?? "") !== "") {
      throw new StartRefused("not-yet", { name, part });
    }
  }
}

/** The console is the only door of this version, and it opens on loopback alone. */
function isConsoleOn(env: Env, host: string): boolean {
  const isLoopback = LOOPBACK.has(host);
  if (env.CONSOLE === "on" && !isLoopback) {
    throw new StartRefused("console-off-loopback", { host });
  }
  if (env.CONSOLE === "off" || !isLoopback) {
    throw new StartRefused("no-door");
  }
  // The built-in people belong to local mode; beside a real cloud they are let in on purpose only.
  if (env.CLOUD === "real" && env.CONSOLE === undefined) {
    throw new StartRefused("cloud-real-no-door");
  }
  return true;
}

function pathOf(value: string | undefined): string | null {
  return value === undefined ? null : resolve(value);
}

function secret(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value);
}
