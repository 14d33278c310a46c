import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "#config/config.ts";
import { simulatedClouds, type CloudParts } from "#runner/clouds.ts";
import { makeMirror } from "#simulator/mirror.ts";

/** The simulated providers' program. */
export const SIMULATOR = fromHere("../simulator/provider.ts");

/** All that it is made of. */
const PROGRAM = [
  process.execPath,
  fromHere("../simulator"),
  fromHere("../../package.json"),
  fromHere("../../node_modules"),
];

/**
 * AWS and Google as files under DATA_DIR. Their providers get a tree of their own, so that they
 * never lie in the mirror of a real cloud.
 */
export async function openSimulation({ dataDir }: Pick<Config, "dataDir">): Promise<CloudParts> {
  const providersDir = join(dataDir, "simulated-providers");
  const cloudDir = join(dataDir, "cloud");
  await mkdir(cloudDir, { recursive: true });
  await makeMirror({ dir: providersDir, node: process.execPath, entry: SIMULATOR });
  return simulatedClouds({
    providersDir,
    cloudDir,
    program: [...PROGRAM, `${providersDir}.compiled`],
  });
}

function fromHere(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
