import { fileURLToPath } from "node:url";
import type { Config } from "#config/config.ts";
import type { RunHost } from "#isolation/choose-run-launcher.ts";
import type { Terraform } from "#runner/terraform.ts";
import type { HostFacts } from "#sandbox/choose-driver.ts";

// The product's own files are for no shell and no run; it may lie in a folder of the system, which
// runs see.
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

type Place = Pick<Config, "dataDir" | "searchPath">;

/** This machine as shells of lessons are tried on it. */
export function shellHost({ dataDir, searchPath }: Place): HostFacts {
  return { dataDir, path: searchPath, uid: process.getuid?.() ?? 0, hidden: [REPOSITORY] };
}

/** The same for runs of this Terraform, which see nothing else until more is shown to them. */
export function runHost(
  { dataDir, searchPath }: Place,
  { binary }: Pick<Terraform, "binary">,
  network: RunHost["network"],
): RunHost {
  const shown = { readOnly: [binary], writable: [] };
  return { dataDir, path: searchPath, terraform: binary, shown, hidden: [REPOSITORY], network };
}
