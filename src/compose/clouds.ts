import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "#config/config.ts";
import { realClouds, simulatedClouds, type CloudParts } from "#runner/clouds.ts";
import type { BucketCredentials } from "#runner/job.ts";
import { makeMirror } from "#simulator/mirror.ts";

const PROVIDER = fileURLToPath(new URL("../simulator/provider.ts", import.meta.url));

/**
 * Where runs make what they make. The simulated providers are a mirror of two launchers that is
 * written anew at each start: it names this Node and this tree.
 */
export async function openClouds(config: Config): Promise<CloudParts> {
  const { cloud, dataDir, providersDir } = config;
  if (cloud.is === "real") {
    return realClouds({ providersDir, variables: cloud.variables });
  }
  const simulated = join(dataDir, "simulator", "providers");
  const cloudDir = join(dataDir, "cloud");
  await makeMirror({ dir: simulated, node: process.execPath, entry: PROVIDER });
  await mkdir(cloudDir, { recursive: true });
  return simulatedClouds({ providersDir: simulated, cloudDir });
}

/** What a run reaches the team's bucket with: the credentials of that bucket's cloud. */
export function bucketCredentials({ cloud }: Pick<Config, "cloud">): BucketCredentials {
  return {
    credentials: (kind) =>
      cloud.is === "real" ? cloud.variables[kind === "s3" ? "aws" : "gcp"] : null,
  };
}
