import type { Advice, Subject, Surroundings } from "./advice.ts";
import {
  advice,
  named,
  placeOf,
  preferred,
  regionOfTeam,
  usable,
  type Placed,
} from "./advice-facts.ts";
import { teamRules } from "./policy.ts";
import type { Neighbour } from "./neighbour.ts";
import type { Region } from "./regions.ts";

/** What is to be said of a region that may be used, in this order. */
export function placeAdvice(placed: Placed): readonly Advice[] {
  return RULES.flatMap((rule) => rule(placed));
}

const RULES: readonly ((placed: Placed) => readonly Advice[])[] = [
  residency,
  dependencyElsewhere,
  tooManyZones,
  optIn,
  awayFromTeam,
  cheaper,
];

const KEEPS_DATA = new Set(["storage", "database"]);

function residency({ subject, around, region, variable }: Placed): readonly Advice[] {
  const rule = teamRules(around.policy, subject.team)?.residency;
  const keepsData = KEEPS_DATA.has(subject.module.facts.category);
  if (rule === undefined || !keepsData || region.residency === rule.in) {
    return [];
  }
  const inside = usable(subject, around).filter((each) => each.residency === rule.in);
  const own = preferred(subject, around);
  const to = own !== null && inside.includes(own) ? own : (inside[0] ?? null);
  const params = { ...named(region), team: subject.team ?? "", group: rule.in };
  return [advice(rule.outside, "residency", { params, to, variable })];
}

/** Ids that another deployment reports, in a value that usually comes from one. */
function dependencyElsewhere({ subject, around, region, variable }: Placed): readonly Advice[] {
  const wanted = Object.keys(subject.module.facts.inputsFrom).flatMap((name) =>
    textsIn(subject.vars[name]),
  );
  const elsewhere = around.neighbours.find(
    (each) =>
      each.visible &&
      each.cloud === region.cloud &&
      outputsOf(each).some((text) => wanted.includes(text)) &&
      placeOf(each, around) !== null &&
      placeOf(each, around) !== region.code,
  );
  if (elsewhere === undefined) {
    return [];
  }
  const there = around.regions.find(
    ({ cloud, code }) => cloud === region.cloud && code === placeOf(elsewhere, around),
  );
  const params = {
    ...named(region),
    deployment: elsewhere.name,
    there: placeOf(elsewhere, around) ?? "",
  };
  const to = there !== undefined && usable(subject, around).includes(there) ? there : null;
  return [advice("block", "dependency_region", { params, to, variable })];
}

const ZONE_COUNTS = ["az_count", "zone_count"];

function tooManyZones({ subject, region }: Placed): readonly Advice[] {
  return ZONE_COUNTS.flatMap((variable) => {
    const wanted = subject.vars[variable];
    const most = mostOf(subject, variable);
    // More than the module takes anywhere is for the module to say.
    if (typeof wanted !== "number" || wanted <= region.zones.length || wanted > most) {
      return [];
    }
    const params = { ...named(region), wanted, zones: region.zones.length };
    const suggested = { variable, value: region.zones.length };
    return [{ level: "block", code: "zones", params, suggested }];
  });
}

function mostOf({ module }: Subject, variable: string): number {
  const most = module.variables.find(({ name }) => name === variable)?.schema["maximum"];
  return typeof most === "number" ? most : Number.POSITIVE_INFINITY;
}

function optIn({ subject, around, region, variable }: Placed): readonly Advice[] {
  const own = preferred(subject, around);
  const to = own?.opt_in === false ? own : null;
  return region.opt_in
    ? [advice("warn", "opt_in_region", { params: named(region), to, variable })]
    : [];
}

/** So large a part of the team's other deployments in one region makes that the team's. */
const MOST = 0.8;

function awayFromTeam({ subject, around, region, variable }: Placed): readonly Advice[] {
  const home = homeOf(subject, around);
  const isAway = home !== null && home.code !== region.code;
  return isAway && usable(subject, around).includes(home)
    ? [
        advice("info", "away_from_team", {
          params: { ...named(region), team: subject.team ?? "" },
          to: home,
          variable,
        }),
      ]
    : [];
}

/** The team's region: as the policy says, else where most of what it has stands. */
function homeOf(subject: Subject, around: Surroundings): Region | null {
  const said = regionOfTeam(subject, around);
  if (said !== null || subject.team === null) {
    return said;
  }
  const { cloud } = subject.module;
  const places = around.neighbours
    .filter(({ id, team, cloud: of }) => id !== subject.id && team === subject.team && of === cloud)
    .flatMap((each) => placeOf(each, around) ?? []);
  const counted = [...Map.groupBy(places, (place) => place)];
  const found = counted.find(([, same]) => same.length >= places.length * MOST)?.[0];
  return around.regions.find((each) => each.cloud === cloud && each.code === found) ?? null;
}

const WORTH_SAYING = 0.1;

function cheaper({ subject, around, region, variable }: Placed): readonly Advice[] {
  const here = around.prices(subject.module.name, region.code);
  if (here === null) {
    return [];
  }
  const offers = usable(subject, around)
    .map((to) => ({ to, price: around.prices(subject.module.name, to.code) }))
    .flatMap(({ to, price }) => (price?.date === here.date ? [{ to, usd: price.usd }] : []))
    .filter(({ usd }) => usd <= here.usd * (1 - WORTH_SAYING))
    .sort((left, right) => left.usd - right.usd);
  const [best] = offers;
  if (best === undefined) {
    return [];
  }
  const params = {
    ...named(region),
    here: here.usd.toFixed(2),
    there: best.usd.toFixed(2),
    date: here.date,
  };
  return [advice("info", "cheaper_region", { params, to: best.to, variable })];
}

function outputsOf({ outputs }: Neighbour): string[] {
  return outputs.flatMap(({ value, sensitive }) => (sensitive ? [] : textsIn(parsed(value))));
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Ids are long; a short word that two deployments share proves nothing. */
const SHORTEST_ID = 8;

function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return value.length < SHORTEST_ID ? [] : [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
