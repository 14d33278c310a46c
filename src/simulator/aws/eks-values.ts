import { hash, madeUp } from "#simulator/identity.ts";
import type { Brought, Making } from "#simulator/making.ts";
import { isList, isMap, textOf, type ValueMap } from "#simulator/values.ts";

const NEWEST = "1.34";

export async function eksCluster(making: Making): Promise<Brought> {
  const { object, settings, now } = making;
  const key = `SIM${hash("eks", object, 29).toUpperCase()}`;
  const host = `${settings.region}.eks.amazonaws.com`;
  return {
    status: "ACTIVE",
    created_at: now,
    version: NEWEST,
    platform_version: "eks.1",
    endpoint: `https://${key}.sim.${host}`,
    certificate_authority: [{ data: Buffer.from("simulated certificate").toString("base64") }],
    identity: [
      { oidc: [{ issuer: `https://oidc.eks.${settings.region}.amazonaws.com/id/${key}` }] },
    ],
    "vpc_config.vpc_id": await vpcOf(making),
    "vpc_config.cluster_security_group_id": `sg-${madeUp("eks", object)}`,
    "vpc_config.public_access_cidrs": ["0.0.0.0/0"],
    access_config: [
      { authentication_mode: "CONFIG_MAP", bootstrap_cluster_creator_admin_permissions: true },
    ],
    "access_config.authentication_mode": "CONFIG_MAP",
    kubernetes_network_config: [
      {
        ip_family: "ipv4",
        service_ipv4_cidr: "172.20.0.0/16",
        service_ipv6_cidr: "",
        elastic_load_balancing: [],
      },
    ],
    "kubernetes_network_config.ip_family": "ipv4",
    "kubernetes_network_config.service_ipv4_cidr": "172.20.0.0/16",
    upgrade_policy: [{ support_type: "EXTENDED" }],
    "upgrade_policy.support_type": "EXTENDED",
  };
}

async function vpcOf({ object, lookup }: Making): Promise<string> {
  const blocks = object["vpc_config"];
  const config: ValueMap = isList(blocks) && isMap(blocks[0]) ? blocks[0] : {};
  const subnets = isList(config["subnet_ids"]) ? config["subnet_ids"] : [];
  return textOf((await lookup("aws_subnet", textOf(subnets[0])))?.["vpc_id"]);
}

export async function eksNodeGroup({ object, lookup }: Making): Promise<Brought> {
  const cluster = await lookup("aws_eks_cluster", textOf(object["cluster_name"]));
  const version = textOf(cluster?.["version"]);
  return {
    status: "ACTIVE",
    ami_type: "AL2023_x86_64_STANDARD",
    capacity_type: "ON_DEMAND",
    disk_size: 20,
    instance_types: ["t3.medium"],
    node_group_name: `terraform-${hash("nodes", object, 12)}`,
    version: version === "" ? NEWEST : version,
    release_version: `${version === "" ? NEWEST : version}.0-sim`,
    resources: [
      {
        autoscaling_groups: [{ name: `eks-sim-${hash("asg", object, 12)}` }],
        remote_access_security_group_id: "",
      },
    ],
    update_config: [
      { max_unavailable: 1, max_unavailable_percentage: 0, update_strategy: "DEFAULT" },
    ],
    "update_config.update_strategy": "DEFAULT",
  };
}
