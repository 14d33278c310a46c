import { join } from "node:path";
import { adviseOn, type Subject, type Surroundings } from "#deployments/advice.ts";
import type { Vars } from "#deployments/change.ts";
import { DeploymentId, PersonId } from "#deployments/ids.ts";
import type { Neighbour } from "#deployments/neighbour.ts";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { MODULE } from "#tests/support/deployments.ts";

const REGIONS = openRegions(join(import.meta.dirname, "../../terraform/regions.yaml")).all();

export function variable(name: string, usual: ModuleVariable["default"] = null): ModuleVariable {
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
export const BUCKET: Module = {
  ...VPC,
  name: "aws_s3_bucket",
  facts: { ...MODULE.facts, category: "storage" },
  variables: [variable("name"), variable("tags", {})],
};
export const RDS: Module = {
  ...VPC,
  name: "aws_rds_postgres",
  facts: {
    ...MODULE.facts,
    category: "database",
    inputsFrom: { subnet_ids: { module: "aws_vpc", output: "private_subnet_ids" } },
  },
  variables: [variable("subnet_ids", []), variable("multi_az", false)],
};
export const RUN: Module = {
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
export const NETWORK: Module = {
  ...RUN,
  name: "gcp_network",
  facts: VPC.facts,
  variables: [variable("name"), variable("subnets", [])],
};
const MODULES = new Map([VPC, BUCKET, RDS, RUN, NETWORK].map((module) => [module.name, module]));

export function subject(vars: Vars, over: Partial<Subject> = {}): Subject {
  return {
    id: null,
    name: "shop",
    environment: "dev",
    team: "dev-team",
    requester: PersonId.parse("dev"),
    simulated: true,
    module: VPC,
    vars,
    ...over,
  };
}

let made = 0;
export function neighbour(vars: Vars, over: Partial<Neighbour> = {}): Neighbour {
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
    simulated: true,
    module: "aws_vpc",
    environment: "stg",
    outputs: [],
    vars: { cidr: `10.${100 + made}.0.0/16`, ...vars },
    stands: true,
    visible: true,
    ...over,
  };
}

export function around(over: Partial<Surroundings> = {}): Surroundings {
  return {
    policy: LOCAL_POLICY,
    regions: REGIONS,
    catalogue: { module: (name) => MODULES.get(name) ?? null },
    neighbours: [],
    prices: () => null,
    ...over,
  };
}

export function policy(more: object): Policy {
  return Policy.parse({ ...LOCAL_POLICY, teams: {}, ...more });
}

export function told(one: Subject, world: Surroundings = around()) {
  return adviseOn(one, world).map(({ level, code, suggested }) => [
    level,
    code,
    suggested?.value ?? null,
  ]);
}
