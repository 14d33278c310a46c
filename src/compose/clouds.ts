import type { Config } from "#config/config.ts";
import { realClouds, type CloudParts } from "#runner/clouds.ts";
import type { BucketCredentials } from "#runner/job.ts";
import { openSimulation } from "./simulation.ts";

/** Where runs make what they make. */
export async function openClouds(config: Config): Promise<CloudParts> {
  const { cloud, providersDir } = config;
  return cloud.is === "real"
    ? realClouds({ providersDir, variables: cloud.variables })
    : openSimulation(config);
}

/** What a run reaches the team's bucket with: the credentials of that bucket's cloud. */
export function bucketCredentials({ cloud }: Pick<Config, "cloud">): BucketCredentials {
  return {
    credentials: (kind) =>
      cloud.is === "real" ? cloud.variables[kind === "s3" ? "aws" : "gcp"] : null,
  };
}
