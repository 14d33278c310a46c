import type { Config } from "#config/config.ts";
import { refuseStandIns, type Machine } from "#config/production.ts";
import { chooseRunLauncher } from "#isolation/choose-run-launcher.ts";
import { findTerraform } from "#runner/terraform.ts";
import { chooseDriver } from "#sandbox/choose-driver.ts";
import { runHost, shellHost } from "./host.ts";
import { held } from "./store.ts";

/** Refuses a production start on stand-ins, all by name, before anything is opened. */
export async function checkProduction(config: Config): Promise<void> {
  if (config.production) {
    refuseStandIns(config, await examine(config));
  }
}

/** Takes DATA_DIR for the time of the self-tests, which keep files there. */
async function examine(config: Config): Promise<Machine> {
  using _held = held(config.dataDir);
  const { driver } = await chooseDriver(shellHost(config));
  return { shells: driver.name, runs: config.concurrency === 0 ? "elsewhere" : await runs(config) };
}

async function runs(config: Config): Promise<Machine["runs"]> {
  // Without a Terraform the start is refused for that, a moment later.
  const terraform = (await findTerraform(config.terraformBin, config.searchPath)) ?? NO_TERRAFORM;
  const { launcher } = await chooseRunLauncher(runHost(config, terraform, "shared"));
  return launcher.is;
}

const NO_TERRAFORM = { binary: "/bin/true" };
