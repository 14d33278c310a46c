import type { Identity } from "#simulator/identity.ts";

const IN_BUCKET: Identity = { id: "{bucket}" };

/** One line a type: its id, the resource part of its ARN, what a name already taken answers. */
export const AWS_IDENTITIES: Readonly<Record<string, Identity>> = {
  aws_cloudwatch_log_group: {
    id: "{name}",
    arn: "log-group:{name}",
    taken: "ResourceAlreadyExistsException: The specified log group already exists",
  },
  aws_db_instance: {
    id: "{identifier}",
    arn: "db:{identifier}",
    taken: "DBInstanceAlreadyExists: DB instance already exists",
  },
  aws_db_parameter_group: {
    id: "{name}",
    arn: "pg:{name}",
    taken: "DBParameterGroupAlreadyExists: Parameter group {name} already exists",
  },
  aws_db_subnet_group: {
    id: "{name}",
    arn: "subgrp:{name}",
    taken: "DBSubnetGroupAlreadyExists: The DB subnet group '{name}' already exists.",
  },
  aws_default_network_acl: { id: "{default_network_acl_id}", arn: "network-acl/{id}" },
  aws_default_route_table: { id: "{default_route_table_id}", arn: "route-table/{id}" },
  aws_default_security_group: { id: "{id}", arn: "security-group/{id}", importedBy: ["{vpc_id}"] },
  aws_ebs_volume: { id: "vol-~", arn: "volume/{id}" },
  aws_eip: { id: "eipalloc-~", arn: "elastic-ip/{id}" },
  aws_eks_access_entry: {
    id: "{cluster_name}:{principal_arn}",
    arn: "access-entry/{cluster_name}/{principal_arn}",
    taken:
      "ResourceInUseException: The specified access entry resource is already in use on this cluster.",
  },
  aws_eks_access_policy_association: { id: "{cluster_name}#{principal_arn}#{policy_arn}" },
  aws_eks_addon: {
    id: "{cluster_name}:{addon_name}",
    arn: "addon/{cluster_name}/{addon_name}",
    taken: "ResourceInUseException: Addon already exists.",
  },
  aws_eks_cluster: {
    id: "{name}",
    arn: "cluster/{name}",
    taken: "ResourceInUseException: Cluster already exists with name: {name}",
  },
  aws_eks_node_group: {
    id: "{cluster_name}:{node_group_name}",
    arn: "nodegroup/{cluster_name}/{node_group_name}",
    taken:
      "ResourceInUseException: NodeGroup already exists with name {node_group_name} and cluster name {cluster_name}",
  },
  aws_eks_pod_identity_association: {
    id: "a-~",
    arn: "podidentityassociation/{cluster_name}/{id}",
  },
  aws_flow_log: { id: "fl-~", arn: "vpc-flow-log/{id}" },
  aws_iam_instance_profile: {
    id: "{name}",
    arn: "::000000000000:instance-profile/{name}",
    taken: "EntityAlreadyExists: Instance Profile {name} already exists.",
  },
  aws_iam_openid_connect_provider: {
    id: "arn:aws:sim::000000000000:oidc-provider/{url}",
    arn: "::000000000000:oidc-provider/{url}",
    taken: "EntityAlreadyExists: Provider with url {url} already exists.",
  },
  aws_iam_policy: {
    id: "arn:aws:sim::000000000000:policy/{name}",
    arn: "::000000000000:policy/{name}",
    taken:
      "EntityAlreadyExists: A policy called {name} already exists. Duplicate names are not allowed.",
  },
  aws_iam_role: {
    id: "{name}",
    arn: "::000000000000:role/{name}",
    taken: "EntityAlreadyExists: Role with name {name} already exists.",
  },
  aws_iam_role_policy: { id: "{role}:{name}" },
  aws_iam_role_policy_attachment: { id: "{role}/{policy_arn}" },
  aws_instance: { id: "i-~", arn: "instance/{id}" },
  aws_internet_gateway: { id: "igw-~", arn: "internet-gateway/{id}" },
  aws_key_pair: {
    id: "{key_name}",
    arn: "key-pair/{key_name}",
    taken: "InvalidKeyPair.Duplicate: The keypair already exists",
  },
  aws_kms_alias: {
    id: "{name}",
    arn: "{name}",
    taken: "AlreadyExistsException: An alias with the name {name} already exists",
  },
  aws_kms_key: { id: "~", arn: "key/{id}" },
  aws_launch_template: { id: "lt-~", arn: "launch-template/{id}" },
  aws_nat_gateway: { id: "nat-~" },
  aws_network_acl: { id: "acl-~", arn: "network-acl/{id}" },
  aws_route: {
    id: "r-{route_table_id}-{destination_cidr_block}{destination_ipv6_cidr_block}{destination_prefix_list_id}",
    taken:
      "RouteAlreadyExists: The route identified by {destination_cidr_block}{destination_ipv6_cidr_block} already exists.",
    importedBy: [
      "{route_table_id}_{destination_cidr_block}{destination_ipv6_cidr_block}{destination_prefix_list_id}",
    ],
  },
  aws_route_table: { id: "rtb-~", arn: "route-table/{id}" },
  aws_route_table_association: {
    id: "rtbassoc-~",
    importedBy: ["{subnet_id}{gateway_id}/{route_table_id}"],
  },
  aws_s3_bucket: {
    id: "{bucket}",
    arn: ":::{bucket}",
    taken:
      "BucketAlreadyExists: The requested bucket name is not available. The bucket namespace is shared by all users of the system.",
  },
  aws_s3_bucket_lifecycle_configuration: IN_BUCKET,
  aws_s3_bucket_logging: IN_BUCKET,
  aws_s3_bucket_ownership_controls: IN_BUCKET,
  aws_s3_bucket_policy: IN_BUCKET,
  aws_s3_bucket_public_access_block: IN_BUCKET,
  aws_s3_bucket_server_side_encryption_configuration: IN_BUCKET,
  aws_s3_bucket_versioning: IN_BUCKET,
  aws_s3_object: { id: "{bucket}/{key}", arn: ":::{bucket}/{key}" },
  aws_secretsmanager_secret: {
    id: "arn:aws:sim:{region}:000000000000:secret:{name}",
    arn: "secret:{name}",
    taken:
      "ResourceExistsException: The operation failed because the secret {name} already exists.",
  },
  aws_secretsmanager_secret_version: { id: "{secret_id}|~" },
  aws_security_group: {
    id: "sg-~",
    arn: "security-group/{id}",
    taken: "InvalidGroup.Duplicate: The security group '{name}' already exists for VPC '{vpc_id}'",
  },
  aws_security_group_rule: { id: "sgrule-~" },
  aws_ssm_parameter: {
    id: "{name}",
    arn: "parameter/{name}",
    taken: "ParameterAlreadyExists: The parameter already exists.",
  },
  aws_subnet: { id: "subnet-~", arn: "subnet/{id}" },
  aws_volume_attachment: { id: "vai-~" },
  aws_vpc: { id: "vpc-~", arn: "vpc/{id}" },
  aws_vpc_endpoint: { id: "vpce-~", arn: "vpc-endpoint/{id}" },
  aws_vpc_endpoint_route_table_association: {
    id: "a-~",
    importedBy: ["{vpc_endpoint_id}/{route_table_id}"],
  },
  aws_vpc_security_group_egress_rule: { id: "sgr-~", arn: "security-group-rule/{id}" },
  aws_vpc_security_group_ingress_rule: { id: "sgr-~", arn: "security-group-rule/{id}" },
};
