import { fileURLToPath } from "node:url";
import type { Config } from "#config/config.ts";
import { refuseStandIns, type Machine } from "#config/production.ts";
import { chooseRunLauncher } from "#isolation/choose-run-launcher.ts";
import { findTerraform } from "#runner/terraform.ts";
import { chooseDriver } from "#sandbox/choose-driver.ts";
import { held } from "./store.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** Refuses a production start on stand-ins, all by name, before anything is opened. */
export async function checkProduction(config: Config): Promise<void> {
  if (config.production) {
    refuseStandIns(config, await examine(config));
  }
}

/** Takes DATA_DIR for the time of the self-tests, which keep files there. */
async function examine(config: Config): Promise<Machine> {
  const { dataDir, searchPath } = config;
  using _held = held(dataDir);
  const { driver } = await chooseDriver({
    dataDir,
    path: searchPath,
    uid: process.getuid?.() ?? 0,
    hidden: [REPOSITORY],
  });
  return { shells: driver.name, runs: config.concurrency === 0 ? "elsewhere" : await runs(config) };
}

async function runs({ dataDir, searchPath, terraformBin }: Config): Promise<Machine["runs"]> {
  const terraform = await findTerraform(terraformBin, searchPath);
  const { launcher } = await chooseRunLauncher({
    dataDir,
    path: searchPath,
    // Without a Terraform the start is refused for that, a moment later.
    terraform: terraform?.binary ?? "/bin/true",
    shown: { readOnly: terraform === null ? [] : [terraform.binary], writable: [] },
    hidden: [REPOSITORY],
    network: "shared",
  });
  return launcher.is;
}
