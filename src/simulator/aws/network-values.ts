import { addressAt, rangeOf } from "#simulator/cidr.ts";
import { madeUp } from "#simulator/identity.ts";
import type { Brought, Making } from "#simulator/making.ts";
import { textOf, type ValueMap } from "#simulator/values.ts";
import { ACCOUNT, zoneId } from "./places.ts";

export function subnet({ object, settings }: Making): Brought {
  const zone = textOf(object["availability_zone"]);
  const name = zone === "" ? `${settings.region}a` : zone;
  return { availability_zone: name, availability_zone_id: zoneId(name), owner_id: ACCOUNT };
}

export async function natGateway({ object, id, lookup }: Making): Promise<Brought> {
  const address = await lookup("aws_eip", textOf(object["allocation_id"]));
  const subnet = await lookup("aws_subnet", textOf(object["subnet_id"]));
  return {
    public_ip: textOf(address?.["public_ip"]),
    private_ip: addressIn(subnet, id),
    network_interface_id: `eni-${madeUp("nat", object)}`,
    association_id: `eipassoc-${madeUp("nat", object)}`,
  };
}

export async function instance(making: Making): Promise<Brought> {
  const { object, id, settings, lookup } = making;
  const subnet = await lookup("aws_subnet", textOf(object["subnet_id"]));
  const vpc = await lookup("aws_vpc", textOf(subnet?.["vpc_id"]));
  const address = addressIn(subnet, id);
  const group = textOf(vpc?.["default_security_group_id"]);
  return {
    ...EC2_DEFAULTS,
    private_ip: address,
    private_dns: `ip-${address.replaceAll(".", "-")}.${settings.region}.compute.internal`,
    availability_zone: textOf(subnet?.["availability_zone"]),
    primary_network_interface_id: `eni-${madeUp("instance", object)}`,
    vpc_security_group_ids: group === "" ? [] : [group],
    subnet_id: textOf(object["subnet_id"]),
    root_block_device: [{ ...ROOT_DISK, volume_id: `vol-${madeUp("root", object)}` }],
    "root_block_device.volume_id": `vol-${madeUp("root", object)}`,
    metadata_options: [METADATA],
  };
}

const ROOT_DISK = {
  delete_on_termination: true,
  device_name: "/dev/xvda",
  encrypted: false,
  iops: 3_000,
  throughput: 125,
  volume_size: 8,
  volume_type: "gp3",
  kms_key_id: "",
  tags: {},
  tags_all: {},
};

const METADATA = {
  http_endpoint: "enabled",
  http_protocol_ipv6: "disabled",
  http_put_response_hop_limit: 2,
  http_tokens: "required",
  instance_metadata_tags: "disabled",
};

const EC2_DEFAULTS: Brought = {
  ...under("root_block_device", ROOT_DISK),
  ...under("metadata_options", METADATA),
  instance_state: "running",
  instance_initiated_shutdown_behavior: "stop",
  tenancy: "default",
  ebs_optimized: false,
  "cpu_options.core_count": 2,
  "cpu_options.threads_per_core": 1,
  "maintenance_options.auto_recovery": "default",
};

function under(block: string, values: ValueMap): ValueMap {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${block}.${name}`, value]),
  );
}

const RESERVED = 5;

/** An address of the subnet, always the same for the same id; AWS keeps the first few. */
function addressIn(subnet: ValueMap | null, id: string): string {
  const range = rangeOf(textOf(subnet?.["cidr_block"]));
  if (range === null) {
    return "";
  }
  const size = range.last - range.first - RESERVED;
  return addressAt(range, RESERVED + (Number.parseInt(id.slice(-6), 16) % Math.max(1, size)));
}
