import { join } from "node:path";
import type { Secret } from "#telemetry/secret.ts";
import { CHILD_PATH } from "./terraform.ts";
import { CLI_CONFIG, HOME } from "./workspace.ts";

export type ChildEnvironment = {
  /** Where the child finds its work tree. */
  readonly folder: string;
  /** What its state is reached with. */
  readonly state: Readonly<Record<string, string>>;
  /** Credentials of the deployment's environment, for this kind of run. */
  readonly cloud: Readonly<Record<string, Secret>>;
};

/**
 * All that a child of ours sees. A module can read its whole environment, so nothing is inherited;
 * TF_LOG, TF_CLI_ARGS and TF_VAR_* of the server never reach it.
 */
export function childEnvironment(given: ChildEnvironment): Record<string, string> {
  const cloud = Object.entries(given.cloud).map(([name, value]) => [name, value.reveal()]);
  return {
    ...Object.fromEntries(cloud),
    PATH: CHILD_PATH,
    HOME: join(given.folder, HOME),
    TF_CLI_CONFIG_FILE: join(given.folder, CLI_CONFIG),
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    ...given.state,
  };
}
