import type { Identity } from "#simulator/identity.ts";

const TAKEN = "googleapi: Error 409: The resource '{id}' already exists, alreadyExists";
const GLOBAL = "projects/{project}/global";
const REGIONAL = "projects/{project}/regions/{region}";
const LOCATED = "projects/{project}/locations/{location}";

/** One line a type: its id, and what a name already taken answers. */
export const GOOGLE_IDENTITIES: Readonly<Record<string, Identity>> = {
  google_cloud_run_v2_service: { id: `${LOCATED}/services/{name}`, taken: TAKEN },
  google_cloud_run_v2_service_iam_binding: { id: `${LOCATED}/services/{name}/{role}` },
  google_cloud_run_v2_service_iam_member: { id: `${LOCATED}/services/{name}/{role}/{member}` },
  google_compute_address: { id: `${REGIONAL}/addresses/{name}`, taken: TAKEN },
  google_compute_firewall: { id: `${GLOBAL}/firewalls/{name}`, taken: TAKEN },
  google_compute_global_address: { id: `${GLOBAL}/addresses/{name}`, taken: TAKEN },
  google_compute_network: { id: `${GLOBAL}/networks/{name}`, taken: TAKEN },
  google_compute_route: { id: `${GLOBAL}/routes/{name}`, taken: TAKEN },
  google_compute_router: { id: `${REGIONAL}/routers/{name}`, taken: TAKEN },
  google_compute_router_nat: {
    id: "{project}/{region}/{router}/{name}",
    taken: TAKEN,
    importedBy: [`${REGIONAL}/routers/{router}/{name}`],
  },
  google_compute_subnetwork: { id: `${REGIONAL}/subnetworks/{name}`, taken: TAKEN },
  google_container_cluster: {
    id: `${LOCATED}/clusters/{name}`,
    taken: "googleapi: Error 409: Already exists: {id}., alreadyExists",
  },
  google_container_node_pool: {
    id: `${LOCATED}/clusters/{cluster}/nodePools/{name}`,
    taken: "googleapi: Error 409: Already exists: {id}., alreadyExists",
  },
  google_kms_crypto_key: { id: "{key_ring}/cryptoKeys/{name}", taken: TAKEN },
  google_kms_crypto_key_iam_member: { id: "{crypto_key_id}/{role}/{member}" },
  google_kms_key_ring: { id: `${LOCATED}/keyRings/{name}`, taken: TAKEN },
  google_project_iam_member: { id: "{project}/{role}/{member}" },
  google_project_service: { id: "{project}/{service}" },
  google_secret_manager_secret: { id: "projects/{project}/secrets/{secret_id}", taken: TAKEN },
  google_secret_manager_secret_iam_member: {
    id: "projects/{project}/secrets/{secret_id}/{role}/{member}",
  },
  google_secret_manager_secret_version: { id: "{secret}/versions/~" },
  google_service_account: {
    id: "projects/{project}/serviceAccounts/{account_id}@{project}.iam.gserviceaccount.com",
    taken:
      "googleapi: Error 409: Service account {account_id} already exists within project projects/{project}., alreadyExists",
  },
  google_service_account_iam_member: { id: "{service_account_id}/{role}/{member}" },
  google_service_networking_connection: { id: "{network}:{service}" },
  google_sql_database: {
    id: "projects/{project}/instances/{instance}/databases/{name}",
    taken:
      "googleapi: Error 400: Invalid request: failed to create database {name}. Database already exists., invalid",
  },
  google_sql_database_instance: {
    id: "{name}",
    taken: "googleapi: Error 409: The Cloud SQL instance already exists., instanceAlreadyExists",
    importedBy: ["projects/{project}/instances/{name}"],
  },
  google_sql_user: { id: "{name}/{host}/{instance}" },
  google_storage_bucket: {
    id: "{name}",
    taken:
      "googleapi: Error 409: The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again., conflict",
    importedBy: ["{project}/{name}"],
  },
  google_storage_bucket_iam_binding: { id: "b/{bucket}/{role}" },
  google_storage_bucket_iam_member: { id: "b/{bucket}/{role}/{member}" },
  google_storage_bucket_iam_policy: { id: "b/{bucket}" },
  google_storage_bucket_object: { id: "{bucket}-{name}" },
  google_vpc_access_connector: {
    id: "projects/{project}/locations/{region}/connectors/{name}",
    taken: TAKEN,
  },
};
