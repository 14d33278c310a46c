import { join } from "node:path";
import { Secret } from "#telemetry/secret.ts";
import { CREDENTIALS, type Env } from "./env.ts";
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
    };
  }
  const credentials = credentialsIn(variables);
  if (env.CLOUD === "simulated" && credentials.length > 0) {
    throw new StartRefused("cloud-credentials", { names: credentials.join(", ") });
  }
  return { is: "simulated" };
}

/** Credentials that no run will see; start-up says so. */
export function ignoredCredentials(variables: Variables, cloud: CloudConfig): string[] {
  const used: readonly string[] = [...PASSED_ON.aws, ...PASSED_ON.gcp];
  const found = credentialsIn(variables);
  return cloud.is === "real" ? found.filter((name) => !used.includes(name)) : found;
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
