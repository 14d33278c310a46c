import type { Answer, Question } from "#simulator/data.ts";
import { hash, madeUp } from "#simulator/identity.ts";
import type { Brought } from "#simulator/making.ts";
import { find } from "#simulator/rules.ts";
import { isList, isMap, same, textOf, type ValueMap } from "#simulator/values.ts";
import { ACCOUNT, zoneId, zonesOf } from "./places.ts";
import { policyDocument } from "./policy-document.ts";

/** What AWS answers to each data source. */
export const AWS_DATA: Readonly<Record<string, Answer>> = {
  aws_availability_zones: zones,
  aws_caller_identity: () => ({
    id: ACCOUNT,
    account_id: ACCOUNT,
    arn: `arn:aws:sim::${ACCOUNT}:user/simulated`,
    user_id: "AIDASIMULATED",
  }),
  aws_partition: () => ({
    id: "aws",
    partition: "aws",
    dns_suffix: "amazonaws.com",
    reverse_dns_prefix: "com.amazonaws",
  }),
  aws_region: (question) => {
    const name = regionOf(question);
    return {
      id: name,
      name,
      region: name,
      description: `Simulated (${name})`,
      endpoint: `ec2.${name}.amazonaws.com`,
    };
  },
  aws_iam_policy_document: policyDocument,
  aws_ssm_parameter: parameter,
  aws_ami: (question) => image(textOf(question.config["name_regex"])),
  aws_eks_addon_version: ({ config }) => ({
    id: textOf(config["addon_name"]),
    version: `v1.${textOf(config["kubernetes_version"]).split(".")[1] ?? "0"}.0-eksbuild.1`,
  }),
  aws_eks_cluster: (question) => byName(question, "aws_eks_cluster", ["name"]),
  aws_iam_policy: (question) => byName(question, "aws_iam_policy", ["arn", "name"]),
  aws_kms_key: kmsKey,
  aws_vpc: (question) => one(question, "aws_vpc"),
  aws_subnet: (question) => one(question, "aws_subnet"),
  aws_subnets: async (question) => ({
    id: regionOf(question),
    ids: (await matching(question, "aws_subnet")).map((each) => textOf(each["id"])),
  }),
};

function regionOf({ session, config }: Question): string {
  const own = textOf(config["region"]);
  return own === "" ? session.settings.region : own;
}

function zones(question: Question): Brought {
  const { config } = question;
  const without = [...listOf(config["exclude_names"]), ...listOf(config["exclude_zone_ids"])];
  const names = zonesOf(regionOf(question)).filter(
    (zone) => !without.includes(zone) && !without.includes(zoneId(zone)),
  );
  return {
    id: regionOf(question),
    names,
    zone_ids: names.map(zoneId),
    group_names: [`${regionOf(question)}-zg-1`],
  };
}

async function parameter(question: Question): Promise<Brought | string> {
  const name = textOf(question.config["name"]);
  const stored = await question.session.objects.read("aws_ssm_parameter", name);
  if (stored !== null) {
    return { ...stored, id: name };
  }
  // Parameters below this path are AWS's own: machine images above all.
  if (!name.startsWith("/aws/service/")) {
    return `ParameterNotFound: couldn't find ${name}`;
  }
  const value = name.includes("ami") ? `ami-${madeUp(name, {})}` : `sim-${hash(name, {}, 8)}`;
  const arn = `arn:aws:sim:${regionOf(question)}::parameter${name}`;
  return { id: name, value, insecure_value: value, type: "String", version: 1, arn };
}

function image(name: string): Brought {
  const id = `ami-${madeUp(name, {})}`;
  return {
    id,
    image_id: id,
    name: "simulated-image",
    architecture: "x86_64",
    root_device_name: "/dev/xvda",
    root_device_type: "ebs",
    owner_id: ACCOUNT,
    state: "available",
    virtualization_type: "hvm",
  };
}

async function byName(
  { session, config }: Question,
  type: string,
  names: readonly string[],
): Promise<Brought | string> {
  const wanted = names.map((name) => textOf(config[name])).find((name) => name !== "") ?? "";
  const found = wanted === "" ? null : await find(session, type, wanted);
  return found ?? `couldn't find ${type} ${wanted}`;
}

async function kmsKey({ session, config }: Question): Promise<Brought | string> {
  const asked = textOf(config["key_id"]);
  const alias = await session.objects.read("aws_kms_alias", asked);
  const key = await find(
    session,
    "aws_kms_key",
    alias === null ? asked : textOf(alias["target_key_id"]),
  );
  return key === null
    ? `NotFoundException: Key '${asked}' does not exist`
    : { ...key, enabled: true, key_state: "Enabled", aws_account_id: ACCOUNT };
}

async function one(question: Question, type: string): Promise<Brought | string> {
  const found = await matching(question, type);
  if (found.length > 1) {
    return `multiple objects of ${type} matched; use additional constraints to reduce matches to a single one`;
  }
  return found[0] ?? `no matching ${type} found`;
}

const COMPARED = ["id", "vpc_id", "cidr_block", "availability_zone"];

async function matching({ session, config }: Question, type: string): Promise<readonly ValueMap[]> {
  const all = await session.objects.list(type);
  return all.filter(
    (object) =>
      COMPARED.every((name) => textOf(config[name]) === "" || config[name] === object[name]) &&
      hasTags(object, config["tags"]) &&
      filtersOf(config).every((filter) => passes(object, filter)),
  );
}

function hasTags(object: ValueMap, wanted: ValueMap[string] | undefined): boolean {
  const tags = isMap(object["tags_all"]) ? object["tags_all"] : {};
  return (
    !isMap(wanted) ||
    Object.entries(wanted).every(([name, value]) => same(tags[name] ?? null, value))
  );
}

function filtersOf(config: ValueMap): ValueMap[] {
  return isList(config["filter"]) ? config["filter"].filter((each) => isMap(each)) : [];
}

const FILTERS: Readonly<Record<string, string>> = {
  "vpc-id": "vpc_id",
  "subnet-id": "id",
  "availability-zone": "availability_zone",
  "cidr-block": "cidr_block",
  cidr: "cidr_block",
};

function passes(object: ValueMap, filter: ValueMap): boolean {
  const name = textOf(filter["name"]);
  const tags = isMap(object["tags_all"]) ? object["tags_all"] : {};
  const attribute =
    name === "vpc-id" && object["vpc_id"] === undefined ? "id" : (FILTERS[name] ?? name);
  const value = name.startsWith("tag:") ? tags[name.slice("tag:".length)] : object[attribute];
  return listOf(filter["values"]).includes(textOf(value));
}

function listOf(value: ValueMap[string] | undefined): string[] {
  return isList(value) ? value.map(textOf) : [];
}
