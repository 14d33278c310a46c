import { found } from "./found.ts";
import { chooseRunLauncher } from "#isolation/choose-run-launcher.ts";
import type { RunLauncher, Shown } from "#isolation/run-launch.ts";

export const NOTHING_SHOWN: Shown = { readOnly: [], writable: [] };

/** Runs in bubblewrap on this host. Throws where the self-test says no: a test asked for it. */
export async function bubblewrapRuns(dataDir: string, shown = NOTHING_SHOWN): Promise<RunLauncher> {
  const { launcher, reason } = await chooseRunLauncher({
    dataDir,
    path: process.env["PATH"] ?? "",
    terraform: found.terraform ?? "",
    shown,
    hidden: [],
  });
  if (reason !== null) {
    throw new Error(`bwrap works here, but runs are not shut in: ${reason}`);
  }
  return launcher;
}
