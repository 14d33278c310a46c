import type { Policy } from "./policy.ts";
import type { Region } from "./regions.ts";

/** Where a policy names regions or residency groups that do not exist; empty when all is well. */
export function regionProblems(policy: Policy, regions: readonly Region[]): string[] {
  return [...unknownAllowed(policy, regions), ...unknownOfTeams(policy, regions)];
}

const CLOUDS = ["aws", "gcp"] as const;

function unknownAllowed(policy: Policy, regions: readonly Region[]): string[] {
  return CLOUDS.flatMap((cloud) =>
    (policy.regions[cloud] ?? [])
      .filter((code) => !isRegion(regions, cloud, code))
      .map((code) => `regions.${cloud}: ${code} is no region of ${cloud}`),
  );
}

function unknownOfTeams(policy: Policy, regions: readonly Region[]): string[] {
  return Object.entries(policy.teams).flatMap(([team, { region, residency }]) => {
    const unknown = CLOUDS.filter((cloud) => {
      const own = region[cloud];
      return own !== undefined && !isRegion(regions, cloud, own);
    });
    const isGroup =
      residency === undefined || regions.some((each) => each.residency === residency.in);
    return [
      ...unknown.map((cloud) => `teams.${team}.region.${cloud}: no region of ${cloud}`),
      ...(isGroup ? [] : [`teams.${team}.residency: no region is in ${residency.in}`]),
    ];
  });
}

function isRegion(regions: readonly Region[], cloud: string, code: string): boolean {
  return regions.some((each) => each.cloud === cloud && each.code === code);
}
