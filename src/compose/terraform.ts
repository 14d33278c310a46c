import type { Config } from "#config/config.ts";
import { StartRefused } from "#config/start-refused.ts";
import { chooseRunLauncher, type RunIsolation } from "#isolation/choose-run-launcher.ts";
import { findTerraform, type Terraform } from "#runner/terraform.ts";
import type { Log } from "#telemetry/log.ts";
import { openClouds, type Clouds } from "./clouds.ts";
import { runHost } from "./host.ts";

/** With what runs are executed, and what they may see. */
export type Execution = {
  readonly terraform: Terraform;
  readonly clouds: Clouds;
  /** Decided once, by trying it: what shuts runs in, and why nothing does. */
  readonly isolation: RunIsolation;
};

/** Throws `StartRefused` without a Terraform, or where runs cannot be shut in as was asked for. */
export async function openExecution(config: Config, log: Log): Promise<Execution> {
  const terraform = await findTerraform(config.terraformBin, config.searchPath);
  if (terraform === null) {
    throw new StartRefused("no-terraform");
  }
  const { parts, release } = await openClouds(config, log);
  const shown = { ...parts.shown, readOnly: [...parts.shown.readOnly, terraform.binary] };
  const host = runHost(config, terraform, config.runNetwork.is);
  const isolation = await chooseRunLauncher({ ...host, shown });
  // What was asked for by name is not made less of in silence.
  if (isolation.sharing !== null && config.runNetwork.said) {
    throw new StartRefused("run-network", { problem: isolation.sharing });
  }
  return { terraform, clouds: { parts: { ...parts, shown }, release }, isolation };
}
