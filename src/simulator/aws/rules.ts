import { contains, isAligned, overlaps, rangeOf } from "#simulator/cidr.ts";
import type { Parent, Subject } from "#simulator/rules.ts";
import { isList, isMap, textOf, type Value, type ValueMap } from "#simulator/values.ts";

const VPC: Parent = {
  attribute: "vpc_id",
  type: "aws_vpc",
  missing: "InvalidVpcID.NotFound: The vpc ID '{value}' does not exist",
};
const SUBNET: Parent = {
  attribute: "subnet_id",
  type: "aws_subnet",
  missing: "InvalidSubnetID.NotFound: The subnet ID '{value}' does not exist",
};
const SUBNETS: Parent = { ...SUBNET, attribute: "subnet_ids" };
const GROUP: Parent = {
  attribute: "security_group_id",
  type: "aws_security_group",
  missing: "InvalidGroup.NotFound: The security group '{value}' does not exist",
};
const GROUPS: Parent = { ...GROUP, attribute: "vpc_security_group_ids" };
const ROUTE_TABLE: Parent = {
  attribute: "route_table_id",
  type: "aws_route_table",
  missing: "InvalidRouteTableID.NotFound: The routeTable ID '{value}' does not exist",
};
const BUCKET: Parent = {
  attribute: "bucket",
  type: "aws_s3_bucket",
  missing: "NoSuchBucket: The specified bucket '{value}' does not exist",
  // Settings of a bucket go with it; only objects hold it.
  loose: true,
};
const ROLE: Parent = {
  attribute: "role",
  type: "aws_iam_role",
  missing: "NoSuchEntity: The role with name {value} cannot be found.",
};
const CLUSTER: Parent = {
  attribute: "cluster_name",
  type: "aws_eks_cluster",
  missing: "ResourceNotFoundException: No cluster found for name: {value}.",
};
const ROLE_ARN: Parent = {
  ...ROLE,
  missing: "InvalidParameterException: The role {value} does not exist.",
  loose: true,
};

/** What must exist before an object of the type can. */
export const AWS_PARENTS: Readonly<Record<string, readonly Parent[]>> = {
  aws_subnet: [VPC],
  aws_internet_gateway: [VPC],
  aws_route_table: [VPC],
  aws_security_group: [VPC],
  aws_network_acl: [VPC],
  aws_default_security_group: [{ ...VPC, loose: true }],
  aws_flow_log: [
    { ...VPC, loose: true },
    { ...SUBNET, loose: true },
    { ...ROLE_ARN, attribute: "iam_role_arn" },
  ],
  aws_vpc_endpoint: [VPC, SUBNETS, { ...ROUTE_TABLE, attribute: "route_table_ids", loose: true }],
  aws_vpc_endpoint_route_table_association: [{ ...ROUTE_TABLE, loose: true }],
  aws_route: [
    { ...ROUTE_TABLE, loose: true },
    {
      attribute: "nat_gateway_id",
      type: "aws_nat_gateway",
      missing: "InvalidNatGatewayID.NotFound: The natGateway ID '{value}' does not exist",
      loose: true,
    },
    {
      attribute: "gateway_id",
      type: "aws_internet_gateway",
      missing: "InvalidGatewayID.NotFound: The gateway ID '{value}' does not exist",
      loose: true,
    },
  ],
  aws_route_table_association: [ROUTE_TABLE, { ...SUBNET, loose: true }],
  aws_nat_gateway: [
    SUBNET,
    {
      attribute: "allocation_id",
      type: "aws_eip",
      missing: "InvalidAllocationID.NotFound: The allocation ID '{value}' does not exist",
    },
  ],
  aws_instance: [SUBNET, GROUPS],
  aws_vpc_security_group_ingress_rule: [
    { ...GROUP, loose: true },
    { ...GROUP, attribute: "referenced_security_group_id" },
  ],
  aws_vpc_security_group_egress_rule: [
    { ...GROUP, loose: true },
    { ...GROUP, attribute: "referenced_security_group_id" },
  ],
  aws_security_group_rule: [
    { ...GROUP, loose: true },
    { ...GROUP, attribute: "source_security_group_id" },
  ],
  aws_db_subnet_group: [
    { ...SUBNETS, missing: "InvalidSubnet: The subnet '{value}' does not exist" },
  ],
  aws_db_instance: [
    GROUPS,
    {
      attribute: "db_subnet_group_name",
      type: "aws_db_subnet_group",
      missing: "DBSubnetGroupNotFoundFault: DB subnet group '{value}' does not exist.",
    },
  ],
  aws_eks_cluster: [
    { ...SUBNET, attribute: "vpc_config.subnet_ids" },
    { ...ROLE_ARN, attribute: "role_arn" },
  ],
  aws_eks_node_group: [CLUSTER, SUBNETS, { ...ROLE_ARN, attribute: "node_role_arn" }],
  aws_eks_addon: [{ ...CLUSTER, loose: true }],
  aws_eks_access_entry: [{ ...CLUSTER, loose: true }],
  aws_eks_access_policy_association: [{ ...CLUSTER, loose: true }],
  aws_eks_pod_identity_association: [{ ...CLUSTER, loose: true }],
  aws_iam_role_policy: [ROLE],
  aws_iam_role_policy_attachment: [ROLE],
  aws_iam_instance_profile: [ROLE],
  aws_s3_object: [{ ...BUCKET, loose: false }],
  ...Object.fromEntries(
    ["policy", "versioning", "public_access_block", "ownership_controls", "logging"]
      .concat("lifecycle_configuration", "server_side_encryption_configuration")
      .map((part) => [`aws_s3_bucket_${part}`, [BUCKET]]),
  ),
  aws_kms_alias: [
    {
      attribute: "target_key_id",
      type: "aws_kms_key",
      missing: "NotFoundException: Key '{value}' does not exist",
      loose: true,
    },
  ],
  aws_secretsmanager_secret_version: [
    {
      attribute: "secret_id",
      type: "aws_secretsmanager_secret",
      missing: "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
      loose: true,
    },
  ],
};

/** The rules of AWS that go beyond one reference. */
export async function awsFault(subject: Subject): Promise<string | null> {
  const check = CHECKS[subject.type];
  return check === undefined ? null : await check(subject);
}

const CHECKS: Readonly<
  Record<string, (subject: Subject) => Promise<string | null> | string | null>
> = {
  aws_vpc: ({ object }) => vpcRange(textOf(object["cidr_block"])),
  aws_subnet: subnetRange,
  aws_security_group: groupName,
  aws_db_subnet_group: twoZones,
  aws_s3_bucket: ({ object }) =>
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(textOf(object["bucket"]))
      ? null
      : "InvalidBucketName: The specified bucket is not valid.",
};

function vpcRange(cidr: string): string | null {
  const range = rangeOf(cidr);
  if (range === null || !isAligned(range)) {
    return `InvalidParameterValue: Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`;
  }
  return range.bits < 16 || range.bits > 28
    ? `InvalidVpc.Range: The CIDR '${cidr}' is invalid.`
    : null;
}

async function subnetRange({ session, object }: Subject): Promise<string | null> {
  const cidr = textOf(object["cidr_block"]);
  const range = rangeOf(cidr);
  const vpc = await session.objects.read("aws_vpc", textOf(object["vpc_id"]));
  const outer = rangeOf(textOf(vpc?.["cidr_block"]));
  if (cidr === "" || outer === null) {
    return null;
  }
  const outside = range === null || !isAligned(range) || !contains(outer, range);
  if (outside || range.bits > 28) {
    return `InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`;
  }
  const others = (await session.objects.list("aws_subnet")).filter(
    (each) => each["vpc_id"] === object["vpc_id"] && each["id"] !== object["id"],
  );
  const clash = others.some((each) => {
    const other = rangeOf(textOf(each["cidr_block"]));
    return other !== null && overlaps(other, range);
  });
  return clash ? `InvalidSubnet.Conflict: The CIDR '${cidr}' conflicts with another subnet` : null;
}

async function groupName({ session, object }: Subject): Promise<string | null> {
  const name = textOf(object["name"]);
  const twin = (await session.objects.list("aws_security_group")).find(
    (each) =>
      each["name"] === name && each["vpc_id"] === object["vpc_id"] && each["id"] !== object["id"],
  );
  return twin === undefined
    ? null
    : `InvalidGroup.Duplicate: The security group '${name}' already exists for VPC '${textOf(object["vpc_id"])}'`;
}

async function twoZones({ session, object }: Subject): Promise<string | null> {
  const ids: readonly Value[] = isList(object["subnet_ids"]) ? object["subnet_ids"] : [];
  const subnets = await Promise.all(
    ids.map((id) => session.objects.read("aws_subnet", textOf(id))),
  );
  const zones = new Set(
    subnets
      .filter((each): each is ValueMap => isMap(each))
      .map((each) => each["availability_zone"]),
  );
  return zones.size < 2
    ? "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Add subnets to cover at least 2 AZs."
    : null;
}
