import type { Answer, Question } from "#simulator/data.ts";
import type { Brought } from "#simulator/making.ts";
import { find } from "#simulator/rules.ts";
import { isList, isMap, textOf, type Value } from "#simulator/values.ts";
import { PROJECT_NUMBER } from "./values.ts";

/** What Google answers to each data source. */
export const GOOGLE_DATA: Readonly<Record<string, Answer>> = {
  google_client_config: ({ session }) => ({
    id: `projects/${session.settings.project}`,
    access_token: "simulated-token",
    project: session.settings.project,
    region: session.settings.region,
    zone: session.settings.zone,
    default_labels: session.settings.defaults,
  }),
  google_project: ({ session, config }) => {
    const asked = textOf(config["project_id"]);
    const project = asked === "" ? session.settings.project : asked;
    return { id: `projects/${project}`, name: project, number: String(PROJECT_NUMBER) };
  },
  google_storage_project_service_account: () => {
    const email = `service-${PROJECT_NUMBER}@gs-project-accounts.sim.gserviceaccount.com`;
    return { id: email, email_address: email, member: `serviceAccount:${email}` };
  },
  google_compute_zones: ({ session, config }) => {
    const asked = textOf(config["region"]);
    const region = asked === "" ? session.settings.region : asked;
    return {
      id: `projects/${session.settings.project}/regions/${region}`,
      names: ["a", "b", "c"].map((letter) => `${region}-${letter}`),
    };
  },
  google_compute_image: ({ config }) => {
    const name = [textOf(config["name"]), textOf(config["family"]), "image"].find(
      (each) => each !== "",
    );
    const link = `https://www.googleapis.com/sim/compute/v1/projects/sim/global/images/${name ?? ""}`;
    return { id: link, self_link: link, name: name ?? "", status: "READY", disk_size_gb: 10 };
  },
  google_compute_network: (question) => byName(question, "google_compute_network"),
  google_compute_subnetwork: (question) => byName(question, "google_compute_subnetwork"),
  google_container_engine_versions: () => ({
    default_cluster_version: VERSION,
    latest_master_version: VERSION,
    latest_node_version: VERSION,
    valid_master_versions: [VERSION],
    valid_node_versions: [VERSION],
    release_channel_default_version: CHANNELS,
    release_channel_latest_version: CHANNELS,
    release_channel_upgrade_target_version: CHANNELS,
  }),
  google_iam_policy: ({ config }) => ({
    policy_data: JSON.stringify({ bindings: bindings(config) }),
  }),
};

const VERSION = "1.33.5-gke.1080000";
const CHANNELS = { RAPID: VERSION, REGULAR: VERSION, STABLE: VERSION };

async function byName({ session, config }: Question, type: string): Promise<Brought | string> {
  const wanted = ["self_link", "name"]
    .map((name) => textOf(config[name]))
    .find((name) => name !== "");
  const found = wanted === undefined ? null : await find(session, type, wanted);
  return found ?? `${type} ${wanted ?? ""} not found`;
}

function bindings(config: Question["config"]): Value {
  const blocks = isList(config["binding"]) ? config["binding"].filter((each) => isMap(each)) : [];
  return blocks.map((block) => ({ members: block["members"] ?? [], role: textOf(block["role"]) }));
}
