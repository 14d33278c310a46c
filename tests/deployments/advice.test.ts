import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { adviseOn, type Subject, type Surroundings } from "#deployments/advice.ts";
import type { Vars } from "#deployments/change.ts";
import { DeploymentId, PersonId } from "#deployments/ids.ts";
import type { Neighbour } from "#deployments/neighbour.ts";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { ADVICE } from "#text/advice.ts";
import { say } from "#text/wording.ts";
import { MODULE } from "#tests/support/deployments.ts";

const REGIONS = openRegions(join(import.meta.dirname, "../../terraform/regions.yaml")).all();

function variable(name: string, usual: ModuleVariable["default"] = null): ModuleVariable {
  return {
    name,
    description: "",
    required: false,
    sensitive: false,
    nullable: true,
    advanced: false,
    type: "any",
    schema: {},
    default: usual,
    label: { en: name, ko: name },
    choices: [],
  };
}

const VPC: Module = {
  ...MODULE,
  name: "aws_vpc",
  cloud: "aws",
  region: {
    variable: "region",
    declared: false,
    allowed: ["ap-northeast-2", "ap-northeast-1", "us-east-1", "us-west-1", "ap-east-1"],
    default: "ap-northeast-2",
  },
  facts: { ...MODULE.facts, category: "network" },
  variables: [
    variable("name"),
    variable("cidr", "10.0.0.0/16"),
    variable("az_count", 2),
    variable("nat_mode", "none"),
    variable("tags", {}),
  ],
};
const BUCKET: Module = {
  ...VPC,
  name: "aws_s3_bucket",
  facts: { ...MODULE.facts, category: "storage" },
  variables: [variable("name"), variable("tags", {})],
};
const RDS: Module = {
  ...VPC,
  name: "aws_rds_postgres",
  facts: {
    ...MODULE.facts,
    category: "database",
    inputsFrom: { subnet_ids: { module: "aws_vpc", output: "private_subnet_ids" } },
  },
  variables: [variable("subnet_ids", []), variable("multi_az", false)],
};
const RUN: Module = {
  ...VPC,
  name: "gcp_cloud_run_service",
  cloud: "gcp",
  region: {
    variable: "region",
    declared: true,
    allowed: ["asia-northeast3", "us-central1"],
    default: "us-central1",
  },
};
const MODULES = new Map([VPC, BUCKET, RDS, RUN].map((module) => [module.name, module]));

function subject(vars: Vars, over: Partial<Subject> = {}): Subject {
  return {
    id: null,
    name: "shop",
    environment: "dev",
    team: "dev-team",
    requester: PersonId.parse("dev"),
    module: VPC,
    vars,
    ...over,
  };
}

let made = 0;
function neighbour(vars: Vars, over: Partial<Neighbour> = {}): Neighbour {
  made += 1;
  const tail = String(made)
    .padStart(2, "2")
    .replace(/[^2-7]/g, "a")
    .padStart(10, "b");
  return {
    id: DeploymentId.parse(`dep-${tail}`),
    name: `net-${made}`,
    team: "dev-team",
    requester: PersonId.parse("lead"),
    cloud: "aws",
    module: "aws_vpc",
    environment: "stg",
    outputs: [],
    vars: { cidr: `10.${100 + made}.0.0/16`, ...vars },
    stands: true,
    visible: true,
    ...over,
  };
}

function around(over: Partial<Surroundings> = {}): Surroundings {
  return {
    policy: LOCAL_POLICY,
    regions: REGIONS,
    catalogue: { module: (name) => MODULES.get(name) ?? null },
    neighbours: [],
    prices: () => null,
    ...over,
  };
}

function policy(more: object): Policy {
  return Policy.parse({ ...LOCAL_POLICY, teams: {}, ...more });
}

function told(one: Subject, world: Surroundings = around()) {
  return adviseOn(one, world).map(({ level, code, suggested }) => [
    level,
    code,
    suggested?.value ?? null,
  ]);
}

describe("advice on the region", () => {
  test.each([
    ["seol", "ap-northeast-2"],
    ["Seoul", "ap-northeast-2"],
    ["서울", "ap-northeast-2"],
    ["us-eest-1", "us-east-1"],
    ["atlantis", "ap-northeast-2"],
  ])("“%s” is no region, and %s is suggested", (region, meant) => {
    expect(told(subject({ region }))).toEqual([["block", "unknown_region", meant]]);
  });

  test("a region of the other cloud is told as that, with the same city in this one", () => {
    expect(told(subject({ region: "asia-northeast3" }))).toEqual([
      ["block", "wrong_cloud_region", "ap-northeast-2"],
    ]);
    expect(told(subject({ region: "us-east1" }))).toEqual([
      ["block", "wrong_cloud_region", "us-east-1"],
    ]);
    expect(told(subject({ region: "ap-northeast-2" }, { module: RUN }))).toEqual([
      ["block", "wrong_cloud_region", "asia-northeast3"],
    ]);
  });

  test("a region that the module or the policy does not allow is refused", () => {
    const strict = around({ policy: policy({ regions: { aws: ["ap-northeast-1"] } }) });

    expect(told(subject({ region: "eu-west-1" }))).toEqual([
      ["block", "not_allowed", "ap-northeast-2"],
    ]);
    expect(told(subject({ region: "us-east-1" }), strict)).toEqual([
      ["block", "not_allowed", "ap-northeast-1"],
    ]);
  });

  test.each([
    ["warn", "warn"],
    ["block", "block"],
  ] as const)("data outside the team's residency: %s", (outside, level) => {
    const teams = { "dev-team": { residency: { in: "kr", outside } } };
    const kr = around({ policy: policy({ teams }) });

    expect(told(subject({ region: "us-east-1" }, { module: BUCKET }), kr)).toEqual([
      [level, "residency", "ap-northeast-2"],
    ]);
    expect(told(subject({ region: "us-east-1" }), kr)).toEqual([]);
  });

  test("parts of a deployment elsewhere cannot be used, and one unseen is not named", () => {
    const outputs = [
      { name: "private_subnet_ids", value: '["subnet-0123456789"]', sensitive: false },
    ];
    const network = neighbour({ region: "us-east-1" }, { outputs });
    const database = subject({ subnet_ids: ["subnet-0123456789"] }, { module: RDS });

    const seen = told(database, around({ neighbours: [network] }));
    const unseen = told(database, around({ neighbours: [{ ...network, visible: false }] }));

    expect(seen).toContainEqual(["block", "dependency_region", "us-east-1"]);
    expect(unseen).toEqual([]);
  });

  test("more zones than the region has are cut to those it has", () => {
    expect(told(subject({ region: "us-west-1", az_count: 3 }))).toContainEqual([
      "block",
      "zones",
      2,
    ]);
  });

  test("a region that must be switched on first is told, with the team's own instead", () => {
    expect(told(subject({ region: "ap-east-1" }))).toContainEqual([
      "warn",
      "opt_in_region",
      "ap-northeast-2",
    ]);
  });

  test("away from the region that the policy gives the team", () => {
    expect(told(subject({ region: "us-east-1" }))).toEqual([
      ["info", "away_from_team", "ap-northeast-2"],
    ]);
    expect(told(subject({}))).toEqual([]);
  });

  test("away from where four of five of the team's others stand; three of five are too few", () => {
    const others = (there: number) =>
      Array.from({ length: 5 }, (_, at) =>
        neighbour({ region: at < there ? "ap-northeast-1" : "us-east-1" }),
      );
    const world = (there: number) => around({ policy: policy({}), neighbours: others(there) });

    expect(told(subject({ region: "us-east-1" }), world(4))).toEqual([
      ["info", "away_from_team", "ap-northeast-1"],
    ]);
    expect(told(subject({ region: "us-east-1" }), world(3))).toEqual([]);
  });

  test("a cheaper region counts only with prices of one day and a tenth less", () => {
    const price = (usd: number, date = "2026-11-01") => ({ usd, date });
    const book = (there: { usd: number; date: string }) =>
      around({
        policy: policy({}),
        prices: (_module, region) =>
          region === "us-east-1" ? price(100) : region === "ap-northeast-1" ? there : null,
      });
    const asked = subject({ region: "us-east-1" });

    expect(told(asked, book(price(90)))).toEqual([["info", "cheaper_region", "ap-northeast-1"]]);
    expect(told(asked, book(price(91)))).toEqual([]);
    expect(told(asked, book(price(50, "2026-10-01")))).toEqual([]);
  });
});

describe("advice on values", () => {
  test("a range that overlaps another network's is told, with a free one instead", () => {
    const neighbours = [neighbour({ cidr: "10.0.128.0/20" }), neighbour({ cidr: "10.1.0.0/16" })];

    expect(told(subject({}), around({ neighbours }))).toEqual([
      ["warn", "cidr_overlap", "10.2.0.0/16"],
    ]);
  });

  test("the network of people whose things one may not see clashes too, without its name", () => {
    const hidden = neighbour({ cidr: "10.0.0.0/16" }, { name: "secret-net", visible: false });

    const advice = adviseOn(subject({}), around({ neighbours: [hidden] }));

    expect(advice).toMatchObject([{ code: "cidr_taken" }]);
    expect(JSON.stringify(advice)).not.toContain("secret-net");
  });

  test("a deployment does not clash with itself, nor with a network of another cloud", () => {
    const own = neighbour({ cidr: "10.0.0.0/16" });
    const other = neighbour({ cidr: "10.0.0.0/16" }, { cloud: "gcp", module: "gcp_network" });

    expect(told(subject({}, { id: own.id }), around({ neighbours: [own, other] }))).toEqual([]);
  });

  test.each([
    [{ name: "shop-prod" }, {}, ["warn", "name_says_other", null]],
    [{ environment: "prod", team: null }, {}, ["warn", "prod_without_team", null]],
    [{}, { nat_mode: "per_az" }, ["info", "size_big", "single"]],
    [{ environment: "prod" }, { az_count: 1 }, ["warn", "size_weak", 2]],
    [{}, { tags: { "mcp:owner": "me", a: "b" } }, ["block", "reserved_tags", { a: "b" }]],
    [
      { environment: "prod" },
      { tags: { a: "b" } },
      ["info", "no_team_tag", { a: "b", team: "dev-team" }],
    ],
  ] as const)("%o with %o", (over, vars, expected) => {
    expect(told(subject(vars, over))).toContainEqual(expected);
  });

  test("whatever the values are, advice neither throws nor differs the second time", () => {
    for (const value of [null, 7, true, "x", [], {}, [null], { cidr: 1 }]) {
      const names = ["region", "cidr", "az_count", "nat_mode", "tags", "subnets", "subnet_ids"];
      const odd = subject(Object.fromEntries(names.map((name) => [name, value])));

      expect(adviseOn(odd, around())).toEqual(adviseOn(odd, around()));
    }
  });

  test("every sentence is whole in both languages", () => {
    const neighbours = [neighbour({ cidr: "10.0.0.0/16" })];
    const all = [
      subject({ region: "seol" }),
      subject({ region: "asia-northeast3" }),
      subject({ region: "eu-west-1" }),
      subject({ region: "us-west-1", az_count: 3, nat_mode: "per_az", tags: { "aws:x": "y" } }),
      subject({ region: "ap-east-1" }, { name: "a-stg" }),
      subject({}, { environment: "prod", team: null }),
    ].flatMap((one) => adviseOn(one, around({ neighbours })));

    const sentences = all.flatMap(({ code, params }) =>
      (["en", "ko"] as const).map((lang) => say(ADVICE[code], lang, params)),
    );

    expect(sentences.filter((sentence) => /[{}]|undefined/.test(sentence))).toEqual([]);
    expect(sentences.length).toBeGreaterThan(16);
  });
});
