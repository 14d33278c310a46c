import { allowedRegions, teamRules, type Policy } from "./policy.ts";
import type { Module } from "./ports.ts";

/**
 * The region of a request that names none: the team's own, else the module's usual one, else the
 * first that both module and policy allow; null where there is none.
 */
export function usualRegion(policy: Policy, module: Module, team: string | null): string | null {
  const { cloud, region } = module;
  if (region === null || cloud === "local") {
    return null;
  }
  const byPolicy = allowedRegions(policy, cloud);
  const usable = region.allowed.filter((code) => byPolicy?.includes(code) ?? true);
  const wanted = [teamRules(policy, team)?.region[cloud], region.default];
  return (
    wanted.find((code) => code !== undefined && code !== null && usable.includes(code)) ??
    usable[0] ??
    null
  );
}
