import type { Cloud, Environment } from "#deployments/deployment.ts";
import type { Log } from "#telemetry/log.ts";
import type { Secret } from "#telemetry/secret.ts";
import { RunFailed } from "./failure.ts";
import type { RunnerParts } from "./job.ts";
import type { Leases } from "./leases.ts";
import type { Vault } from "./vault.ts";

type Secrets = Readonly<Record<string, Secret>>;
type RealCloud = Exclude<Cloud, "local">;

/** Where the credentials of one kind of run come from. */
export type RoleSource =
  | { readonly is: "variables"; readonly variables: Secrets }
  | { readonly is: "vault"; readonly path: string };

/** By environment and cloud, who plans and who applies. */
export type RoleTable = Readonly<
  Partial<
    Record<
      Environment,
      Readonly<Partial<Record<RealCloud, Readonly<Record<"plan" | "apply", RoleSource>>>>>
    >
  >
>;

export type RoleParts = {
  readonly roles: RoleTable;
  /** What every run of a cloud gets beside its role: an endpoint, no credentials. */
  readonly beside: Readonly<Record<RealCloud, Secrets>>;
  readonly vault: { readonly ask: Vault; readonly leases: Leases } | null;
  readonly log: Log;
};

/**
 * The credentials of exactly one deployment's run: of its environment, its cloud and its kind.
 * Throws `RunFailed` where nobody has given any, or Vault is away.
 */
export function roleCredentials(parts: RoleParts): RunnerParts["credentials"] {
  return async ({ cloud, environment }, kind, run) => {
    if (cloud === "local") {
      return {};
    }
    const source = parts.roles[environment]?.[cloud]?.[kind];
    if (source === undefined) {
      throw new RunFailed({ code: "no-credentials", params: { cloud, environment } });
    }
    const own =
      source.is === "variables"
        ? source.variables
        : await fromVault(parts, { path: source.path, cloud, run });
    return { ...parts.beside[cloud], ...own };
  };
}

type Wanted = {
  readonly path: string;
  readonly cloud: RealCloud;
  readonly run: Parameters<RunnerParts["credentials"]>[2];
};

async function fromVault(
  { vault, log }: RoleParts,
  { path, cloud, run }: Wanted,
): Promise<Secrets> {
  try {
    const made = await vault?.ask.credentials(path, cloud);
    if (made === undefined) {
      throw new Error("A role names a path of Vault, and no Vault is known.");
    }
    if (made.lease !== null) {
      await vault?.leases.keep(run, made.lease);
    }
    return made.variables;
  } catch (cause) {
    log.warn({ err: cause, run }, "a run got no credentials from Vault");
    throw new RunFailed({ code: "vault-away", params: { path } }, { cause });
  }
}
