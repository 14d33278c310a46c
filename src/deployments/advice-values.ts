import type { Advice, Subject, Surroundings } from "./advice.ts";
import type { Json, Vars } from "./change.ts";
import type { Environment } from "./deployment.ts";

/** A name that promises another environment, an own deployment of the same kind, no team in production. */
export function nameAdvice(subject: Subject, around: Surroundings): readonly Advice[] {
  return [...misleadingName(subject), ...similar(subject, around), ...withoutTeam(subject)];
}

const NAMED: Readonly<Record<Environment, RegExp>> = {
  dev: /(?:^|-)(?:dev|develop|development)(?:-|$)/,
  stg: /(?:^|-)(?:stg|stage|staging)(?:-|$)/,
  prod: /(?:^|-)(?:prd|prod|production)(?:-|$)/,
};

function misleadingName({ name, environment }: Subject): Advice[] {
  const others = (["dev", "stg", "prod"] as const).filter(
    (each) => each !== environment && NAMED[each].test(name),
  );
  const [says] = NAMED[environment].test(name) ? [] : others;
  const params = { name, environment, says: says ?? "" };
  return says === undefined
    ? []
    : [{ level: "warn", code: "name_says_other", params, suggested: null }];
}

function similar(subject: Subject, { neighbours }: Surroundings): Advice[] {
  const found = neighbours.find(
    (other) =>
      other.visible &&
      other.id !== subject.id &&
      other.module === subject.module.name &&
      other.environment === subject.environment &&
      other.requester === subject.requester,
  );
  if (subject.id !== null && neighbours.some(({ id, stands }) => id === subject.id && stands)) {
    return [];
  }
  const params = { name: found?.name ?? "", ...placeOf(subject) };
  return found === undefined
    ? []
    : [{ level: "info", code: "similar_exists", params, suggested: null }];
}

function placeOf({ environment, module }: Subject) {
  return { environment, module: module.name };
}

function withoutTeam({ name, environment, team }: Subject): Advice[] {
  return environment === "prod" && team === null
    ? [{ level: "warn", code: "prod_without_team", params: { name }, suggested: null }]
    : [];
}

/** Where a value that costs more, or breaks sooner, is odd, and what is usual there. */
type Oddity = {
  readonly in: readonly Environment[];
  readonly variables: readonly string[];
  readonly is: (value: Json) => boolean;
  readonly usual: Json;
  readonly code: "size_big" | "size_weak";
};

const TRIAL = ["dev", "stg"] as const;
const ODDITIES: readonly Oddity[] = [
  {
    in: TRIAL,
    variables: ["nat_mode"],
    is: (value) => value === "per_az",
    usual: "single",
    code: "size_big",
  },
  {
    in: TRIAL,
    variables: ["multi_az", "ha"],
    is: (value) => value === true,
    usual: false,
    code: "size_big",
  },
  {
    in: ["prod"],
    variables: ["multi_az", "ha"],
    is: (value) => value === false,
    usual: true,
    code: "size_weak",
  },
  {
    in: ["prod"],
    variables: ["az_count", "zone_count"],
    is: (value) => value === 1,
    usual: 2,
    code: "size_weak",
  },
];
const SIZES = /(?:_type|_class|^tier|^size)$/;
const BIG = /(?:^|[.-])(?:\d*xlarge|large|metal)$|highmem|^db-custom-(?:[4-9]|\d\d)-/;

/** Sizes that are odd for the environment; what the module's own rules forbid is not said again. */
export function sizeAdvice(subject: Subject): readonly Advice[] {
  const { module, environment, vars } = subject;
  const values = module.variables.map(({ name, default: usual }) => ({
    name,
    usual,
    value: vars[name] ?? usual,
  }));
  const odd = values.flatMap(({ name, value }) =>
    ODDITIES.filter((each) => each.in.includes(environment) && each.variables.includes(name))
      .filter((each) => each.is(value))
      .map(({ code, usual }) => oddity({ code, environment }, { name, value, usual })),
  );
  const big = values
    .filter(({ name, value, usual }) => SIZES.test(name) && isBig(value) && !isBig(usual))
    .filter(({ usual }) => environment !== "prod" && typeof usual === "string")
    .map((each) => oddity({ code: "size_big", environment }, each));
  return [...odd, ...big];
}

function isBig(value: Json): boolean {
  return typeof value === "string" && BIG.test(value);
}

function oddity(
  { code, environment }: { code: Oddity["code"]; environment: Environment },
  { name, value, usual }: { name: string; value: Json; usual: Json },
): Advice {
  const params = { variable: name, value: textOf(value), usual: textOf(usual), environment };
  const level = code === "size_weak" ? "warn" : "info";
  return { level, code, params, suggested: { variable: name, value: usual } };
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Marks that the platform or the cloud keeps for itself. */
const RESERVED = /^(?:mcp[:_-]|aws:|goog)/i;
const TAGS = ["tags", "labels"] as const;

/** Tags that cannot be set, and a production deployment that nobody could charge to a team. */
export function tagAdvice(subject: Subject): readonly Advice[] {
  const { module, environment, vars, team, name } = subject;
  const variable = TAGS.find((each) => module.variables.some((known) => known.name === each));
  if (variable === undefined) {
    return [];
  }
  const given = tagsIn(vars, variable);
  const reserved = Object.keys(given).filter((key) => RESERVED.test(key));
  if (reserved.length > 0) {
    const free = Object.entries(given).filter(([key]) => !reserved.includes(key));
    const params = { variable, keys: reserved.join(", ").slice(0, 100) };
    const suggested = { variable, value: Object.fromEntries(free) };
    return [{ level: "block", code: "reserved_tags", params, suggested }];
  }
  const isNamed = Object.keys(given).some((key) => /^team$/i.test(key));
  const params = { variable, name, team: team ?? "" };
  return environment === "prod" && team !== null && !isNamed
    ? [
        {
          level: "info",
          code: "no_team_tag",
          params,
          suggested: { variable, value: { ...given, team } },
        },
      ]
    : [];
}

function tagsIn(vars: Vars, variable: string): Readonly<Record<string, Json>> {
  const given = vars[variable];
  return typeof given === "object" && given !== null && !Array.isArray(given) ? given : {};
}
