import type { Cloud } from "./cloud.ts";
import type { CloudName } from "./environment.ts";
import type { Knobs } from "./knobs.ts";
import type { Catalogue } from "./schema/schema.ts";
import type { ValueMap } from "./values.ts";

/** What the provider block says, or the environment where it is silent. */
export type Settings = {
  readonly region: string;
  readonly project: string;
  readonly zone: string;
  /** Tags of AWS, labels of Google: laid under those of every object. */
  readonly defaults: ValueMap;
  /** Google marks what Terraform made with a label of its own. */
  readonly marksOrigin: boolean;
};

/** One provider process: configured once by Terraform, asked many times, also at the same time. */
export type Session = {
  readonly cloud: CloudName;
  readonly catalogue: Catalogue;
  readonly objects: Cloud;
  readonly knobs: Knobs;
  readonly now: () => Date;
  readonly log: (line: string) => void;
  settings: Settings;
  /** Terraform asked to stop: what runs is finished, nothing new is begun. */
  stopping: boolean;
};
