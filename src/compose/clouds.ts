import type { Config } from "#config/config.ts";
import { realClouds, type CloudParts } from "#runner/clouds.ts";

/** Where runs make what they make. */
export async function openClouds({ cloud, providersDir }: Config): Promise<CloudParts> {
  return cloud.is === "real"
    ? realClouds({ providersDir, variables: cloud.variables })
    : { providersDir: null, awsEndpoint: false, credentials: async () => ({}) };
}
