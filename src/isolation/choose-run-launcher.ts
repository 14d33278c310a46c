import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import {
  findRunTools,
  OPEN_RUNS,
  prepareRunLauncher,
  type RunLauncher,
  type RunTools,
  type Shown,
} from "./run-launch.ts";
import { HOST_NETWORK, prepareRunNetwork, runSocket, type RunNetwork } from "./run-network.ts";
import { testRunLauncher, type RunCheck } from "./run-self-test.ts";

export type RunIsolation = {
  readonly launcher: RunLauncher;
  /** What was tried from inside; empty when bubblewrap is not on this host. */
  readonly checks: readonly RunCheck[];
  /** Why runs are not shut in, for operators; null when they are. */
  readonly reason: string | null;
  /** Why runs share this machine's network although they were to have none, for operators. */
  readonly sharing: string | null;
};

export type RunHost = {
  readonly dataDir: string;
  /** PATH of the server. */
  readonly path: string;
  /** Absolute path of the Terraform that runs use. */
  readonly terraform: string;
  readonly shown: Shown;
  /** Folders that a run sees empty where it sees them at all; DATA_DIR is always among them. */
  readonly hidden: readonly string[];
  /** `none`: what a run reaches is what this server serves it on a socket. */
  readonly network: "none" | "shared";
};

/**
 * None for a Terraform that is a script. Bubblewrap where a sandbox as runs get it passes the
 * self-test on this host, without a network where that passes too, else none. Whether that is good
 * enough is the caller's decision: production refuses none.
 */
export async function chooseRunLauncher(host: RunHost): Promise<RunIsolation> {
  const chosen = await tryLauncher(host);
  if (host.network === "shared" || chosen.reason === null) {
    return chosen;
  }
  return { ...(await tryLauncher({ ...host, network: "shared" })), sharing: chosen.reason };
}

async function tryLauncher(host: RunHost): Promise<RunIsolation> {
  const { dataDir, path, terraform, shown, hidden } = host;
  const tools = findRunTools(path);
  if (tools === null) {
    return none("bwrap, bash or prlimit is not on PATH, or not x86_64 Linux");
  }
  try {
    if (isScript(terraform)) {
      return none(
        `${terraform} is a script, and nobody can know what it needs of this host: name the binary itself`,
      );
    }
    const network = await networkFor(host, tools);
    const launcher = await prepareRunLauncher({ dataDir, tools, hidden, network });
    const checks = await testRunLauncher(launcher, {
      dataDir,
      hidden: OURS.map((name) => join(dataDir, name)),
      program: [terraform, "version"],
      bash: tools.bash,
      shown,
    });
    const failed = checks.filter(({ ok }) => !ok);
    const why = failed.map(({ check, detail }) => `${check}: ${detail}`).join("; ");
    return failed.length === 0
      ? { launcher, checks, reason: null, sharing: null }
      : { ...none(`the self-test failed: ${why}`), checks };
  } catch (error) {
    return none(`the sandbox could not be prepared: ${String(error)}`);
  }
}

async function networkFor(
  { network, dataDir }: Pick<RunHost, "network" | "dataDir">,
  { bash }: RunTools,
): Promise<RunNetwork> {
  if (network === "shared") {
    return HOST_NETWORK;
  }
  if (runSocket(dataDir, "state") === null) {
    throw new Error(`${dataDir} is too long a path for a socket`);
  }
  return prepareRunNetwork({ dataDir, bash, node: process.execPath });
}

// What lies in DATA_DIR beside the clouds and providers that are shown on purpose.
const OURS = ["secret-key", "database", "pg", "changes", "runs", "isolation", "network"];

/** A wrapper may set variables and name folders that only its author knows. */
function isScript(file: string): boolean {
  const start = Buffer.alloc(2);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return start.toString("latin1") === "#!";
}

function none(reason: string): RunIsolation {
  return { launcher: OPEN_RUNS, checks: [], reason, sharing: null };
}
