import type { Reason } from "#deployments/change.ts";
import { readPhrase } from "#text/run-network.ts";

/** A run without a network asked for what it may not reach, by Terraform's own words; null: something else. */
export function networkTrouble(error: string): Reason | null {
  const found = readPhrase(error);
  return found === null ? null : { code: `network-${found.why}`, params: { asked: found.asked } };
}
