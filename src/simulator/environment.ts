import { isAbsolute } from "node:path";

export type CloudName = "aws" | "google";

export const CLOUDS: Readonly<Record<CloudName, { readonly version: string }>> = {
  aws: { version: "6.66.0" },
  google: { version: "7.45.0" },
};

export type Environment = {
  readonly cloud: CloudName;
  /** Folder of the simulated clouds; one folder per cloud below it. */
  readonly cloudDir: string;
  /** Region and project where the configuration names none. */
  readonly region: string;
  readonly project: string;
};

/** Why the provider does not start; the text is for whoever reads Terraform's log. */
export class StartRefused extends Error {}

/** How Terraform tells a program that it is started as a plugin. */
export const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the process's own environment. Throws `StartRefused` where a simulated cloud could be
 * taken for a real one.
 */
export function readEnvironment(cloud: string | undefined, env: Variables): Environment {
  if (cloud !== "aws" && cloud !== "google") {
    throw new StartRefused(`Name the cloud to simulate: aws or google, not ${cloud ?? "nothing"}.`);
  }
  const refused = refusal(env);
  const cloudDir = env["SIM_CLOUD_DIR"] ?? "";
  if (refused !== null) {
    throw new StartRefused(refused);
  }
  return {
    cloud,
    cloudDir,
    region: regionOf(cloud, env),
    project: env["GOOGLE_PROJECT"] ?? env["GOOGLE_CLOUD_PROJECT"] ?? "sim-project",
  };
}

function regionOf(cloud: CloudName, env: Variables): string {
  return cloud === "aws"
    ? (env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "us-east-1")
    : (env["GOOGLE_REGION"] ?? "us-central1");
}

function refusal(env: Variables): string | null {
  if (env["TF_PLUGIN_MAGIC_COOKIE"] !== MAGIC_COOKIE) {
    return "This program is a Terraform provider of a simulated cloud. Terraform starts it; run terraform instead.";
  }
  if (env["MCP_SIMULATED"] !== "1") {
    return "This is the simulated cloud, and MCP_SIMULATED=1 is not set: nothing was asked to be simulated. Set it, or install the real provider.";
  }
  if (!isAbsolute(env["SIM_CLOUD_DIR"] ?? "")) {
    return "The simulated cloud needs SIM_CLOUD_DIR, the absolute path of the folder that holds its objects.";
  }
  if (env["TF_DISABLE_PLUGIN_TLS"] !== "1") {
    return "The simulated cloud speaks without TLS on loopback: set TF_DISABLE_PLUGIN_TLS=1 for Terraform.";
  }
  return looksReal(env)
    ? "Real-looking cloud credentials are in the environment of the simulated cloud. Take them out, or install the real provider."
    : null;
}

const AWS_KEY = /^(?:AKIA|ASIA)[A-Z2-7]{16}$/;
const MADE_UP = /EXAMPLE|FAKE|DUMMY|TEST|MADE|SIM|(.)\1{3}/i;

/** Keys of the true shape that do not say of themselves that they are made up. */
function looksReal(env: Variables): boolean {
  const given = (name: string): string => env[name] ?? "";
  const aws = given("AWS_ACCESS_KEY_ID");
  const token = given("GOOGLE_OAUTH_ACCESS_TOKEN");
  const key = given("GOOGLE_CREDENTIALS");
  return (
    (AWS_KEY.test(aws) && !MADE_UP.test(aws) && isRandom(given("AWS_SECRET_ACCESS_KEY"))) ||
    (key.includes("BEGIN PRIVATE KEY") && key.length > PRIVATE_KEY_CHARACTERS) ||
    (token.startsWith("ya29.") && isRandom(token))
  );
}

const PRIVATE_KEY_CHARACTERS = 1_500;
const RANDOM_BITS_PER_CHARACTER = 4.2;

function isRandom(text: string): boolean {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const shares = [...counts.values()].map((count) => count / text.length);
  const bits = -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
  return bits > RANDOM_BITS_PER_CHARACTER && !MADE_UP.test(text);
}
