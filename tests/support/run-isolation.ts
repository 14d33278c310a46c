import { found } from "./found.ts";
import { chooseRunLauncher } from "#isolation/choose-run-launcher.ts";
import { OPEN_RUNS, type RunLauncher, type Shown } from "#isolation/run-launch.ts";

export const NOTHING_SHOWN: Shown = { readOnly: [], writable: [] };

/** Runs in bubblewrap on this host, without a network. Throws where the self-test says no: a test asked for it. */
export async function bubblewrapRuns(dataDir: string, shown = NOTHING_SHOWN): Promise<RunLauncher> {
  const { launcher, reason, sharing } = await chooseRunLauncher({
    dataDir,
    path: process.env["PATH"] ?? "",
    terraform: found.terraform ?? "",
    shown,
    hidden: [],
    network: "none",
  });
  if (reason !== null || sharing !== null) {
    throw new Error(`bwrap works here, but runs are not shut in: ${reason ?? sharing}`);
  }
  return launcher;
}

/** Parts of a worker whose runs may write to one folder: without a network where bubblewrap works. */
export async function shutIn(dataDir: string, folder: string) {
  const shown = { readOnly: [], writable: [folder] };
  const isolation = found.bubblewrap ? await bubblewrapRuns(dataDir, shown) : OPEN_RUNS;
  return { isolation, shown };
}
