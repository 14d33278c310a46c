import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { RegionsFile, type Region } from "#deployments/regions.ts";
import type { Regions } from "#deployments/ports.ts";

/** Reads `regions.yaml` once. Throws, naming the file and the first mistake in it. */
export function openRegions(file: string): Regions {
  const regions: readonly Region[] = read(file).regions;
  return { all: () => regions };
}

function read(file: string): RegionsFile {
  try {
    return RegionsFile.parse(parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`Reading the regions of ${file} failed`, { cause });
  }
}
