import { isAligned, overlaps, rangeOf } from "#simulator/cidr.ts";
import type { Parent, Subject } from "#simulator/rules.ts";
import { textOf } from "#simulator/values.ts";

const NETWORK: Parent = {
  attribute: "network",
  type: "google_compute_network",
  missing: "googleapi: Error 404: The resource '{value}' was not found, notFound",
};
const BUCKET: Parent = {
  attribute: "bucket",
  type: "google_storage_bucket",
  missing: "googleapi: Error 404: The specified bucket does not exist: {value}, notFound",
  loose: true,
};
const SERVICE: Parent = {
  attribute: "name",
  type: "google_cloud_run_v2_service",
  missing: "googleapi: Error 404: Resource '{value}' of kind 'SERVICE' does not exist.",
  loose: true,
};
const INSTANCE: Parent = {
  attribute: "instance",
  type: "google_sql_database_instance",
  missing:
    "googleapi: Error 404: The Cloud SQL instance '{value}' does not exist., instanceDoesNotExist",
  loose: true,
};
const SECRET: Parent = {
  attribute: "secret_id",
  type: "google_secret_manager_secret",
  missing: "googleapi: Error 404: Secret [{value}] not found.",
  loose: true,
};

/** What must exist before an object of the type can. */
export const GOOGLE_PARENTS: Readonly<Record<string, readonly Parent[]>> = {
  google_compute_subnetwork: [NETWORK],
  google_compute_firewall: [NETWORK],
  google_compute_router: [NETWORK],
  google_compute_route: [NETWORK],
  google_compute_global_address: [NETWORK],
  google_service_networking_connection: [NETWORK],
  google_compute_router_nat: [
    {
      attribute: "router",
      type: "google_compute_router",
      missing: "googleapi: Error 404: The resource '{value}' was not found, notFound",
      loose: true,
    },
  ],
  google_storage_bucket_iam_member: [BUCKET],
  google_storage_bucket_iam_binding: [BUCKET],
  google_storage_bucket_iam_policy: [BUCKET],
  google_storage_bucket_object: [{ ...BUCKET, loose: false }],
  google_cloud_run_v2_service_iam_member: [SERVICE],
  google_cloud_run_v2_service_iam_binding: [SERVICE],
  google_sql_database: [INSTANCE],
  google_sql_user: [INSTANCE],
  google_sql_database_instance: [
    { ...NETWORK, attribute: "settings.ip_configuration.private_network" },
  ],
  google_container_cluster: [
    NETWORK,
    { ...NETWORK, attribute: "subnetwork", type: "google_compute_subnetwork" },
  ],
  google_container_node_pool: [
    {
      attribute: "cluster",
      type: "google_container_cluster",
      missing: "googleapi: Error 404: Not found: {value}., notFound",
      loose: true,
    },
  ],
  google_secret_manager_secret_version: [{ ...SECRET, attribute: "secret" }],
  google_secret_manager_secret_iam_member: [SECRET],
};

/** The rules of Google that go beyond one reference. */
export async function googleFault(subject: Subject): Promise<string | null> {
  return subject.type === "google_compute_subnetwork" ? subnetworkRange(subject) : null;
}

async function subnetworkRange({ session, object }: Subject): Promise<string | null> {
  const cidr = textOf(object["ip_cidr_range"]);
  const range = rangeOf(cidr);
  if (range === null || !isAligned(range) || range.bits > 29) {
    return `googleapi: Error 400: Invalid value for field 'resource.ipCidrRange': '${cidr}'. Must be a CIDR address range that is contained by the valid ranges., invalid`;
  }
  const clash = (await session.objects.list("google_compute_subnetwork")).find((each) => {
    const other = rangeOf(textOf(each["ip_cidr_range"]));
    const sameNetwork = lastPart(textOf(each["network"])) === lastPart(textOf(object["network"]));
    return sameNetwork && each["id"] !== object["id"] && other !== null && overlaps(other, range);
  });
  return clash === undefined
    ? null
    : `googleapi: Error 400: Invalid IPCidrRange: ${cidr} conflicts with existing subnetwork '${textOf(clash["name"])}' in region '${textOf(clash["region"])}'., invalidIpCidr`;
}

function lastPart(link: string): string {
  return link.slice(link.lastIndexOf("/") + 1);
}
