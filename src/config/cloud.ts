import { join } from "node:path";
import { Secret } from "#telemetry/secret.ts";
import { needsVault, readRoles, type RolesOfFile } from "./credentials-file.ts";
import { CREDENTIALS, type Env } from "./env.ts";
import type { StateBackendConfig } from "./state-backend.ts";
import { StartRefused } from "./start-refused.ts";

type Variables = Readonly<Record<string, string | undefined>>;
type Secrets = Readonly<Record<string, Secret>>;

/** Where deployments are made. */
export type CloudConfig =
  | { readonly is: "simulated" }
  | {
      readonly is: "real";
      /** By cloud, the variables of this process that its runs get; no other run sees them. */
      readonly variables: { readonly aws: Secrets; readonly gcp: Secrets };
      /** Of CREDENTIALS_FILE, in place of the credentials among `variables`; null without it. */
      readonly roles: RolesOfFile | null;
      readonly vault: { readonly address: string; readonly token: Secret } | null;
    };

/** What a run of each cloud may see of our environment: these names and no others. */
const PASSED_ON = {
  aws: [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_ENDPOINT_URL",
  ],
  gcp: [
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CREDENTIALS",
    "GOOGLE_OAUTH_ACCESS_TOKEN",
    "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT",
  ],
} as const;

/** Throws `StartRefused` where credentials stand beside a simulated cloud that was asked for. */
export function readCloud(variables: Variables, env: Env): CloudConfig {
  if (env.CLOUD === "real") {
    return {
      is: "real",
      variables: {
        aws: passed({ ...profileFiles(variables), ...variables }, PASSED_ON.aws),
        gcp: passed(variables, PASSED_ON.gcp),
      },
      ...readRoleSettings(variables, env),
    };
  }
  if (env.CREDENTIALS_FILE !== undefined) {
    throw new StartRefused("credentials-without-cloud");
  }
  const credentials = credentialsIn(variables);
  if (env.CLOUD === "simulated" && credentials.length > 0) {
    throw new StartRefused("cloud-credentials", { names: credentials.join(", ") });
  }
  return { is: "simulated" };
}

/** Credentials that no run will see; start-up says so. */
export function ignoredCredentials(
  variables: Variables,
  cloud: CloudConfig,
  state: StateBackendConfig,
): string[] {
  const found = credentialsIn(variables);
  if (cloud.is === "simulated") {
    return found;
  }
  const { roles, vault } = cloud;
  const own: readonly string[] = [...PASSED_ON.aws, ...PASSED_ON.gcp];
  const used = [
    ...(roles === null || state.is !== "http" ? own : []),
    ...(roles?.names ?? []),
    ...(vault === null ? [] : ["VAULT_ADDR", "VAULT_TOKEN"]),
  ];
  return found.filter((name) => !used.includes(name));
}

function readRoleSettings(variables: Variables, env: Env) {
  const { CREDENTIALS_FILE: file, VAULT_ADDR: address, VAULT_TOKEN: token } = env;
  const roles = file === undefined ? null : readRoles(file, variables);
  const needed = roles !== null && needsVault(roles);
  if (needed && (address === undefined || token === undefined)) {
    throw new StartRefused("vault-unknown");
  }
  const vault =
    needed && address !== undefined && token !== undefined
      ? { address, token: new Secret(token) }
      : null;
  return { roles, vault };
}

/** A run has a home of its own, so a profile is looked for where this process would look. */
function profileFiles({ AWS_PROFILE, HOME }: Variables): Variables {
  return isSet(AWS_PROFILE) && isSet(HOME)
    ? {
        AWS_CONFIG_FILE: join(HOME, ".aws/config"),
        AWS_SHARED_CREDENTIALS_FILE: join(HOME, ".aws/credentials"),
      }
    : {};
}

function passed(variables: Variables, names: readonly string[]): Secrets {
  const found = names.flatMap((name): [string, Secret][] => {
    const value = variables[name];
    return isSet(value) ? [[name, new Secret(value)]] : [];
  });
  return Object.fromEntries(found);
}

function credentialsIn(variables: Variables): string[] {
  return CREDENTIALS.filter((name) => isSet(variables[name]));
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
