import type { Cloud, Deployment } from "./deployment.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

/** Of a process: AWS and Google are stand-ins in it. */
export type CloudKind = { readonly simulated: boolean };

/** Whether a deployment that is asked for now stands in a simulated cloud; local ones never do. */
export function isSimulated(cloud: Cloud, process: CloudKind): boolean {
  return cloud !== "local" && process.simulated;
}

/**
 * Refuses to work on a deployment in another cloud than the one it was made in: its objects are
 * not there, so a plan would make all of them again and a destroy would forget them.
 */
export function refusedCloud(
  deployment: Pick<Deployment, "name" | "cloud" | "simulated">,
  process: CloudKind,
): Refusal | null {
  const code = otherCloud(deployment, process);
  return code === null ? null : refusal(code, { name: deployment.name });
}

/** The same as a code, for the ends of runs; null: it is the cloud it was made in. */
export function otherCloud(
  { cloud, simulated }: Pick<Deployment, "cloud" | "simulated">,
  process: CloudKind,
): "made-in-simulated-cloud" | "made-in-real-cloud" | null {
  if (simulated === isSimulated(cloud, process)) {
    return null;
  }
  return simulated ? "made-in-simulated-cloud" : "made-in-real-cloud";
}
