import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import { Secret } from "#telemetry/secret.ts";
import { StartRefused } from "./start-refused.ts";

type Variables = Readonly<Record<string, string | undefined>>;
type Secrets = Readonly<Record<string, Secret>>;

/** What one kind of run is given: variables as they are, or what Vault makes for it. */
export type CredentialSource =
  | { readonly is: "variables"; readonly variables: Secrets }
  | { readonly is: "vault"; readonly path: string };

/** Who a deployment's runs are: one that may look and one that may change. */
export type CloudRoles = { readonly plan: CredentialSource; readonly apply: CredentialSource };

/** By environment and cloud; runs of what is not there are refused. */
export type Roles = Readonly<
  Partial<Record<"dev" | "stg" | "prod", { readonly aws?: CloudRoles; readonly gcp?: CloudRoles }>>
>;

// Two segments at least, none of which climbs: `aws/creds/plan`, `gcp/roleset/plan/token`.
const Path = z.string().regex(/^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)+$/);
const File = z.string().startsWith("/", "give an absolute path");
const Name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);

/** Variables of a run as they are, and those whose values are variables of this server. */
type Given =
  | {
      readonly plain: Readonly<Record<string, string>>;
      readonly from: Readonly<Record<string, string>>;
    }
  | { readonly vault: { readonly path: string } };

const NOTHING = "names no variable, so a run would have no credentials";

function isGiven(environment: object): boolean {
  return Object.keys(environment).length > 0;
}

/** Variable of the run → variable of this server that holds its value; values never stand in the file. */
function fromEnvironment<const N extends readonly [string, ...string[]]>(names: N) {
  return z
    .strictObject({ environment: z.partialRecord(z.enum(names), Name).refine(isGiven, NOTHING) })
    .transform(({ environment }): Given => {
      const from = Object.entries(z.record(z.string(), z.string()).parse(environment));
      return { plain: {}, from: Object.fromEntries(from) };
    });
}

const Vault = z.strictObject({ vault: z.strictObject({ path: Path }) });
const AwsIdentity = z
  .strictObject({
    web_identity: z.strictObject({
      role_arn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/),
      token_file: File,
      session_name: z.string().default("mcp-cloud-platform"),
    }),
  })
  .transform(({ web_identity: { role_arn, token_file, session_name } }): Given => ({
    plain: {
      AWS_ROLE_ARN: role_arn,
      AWS_WEB_IDENTITY_TOKEN_FILE: token_file,
      AWS_ROLE_SESSION_NAME: session_name,
    },
    from: {},
  }));
// The configuration file of a workload identity federation.
const GcpIdentity = z
  .strictObject({ web_identity: z.strictObject({ credentials_file: File }) })
  .transform(({ web_identity }): Given => ({
    plain: { GOOGLE_APPLICATION_CREDENTIALS: web_identity.credentials_file },
    from: {},
  }));
const Aws = z.union([
  fromEnvironment([
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
  ]),
  AwsIdentity,
  Vault,
]);
const Gcp = z.union([
  fromEnvironment([
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CREDENTIALS",
    "GOOGLE_OAUTH_ACCESS_TOKEN",
    "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT",
  ]),
  GcpIdentity,
  Vault,
]);

const OfEnvironment = z.strictObject({
  aws: z.strictObject({ plan: Aws, apply: Aws }).optional(),
  gcp: z.strictObject({ plan: Gcp, apply: Gcp }).optional(),
});
const CredentialsFile = z.strictObject({
  version: z.literal(1),
  environments: z.partialRecord(z.enum(["dev", "stg", "prod"]), OfEnvironment),
});

export type RolesOfFile = {
  readonly table: Roles;
  /** Variables of this server whose values the file hands on. */
  readonly names: readonly string[];
};

/** Reads CREDENTIALS_FILE. Throws `StartRefused` with what is wrong in it. */
export function readRoles(file: string, variables: Variables): RolesOfFile {
  const names = new Set<string>();

  function rolesOf(place: string, pair: Pair | undefined): CloudRoles | null {
    if (pair === undefined) {
      return null;
    }
    if (isDeepStrictEqual(pair.plan, pair.apply)) {
      wrong(file, `${place}: plan and apply are the same, and who plans must not be able to apply`);
    }
    const valueOf = (name: string) => {
      names.add(name);
      return variables[name] || wrong(file, `${place}: ${name} is not set`);
    };
    return { plan: sourceOf(pair.plan, valueOf), apply: sourceOf(pair.apply, valueOf) };
  }

  const entries = Object.entries(parsed(file).environments).map(([environment, clouds]) => {
    const aws = rolesOf(`environments.${environment}.aws`, clouds?.aws);
    const gcp = rolesOf(`environments.${environment}.gcp`, clouds?.gcp);
    const own = { ...(aws === null ? {} : { aws }), ...(gcp === null ? {} : { gcp }) };
    return [environment, own] as const;
  });
  return { table: Object.fromEntries(entries), names: [...names] };
}

type Pair = { readonly plan: Given; readonly apply: Given };

/** Whether any run needs Vault. */
export function needsVault({ table }: RolesOfFile): boolean {
  return Object.values(table)
    .flatMap(({ aws, gcp }) => [aws, gcp])
    .some((cloud) => cloud?.plan.is === "vault" || cloud?.apply.is === "vault");
}

function sourceOf(given: Given, valueOf: (name: string) => string): CredentialSource {
  if ("vault" in given) {
    return { is: "vault", path: given.vault.path };
  }
  const read = Object.entries(given.from).map(([to, from]) => [to, valueOf(from)] as const);
  const values = [...Object.entries(given.plain), ...read];
  const secrets = values.map(([name, value]) => [name, new Secret(value)] as const);
  return { is: "variables", variables: Object.fromEntries(secrets) };
}

function parsed(file: string): z.infer<typeof CredentialsFile> {
  const read = CredentialsFile.safeParse(textOf(file));
  if (read.success) {
    return read.data;
  }
  const [found] = read.error.issues.map(nearest);
  const place = found?.path.join(".") || "the file";
  return wrong(file, `${place}: ${found?.message ?? ""}`);
}

type Found = { readonly path: readonly PropertyKey[]; readonly message: string };

/** Of the shapes that a part may have, the one it comes nearest to says what is wrong with it. */
function nearest(issue: z.core.$ZodIssue): Found {
  const inner = issue.code === "invalid_union" ? issue.errors.flat().map(nearest) : [];
  const [deepest] = inner.toSorted((left, right) => right.path.length - left.path.length);
  return deepest === undefined
    ? issue
    : { path: [...issue.path, ...deepest.path], message: deepest.message };
}

function textOf(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    return wrong(file, error instanceof Error ? (error.message.split("\n")[0] ?? "") : "");
  }
}

function wrong(file: string, problem: string): never {
  throw new StartRefused("credentials-file", { file, problem });
}
