import type { Json } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Module } from "#deployments/ports.ts";

/** Root variable of what every object of a deployment is marked with. */
export const MARKS = "mcp_marks";
const MARKS_TYPE = "map(string)";

export type ProviderSetting = {
  /** AWS is spoken to at AWS_ENDPOINT_URL: an emulator or a private endpoint. */
  readonly awsEndpoint: boolean;
};

type Blocks = {
  readonly required: { [name: string]: Json };
  readonly provider: { [name: string]: Json };
  readonly variable: { [name: string]: Json };
};

/** The providers of a module, told region, project and marks by variables: nothing of a person is in them. */
export function providerBlocks({ providers, ...module }: Module, setting: ProviderSetting): Blocks {
  const required = providers.map(({ name, source, version }) => [name, { source, version }]);
  const configured = providers.flatMap(({ name, source }) => {
    const config = configOf(source, module, setting);
    return config === null ? [] : [[name, config]];
  });
  return {
    required: Object.fromEntries(required),
    provider: Object.fromEntries(configured),
    variable: configured.length === 0 ? {} : { [MARKS]: { type: MARKS_TYPE, default: {} } },
  };
}

/**
 * What the objects of a deployment are marked with: AWS takes any key, Google small letters, digits,
 * dashes and underscores in at most 63 characters. Empty for a cloud without such marks.
 */
export function marksOf({
  cloud,
  name,
  requester,
}: Pick<Deployment, "cloud" | "name" | "requester">): { readonly [key: string]: string } {
  switch (cloud) {
    case "aws":
      return { "mcp:deployment": name, "mcp:owner": requester };
    case "gcp":
      return { "mcp-deployment": labelValue(name), "mcp-owner": labelValue(requester) };
    case "local":
      return {};
  }
}

type Place = Pick<Module, "region" | "variables">;

/** Null for a provider that needs no word of ours. */
function configOf(source: string, module: Place, setting: ProviderSetting): Json | null {
  switch (source) {
    case "hashicorp/aws":
      return awsConfig(module, setting);
    case "hashicorp/google":
      return googleConfig(module);
    default:
      return null;
  }
}

function awsConfig(module: Place, { awsEndpoint }: ProviderSetting): Json {
  return {
    ...regionIn(module),
    default_tags: [{ tags: `\${var.${MARKS}}` }],
    ...(awsEndpoint ? EMULATED : {}),
  };
}

// What stands behind another endpoint knows neither STS nor the metadata service, and has one host
// for every bucket.
const EMULATED = {
  s3_use_path_style: true,
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

function googleConfig(module: Place): Json {
  const hasProject = module.variables.some(({ name }) => name === "project_id");
  return {
    ...regionIn(module),
    ...(hasProject ? { project: "${var.project_id}" } : {}),
    default_labels: `\${var.${MARKS}}`,
  };
}

function regionIn({ region }: Place): { [name: string]: Json } {
  return region === null ? {} : { region: `\${var.${region.variable}}` };
}

function labelValue(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, "-")
    .slice(0, 63);
}
