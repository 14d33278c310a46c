import type { Config } from "#config/config.ts";
import type { RunId } from "#deployments/ids.ts";
import { realClouds, type CloudParts } from "#runner/clouds.ts";
import type { BucketCredentials } from "#runner/job.ts";
import { openLeases } from "#runner/leases.ts";
import { openVault } from "#runner/vault.ts";
import type { Log } from "#telemetry/log.ts";
import { openSimulation } from "./simulation.ts";

export type Clouds = {
  readonly parts: CloudParts;
  /** Ends the credentials that were made for a run. */
  readonly release: (run: RunId) => Promise<void>;
};

/** Where runs make what they make, and as whom. */
export async function openClouds(config: Config, log: Log): Promise<Clouds> {
  const { cloud, providersDir, dataDir } = config;
  if (cloud.is === "simulated") {
    return { parts: await openSimulation(config), release: nothingLent };
  }
  const { variables, roles } = cloud;
  if (roles === null) {
    return { parts: realClouds({ providersDir, variables }), release: nothingLent };
  }
  const ask = cloud.vault === null ? null : openVault(cloud.vault);
  const vault = ask === null ? null : { ask, leases: openLeases(dataDir, ask, log) };
  const own = { roles: roles.table, vault, log };
  return {
    parts: realClouds({ providersDir, variables, roles: own }),
    release: vault === null ? nothingLent : (run) => vault.leases.release(run),
  };
}

async function nothingLent(): Promise<void> {
  // Simulated clouds and credentials of this process end with nobody's run.
}

/** What a run reaches the team's bucket with: the credentials of that bucket's cloud. */
export function bucketCredentials({ cloud }: Pick<Config, "cloud">): BucketCredentials {
  return {
    credentials: (kind) =>
      cloud.is === "real" ? cloud.variables[kind === "s3" ? "aws" : "gcp"] : null,
  };
}
