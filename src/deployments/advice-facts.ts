import type { Advice, Subject, Surroundings } from "./advice.ts";
import type { Vars } from "./change.ts";
import { allowedRegions, teamRules } from "./policy.ts";
import type { Neighbour } from "./neighbour.ts";
import type { Module } from "./ports.ts";
import { regionName, type Region } from "./regions.ts";
import type { Params } from "#text/wording.ts";

/** A subject whose region is known and allowed. */
export type Placed = {
  readonly subject: Subject;
  readonly around: Surroundings;
  readonly region: Region;
  readonly variable: string;
};

/** The region of these values, by the variable that the module has for it; null: none is given. */
export function regionIn({ region }: Module, vars: Vars): string | null {
  const value = region === null ? null : (vars[region.variable] ?? region.default);
  return typeof value === "string" && value !== "" ? value : null;
}

/** The region to suggest where nothing else decides: the team's, the module's usual, the first. */
export function preferred(subject: Subject, around: Surroundings): Region | null {
  const offered = usable(subject, around);
  const usual = offered.find(({ code }) => code === subject.module.region?.default);
  const own = regionOfTeam(subject, around);
  return own !== null && offered.includes(own) ? own : (usual ?? offered[0] ?? null);
}

/** Regions that both the module and the policy allow. */
export function usable({ module }: Subject, { regions, policy }: Surroundings): readonly Region[] {
  const allowed = allowedRegions(policy, module.cloud);
  return (module.region?.allowed ?? []).flatMap((code) => {
    const region = regions.find((each) => each.cloud === module.cloud && each.code === code);
    return region !== undefined && (allowed === null || allowed.includes(code)) ? [region] : [];
  });
}

/** What the policy says of the team in this cloud. */
export function regionOfTeam({ module, team }: Subject, around: Surroundings): Region | null {
  const { cloud } = module;
  const code = cloud === "local" ? undefined : teamRules(around.policy, team)?.region[cloud];
  return around.regions.find((each) => each.cloud === cloud && each.code === code) ?? null;
}

/** Where another deployment is; null when nobody can say. */
export function placeOf(neighbour: Neighbour, { catalogue }: Surroundings): string | null {
  const module = catalogue.module(neighbour.module);
  return module === null ? null : regionIn(module, neighbour.vars);
}

type Suggesting = {
  readonly params: Params;
  readonly to: Region | null;
  readonly variable: string;
};

/** Advice that suggests a region, or none. */
export function advice(
  level: Advice["level"],
  code: Advice["code"],
  { params, to, variable }: Suggesting,
): Advice {
  return {
    level,
    code,
    params: { ...params, ...(to === null ? ELSEWHERE : namedTo(to)) },
    suggested: to === null ? null : { variable, value: to.code },
  };
}

/** A region as sentences name it, in each language. */
export function named(region: Region): Params {
  return { region: region.code, inEn: regionName(region, "en"), inKo: regionName(region, "ko") };
}

/** Nothing can be suggested: the sentence asks for another one. */
const ELSEWHERE: Params = { to: "…", toEn: "another region", toKo: "다른 리전" };

function namedTo(region: Region): Params {
  return { to: region.code, toEn: regionName(region, "en"), toKo: regionName(region, "ko") };
}
