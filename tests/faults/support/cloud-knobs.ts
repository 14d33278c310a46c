import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./stage.ts";

/** Sets the switches of the simulated AWS; see `src/simulator/knobs.ts` for what there is. */
export function setKnobs({ dataDir }: Stage, knobs: object): void {
  const folder = join(dataDir, "cloud/aws");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "knobs.json"), JSON.stringify(knobs));
}

/** Every bucket takes so long to be made. */
export function slowBuckets(stage: Stage, ms: number): void {
  setKnobs(stage, { aws_s3_bucket: { create_ms: ms } });
}
