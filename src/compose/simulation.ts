import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "#config/config.ts";
import { simulatedClouds, type CloudParts } from "#runner/clouds.ts";
import { makeMirror } from "#simulator/mirror.ts";

/** The simulated providers' program. */
export const SIMULATOR = fileURLToPath(new URL("../simulator/provider.ts", import.meta.url));

/**
 * AWS and Google as files under DATA_DIR. Their providers get a tree of their own, so that they
 * never lie in the mirror of a real cloud.
 */
export async function openSimulation({ dataDir }: Pick<Config, "dataDir">): Promise<CloudParts> {
  const providersDir = join(dataDir, "simulated-providers");
  await makeMirror({ dir: providersDir, node: process.execPath, entry: SIMULATOR });
  return simulatedClouds({ providersDir, cloudDir: join(dataDir, "cloud") });
}
