import { hash, madeUp } from "#simulator/identity.ts";
import type { Bring, Brought, Making } from "#simulator/making.ts";
import { textOf } from "#simulator/values.ts";
import { eksCluster, eksNodeGroup } from "./eks-values.ts";
import { instance, natGateway, subnet } from "./network-values.ts";
import { ACCOUNT, HOSTED_ZONE } from "./places.ts";

/** What AWS fills in, by type; ARNs, ids and tags are common to all and stand elsewhere. */
export const AWS_VALUES: Readonly<Record<string, Bring>> = {
  aws_vpc: ({ object }) => ({
    owner_id: ACCOUNT,
    default_security_group_id: `sg-${madeUp("default group", object)}`,
    default_route_table_id: `rtb-${madeUp("main", object)}`,
    main_route_table_id: `rtb-${madeUp("main", object)}`,
    default_network_acl_id: `acl-${madeUp("default list", object)}`,
    dhcp_options_id: `dopt-${madeUp("default", {})}`,
  }),
  aws_subnet: subnet,
  aws_nat_gateway: natGateway,
  aws_instance: instance,
  aws_internet_gateway: () => ({ owner_id: ACCOUNT }),
  aws_route_table: () => ({ owner_id: ACCOUNT }),
  aws_route: ({ object }) => ({
    origin: "CreateRoute",
    state: "active",
    instance_owner_id: "",
    network_interface_id: textOf(object["network_interface_id"]),
  }),
  aws_security_group: () => ({ owner_id: ACCOUNT }),
  aws_default_security_group: () => ({
    owner_id: ACCOUNT,
    name: "default",
    description: "default VPC security group",
  }),
  aws_default_network_acl: () => ({ owner_id: ACCOUNT }),
  aws_default_route_table: () => ({ owner_id: ACCOUNT }),
  aws_network_acl: () => ({ owner_id: ACCOUNT }),
  aws_vpc_security_group_ingress_rule: ({ id }) => ({ security_group_rule_id: id }),
  aws_vpc_security_group_egress_rule: ({ id }) => ({ security_group_rule_id: id }),
  aws_security_group_rule: ({ object }) => ({
    security_group_rule_id: `sgr-${madeUp("rule", object)}`,
  }),
  aws_eip: elasticAddress,
  aws_flow_log: ({ object }) => ({
    log_format:
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    log_destination: textOf(object["log_destination"]),
  }),
  aws_ebs_volume: () => ({ size: 8, type: "gp3", iops: 3_000, throughput: 125 }),
  aws_iam_role: ({ object, now }) => ({
    create_date: now,
    unique_id: `AROASIM${hash("role", object, 14).toUpperCase()}`,
  }),
  aws_iam_policy: ({ object }) => ({
    policy_id: `ANPASIM${hash("policy", object, 14).toUpperCase()}`,
  }),
  aws_iam_instance_profile: ({ object, now }) => ({
    create_date: now,
    unique_id: `AIPASIM${hash("profile", object, 14).toUpperCase()}`,
  }),
  aws_iam_openid_connect_provider: ({ object }) => ({
    thumbprint_list: [hash("thumbprint", object, 40)],
    client_id_list: ["sts.amazonaws.com"],
  }),
  aws_key_pair: ({ object }) => ({
    key_pair_id: `key-${madeUp("key", object)}`,
    key_type: "ed25519",
    fingerprint: hash("fingerprint", object, 40),
  }),
  aws_kms_key: ({ id }) => ({
    key_id: id,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:sim::${ACCOUNT}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  }),
  aws_kms_alias: async ({ object, lookup }) => ({
    target_key_arn: textOf((await lookup("aws_kms_key", textOf(object["target_key_id"])))?.["arn"]),
  }),
  aws_launch_template: () => ({ latest_version: 1, default_version: 1 }),
  aws_s3_bucket: bucket,
  aws_s3_object: ({ object }) => ({ etag: hash("object", object, 32), version_id: "" }),
  aws_secretsmanager_secret_version: ({ id, object }) => ({
    arn: textOf(object["secret_id"]),
    version_id: id.split("|")[1] ?? "",
    version_stages: ["AWSCURRENT"],
  }),
  aws_ssm_parameter: () => ({ version: 1, data_type: "text", tier: "Standard" }),
  aws_db_subnet_group: async ({ object, lookup }) => {
    const ids = Array.isArray(object["subnet_ids"]) ? object["subnet_ids"] : [];
    const first = await lookup("aws_subnet", textOf(ids[0]));
    return { vpc_id: textOf(first?.["vpc_id"]), supported_network_types: ["IPV4"] };
  },
  aws_db_instance: database,
  aws_eks_cluster: eksCluster,
  aws_eks_node_group: eksNodeGroup,
  aws_eks_addon: ({ now }) => ({
    addon_version: "v1.20.4-eksbuild.1",
    created_at: now,
    modified_at: now,
  }),
  aws_eks_access_entry: ({ object, now }) => ({
    created_at: now,
    modified_at: now,
    kubernetes_groups: [],
    user_name: textOf(object["principal_arn"]),
  }),
  aws_eks_access_policy_association: ({ now }) => ({ associated_at: now, modified_at: now }),
  aws_eks_pod_identity_association: ({ id }) => ({ association_id: id }),
  aws_vpc_endpoint: () => ({ owner_id: ACCOUNT, state: "available", requester_managed: false }),
};

/** Addresses of 203.0.113.0/24, which belongs to documentation. */
function elasticAddress({ id, settings }: Making): Brought {
  const last = (Number.parseInt(id.slice(-4), 16) % 254) + 1;
  const dashed = `203-0-113-${last}`;
  return {
    allocation_id: id,
    domain: "vpc",
    public_ip: `203.0.113.${last}`,
    public_dns: `ec2-${dashed}.${settings.region}.compute.sim.amazonaws.com`,
    public_ipv4_pool: "amazon",
    network_border_group: settings.region,
  };
}

function bucket({ object, settings }: Making): Brought {
  const name = textOf(object["bucket"]);
  return {
    region: settings.region,
    bucket_region: settings.region,
    bucket_domain_name: `${name}.s3.amazonaws.com`,
    bucket_regional_domain_name: `${name}.s3.${settings.region}.amazonaws.com`,
    hosted_zone_id: HOSTED_ZONE,
    request_payer: "BucketOwner",
  };
}

const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306 };

function database({ object, settings, now }: Making): Brought {
  const engine = textOf(object["engine"]);
  const given = object["port"];
  const port = typeof given === "number" && given > 0 ? given : (PORTS[engine] ?? 5432);
  const address = `${textOf(object["identifier"])}.sim${hash("db", object, 9)}.${settings.region}.rds.amazonaws.com`;
  const major = textOf(object["engine_version"]).split(".")[0] ?? "";
  return {
    address,
    port,
    endpoint: `${address}:${port}`,
    hosted_zone_id: HOSTED_ZONE,
    resource_id: `db-SIM${hash("resource", object, 23).toUpperCase()}`,
    status: "available",
    engine_version: major === "" ? "17.6" : textOf(object["engine_version"]),
    engine_version_actual: textOf(object["engine_version"]),
    availability_zone: `${settings.region}a`,
    backup_window: "03:00-03:30",
    maintenance_window: "mon:04:00-mon:04:30",
    ca_cert_identifier: "rds-ca-rsa2048-g1",
    license_model: "postgresql-license",
    storage_type: "gp3",
    iops: 3_000,
    storage_throughput: 125,
    network_type: "IPV4",
    parameter_group_name: `default.${engine}${major}`,
    option_group_name: `default:${engine}-${major}`,
    latest_restorable_time: now,
    backup_target: "region",
    allocated_storage: 20,
    master_user_secret:
      object["manage_master_user_password"] === true ? [masterSecret(object, settings.region)] : [],
  };
}

function masterSecret(object: Making["object"], region: string): Brought {
  const name = `rds!db-${hash("secret", object, 12)}`;
  return {
    secret_arn: `arn:aws:sim:${region}:${ACCOUNT}:secret:${name}`,
    kms_key_id: `arn:aws:sim:${region}:${ACCOUNT}:key/${madeUp("rds", {})}`,
    secret_status: "active",
  };
}
