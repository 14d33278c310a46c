import { addressAt, rangeOf } from "#simulator/cidr.ts";
import { hash } from "#simulator/identity.ts";
import type { Bring, Brought, Making } from "#simulator/making.ts";
import { isList, textOf } from "#simulator/values.ts";

export const PROJECT_NUMBER = 100_000_000_000;

/** What Google fills in, by type; ids, links and labels are common to all and stand elsewhere. */
export const GOOGLE_VALUES: Readonly<Record<string, Bring>> = {
  google_compute_network: ({ object }) => ({
    mtu: 1460,
    routing_mode: "REGIONAL",
    network_id: numberOf(object),
    numeric_id: numberOf(object),
    bgp_best_path_selection_mode: "LEGACY",
  }),
  google_compute_subnetwork: ({ object, now }) => {
    const range = rangeOf(textOf(object["ip_cidr_range"]));
    return {
      creation_timestamp: now,
      gateway_address: range === null ? "" : addressAt(range, 1),
      subnetwork_id: Number(numberOf(object)),
      purpose: "PRIVATE",
      stack_type: "IPV4_ONLY",
      private_ipv6_google_access: "DISABLE_GOOGLE_ACCESS",
      fingerprint: Buffer.from(hash("fingerprint", object, 8)).toString("base64"),
    };
  },
  google_compute_firewall: ({ now }) => ({ creation_timestamp: now, direction: "INGRESS" }),
  google_compute_router: ({ now }) => ({ creation_timestamp: now }),
  google_compute_router_nat: () => ({
    endpoint_types: ["ENDPOINT_TYPE_VM"],
    auto_network_tier: "PREMIUM",
    enable_endpoint_independent_mapping: false,
  }),
  google_compute_address: ({ object, now }) => ({
    address: addressOf(object),
    creation_timestamp: now,
    network_tier: "PREMIUM",
  }),
  google_compute_global_address: ({ object, now }) => ({
    address: textOf(object["purpose"]) === "VPC_PEERING" ? "10.200.0.0" : addressOf(object),
    creation_timestamp: now,
  }),
  google_compute_route: ({ now }) => ({ creation_timestamp: now }),
  google_service_networking_connection: () => ({ peering: "servicenetworking-googleapis-com" }),
  google_storage_bucket: ({ object, now }) => ({
    url: `gs://${textOf(object["name"])}`,
    project_number: PROJECT_NUMBER,
    time_created: now,
    updated: now,
    public_access_prevention: "inherited",
    rpo: "DEFAULT",
    soft_delete_policy: [{ retention_duration_seconds: 604_800, effective_time: now }],
    "soft_delete_policy.effective_time": now,
  }),
  google_storage_bucket_object: ({ object, now }) => ({
    output_name: textOf(object["name"]),
    media_link: `https://storage.googleapis.com/sim/${textOf(object["bucket"])}/${textOf(object["name"])}`,
    update_time: now,
    content_type: "text/plain; charset=utf-8",
    storage_class: "STANDARD",
  }),
  google_cloud_run_v2_service: cloudRun,
  google_service_account: ({ object, id }) => {
    const email = id.slice(id.lastIndexOf("/") + 1);
    return { email, name: id, member: `serviceAccount:${email}`, unique_id: numberOf(object) };
  },
  google_sql_database_instance: sqlInstance,
  google_container_cluster: ({ object, now }) => ({
    endpoint: addressOf(object),
    master_version: "1.33.5-gke.1080000",
    node_version: "1.33.5-gke.1080000",
    services_ipv4_cidr: "10.96.0.0/20",
    cluster_ipv4_cidr: "10.64.0.0/14",
    default_max_pods_per_node: 110,
    creation_timestamp: now,
    network: "default",
    datapath_provider: "ADVANCED_DATAPATH",
    networking_mode: "VPC_NATIVE",
    location: textOf(object["location"]),
    logging_service: "logging.googleapis.com/kubernetes",
    monitoring_service: "monitoring.googleapis.com/kubernetes",
    label_fingerprint: hash("labels", object, 8),
    master_auth: [
      {
        client_certificate: "",
        client_key: "",
        cluster_ca_certificate: Buffer.from("simulated certificate").toString("base64"),
        client_certificate_config: [{ issue_client_certificate: false }],
      },
    ],
    "master_auth.cluster_ca_certificate": Buffer.from("simulated certificate").toString("base64"),
    workload_identity_config: [{ workload_pool: `${textOf(object["project"])}.svc.id.goog` }],
    release_channel: [{ channel: "REGULAR" }],
  }),
  google_secret_manager_secret: ({ id, now }) => ({ name: id, create_time: now }),
  google_secret_manager_secret_version: ({ id, now }) => ({
    name: id,
    version: id.slice(id.lastIndexOf("/") + 1),
    create_time: now,
  }),
  google_vpc_access_connector: () => ({ state: "READY", machine_type: "e2-micro" }),
};

/** Nineteen digits as Google numbers its objects, beginning with zeros no real one has. */
function numberOf(object: Making["object"]): string {
  return String(1_000_000_000 + (Number.parseInt(hash("number", object, 8), 16) % 1_000_000_000));
}

/** Addresses of 198.51.100.0/24, which belongs to documentation. */
function addressOf(object: Making["object"]): string {
  return `198.51.100.${(Number.parseInt(hash("address", object, 4), 16) % 254) + 1}`;
}

function cloudRun({ object, id, now }: Making): Brought {
  const name = textOf(object["name"]);
  const uri = `https://${name}-sim${hash("run", object, 7)}.${textOf(object["location"])}.run.app`;
  const revision = `projects/${textOf(object["project"])}/locations/${textOf(object["location"])}/services/${name}/revisions/${name}-00001-sim`;
  const ready = { ...CONDITION, last_transition_time: now };
  return {
    uri,
    urls: [uri],
    uid: hash("uid", { id }, 32),
    etag: `"${hash("etag", object, 12)}"`,
    generation: "1",
    observed_generation: "1",
    create_time: now,
    update_time: now,
    creator: "simulated@sim-project.iam.gserviceaccount.com",
    last_modifier: "simulated@sim-project.iam.gserviceaccount.com",
    latest_ready_revision: revision,
    latest_created_revision: revision,
    launch_stage: "GA",
    ingress: "INGRESS_TRAFFIC_ALL",
    terminal_condition: [{ ...ready, type: "Ready" }],
    conditions: [{ ...ready, type: "RoutesReady" }],
    traffic_statuses: [
      {
        percent: 100,
        revision: "",
        tag: "",
        type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST",
        uri: "",
      },
    ],
    traffic: [
      { percent: 100, revision: "", tag: "", type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" },
    ],
    "template.timeout": "300s",
    "template.max_instance_request_concurrency": 80,
  };
}

const CONDITION = {
  execution_reason: "",
  message: "",
  reason: "",
  revision_reason: "",
  severity: "",
  state: "CONDITION_SUCCEEDED",
};

function sqlInstance({ object, now }: Making): Brought {
  const project = textOf(object["project"]);
  const region = textOf(object["region"]);
  const name = textOf(object["name"]);
  const isPrivate = JSON.stringify(object["settings"] ?? []).includes("/networks/");
  const privateAddress = isPrivate ? "10.200.0.3" : "";
  const publicAddress = isPrivate ? "" : addressOf(object);
  const address = isPrivate ? privateAddress : publicAddress;
  return {
    name,
    connection_name: `${project}:${region}:${name}`,
    private_ip_address: privateAddress,
    public_ip_address: publicAddress,
    first_ip_address: address,
    ip_address: [
      { ip_address: address, time_to_retire: "", type: isPrivate ? "PRIVATE" : "PRIMARY" },
    ],
    instance_type: "CLOUD_SQL_INSTANCE",
    service_account_email_address: `p${PROJECT_NUMBER}-sim@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    server_ca_cert: [
      {
        cert: "simulated certificate",
        common_name: "C=SIM",
        create_time: now,
        expiration_time: now,
        sha1_fingerprint: hash("ca", object, 40),
      },
    ],
    maintenance_version: `${textOf(object["database_version"])}.sim`,
    ...SQL_SETTINGS,
    "settings.location_preference.zone": `${region}-a`,
    dns_names: isList(object["dns_names"]) ? object["dns_names"] : [],
  };
}

const SQL_SETTINGS: Brought = {
  "settings.version": 1,
  "settings.disk_size": 10,
  "settings.disk_type": "PD_SSD",
  "settings.edition": "ENTERPRISE",
  "settings.connector_enforcement": "NOT_REQUIRED",
  "settings.backup_configuration.start_time": "03:00",
  "settings.backup_configuration.transaction_log_retention_days": 7,
  "settings.ip_configuration.ssl_mode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
  "settings.ip_configuration.server_ca_mode": "GOOGLE_MANAGED_INTERNAL_CA",
};
