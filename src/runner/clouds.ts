import { mkdir } from "node:fs/promises";
import type { Cloud } from "#deployments/deployment.ts";
import { Secret } from "#telemetry/secret.ts";
import type { RunnerParts } from "./job.ts";
import { roleCredentials, type RoleParts } from "./role-credentials.ts";

/** What the runner must know of the clouds it works in. */
export type CloudParts = Pick<
  RunnerParts,
  "providersDir" | "simulated" | "awsEndpoint" | "credentials" | "shown"
>;

/** `variables`: by cloud, what runs of it get in their environment and those of others do not. */
export type RealClouds = {
  readonly providersDir: string;
  /** Credentials by environment and kind of run, in place of those of this process. */
  readonly roles?: Omit<RoleParts, "beside">;
  readonly variables: Readonly<Record<Exclude<Cloud, "local">, Readonly<Record<string, Secret>>>>;
};

/** Real accounts: providers of a mirror that the operator filled, credentials of this process. */
export function realClouds({ providersDir, variables, roles }: RealClouds): CloudParts {
  const endpoint = variables.aws["AWS_ENDPOINT_URL"];
  const beside = { aws: endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }, gcp: {} };
  return {
    providersDir,
    simulated: false,
    awsEndpoint: endpoint !== undefined,
    credentials:
      roles === undefined
        ? async ({ cloud }) => (cloud === "local" ? {} : variables[cloud])
        : roleCredentials({ ...roles, beside }),
    shown: { readOnly: [providersDir], writable: [] },
  };
}

/** Simulated AWS and Google: our own providers, which refuse to start without these variables. */
export function simulatedClouds(given: {
  readonly providersDir: string;
  readonly cloudDir: string;
  /** What the providers' program consists of. */
  readonly program: readonly string[];
}): CloudParts {
  const names = Object.entries(simulatedEnvironment(given.cloudDir));
  const variables = Object.fromEntries(names.map(([name, value]) => [name, new Secret(value)]));
  return {
    providersDir: given.providersDir,
    simulated: true,
    awsEndpoint: false,
    async credentials({ cloud }) {
      // Somebody may have deleted the whole cloud, and every run is shown its folder.
      await mkdir(given.cloudDir, { recursive: true });
      return cloud === "local" ? {} : variables;
    },
    shown: { readOnly: [given.providersDir, ...given.program], writable: [given.cloudDir] },
  };
}

/** Without these the simulated providers do not start. */
export function simulatedEnvironment(cloudDir: string): Readonly<Record<string, string>> {
  return {
    SIM_CLOUD_DIR: cloudDir,
    MCP_SIMULATED: "1",
    // They speak no mutual TLS; theirs is a loopback port of one run.
    TF_DISABLE_PLUGIN_TLS: "1",
  };
}
