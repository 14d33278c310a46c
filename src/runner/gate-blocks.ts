import type { Json } from "#deployments/change.ts";
import type { ModuleFaultCode } from "#text/module-faults.ts";
import type { Params } from "#text/wording.ts";
import type { Call, Path } from "./hcl-calls.ts";
import { bodiesOf, labelled, type TerraformFile } from "./terraform-files.ts";

type Body = TerraformFile["body"];

/** What the gate has against a file; `near` is a text by which its line is found. */
export type GateFault = {
  readonly code: ModuleFaultCode;
  readonly params: Params;
  readonly near: string;
};

export type Gate = {
  /** module.yaml exempts them with a reason, and the operator consents. */
  readonly provisioners: boolean;
};

/** The gate of one module, whose name its refusals say. */
export type ModuleGate = Gate & { readonly module: string };

/** Providers that runs may install, and Terraform's own. */
const ALLOWED = ["hashicorp/aws", "hashicorp/google"];
const BUILT_IN = new Set(["terraform", "builtin/terraform", "terraform.io/builtin/terraform"]);
// They run a program, ask an address, or read any state from any place.
const OUTSIDE = new Set(["external", "http", "terraform_remote_state"]);
const OWN_SETTINGS = ["backend", "cloud", "state_store"];

/** What the blocks of one file of a folder show to be wrong, whatever their expressions say. */
export function blockFaults(
  body: Body,
  all: readonly Body[],
  gate: ModuleGate,
): readonly GateFault[] {
  return [
    ...ownBlocks(body),
    ...imports(body),
    ...outsideData(body),
    ...(gate.provisioners ? [] : provisioners(body, gate)),
    ...farModules(body),
    ...strangeProviders(body, declaredIn(all)),
    ...aliases(body),
  ];
}

/** Folders of the modules that a file calls, as it writes them. */
export function submodules(body: Body): readonly string[] {
  return calls(body).flatMap(({ source }) => (isNear(source) ? [source] : []));
}

/** True when a call reads a file whose place inside the module is written out. */
export function isOurs({ name, args }: Call): boolean {
  const [path, pattern] = args;
  if (!isInside(path)) {
    return false;
  }
  return name !== "fileset" || (pattern?.under === "nothing" && climbsNot(pattern.path));
}

function isInside(path: Path | null | undefined): boolean {
  return path?.under === "module" && /^(?:\/|$)/.test(path.path) && climbsNot(path.path);
}

/** NOTE: the parser answers the text as it is written, so a `\u002e` in it may be any letter. */
function climbsNot(path: string): boolean {
  return !path.includes("\\") && !path.split("/").includes("..");
}

function ownBlocks(body: Body): readonly GateFault[] {
  const settings = bodiesOf(body["terraform"]).flatMap((each) =>
    OWN_SETTINGS.filter((kind) => Object.hasOwn(each, kind)),
  );
  const providers = labelled(body["provider"]).length > 0 ? ["provider"] : [];
  return [...providers, ...settings].map((kind) => ({
    code: "own-block",
    params: { kind },
    near: kind,
  }));
}

/** What a run takes over, people voted on as the recovery of an apply; the runner writes it. */
function imports(body: Body): readonly GateFault[] {
  return bodiesOf(body["import"]).map(() => ({
    code: "import-block",
    params: {},
    near: "import",
  }));
}

function outsideData(body: Body): readonly GateFault[] {
  return dataTypes(body)
    .filter((type) => OUTSIDE.has(type))
    .map((type) => ({ code: "outside-data", params: { name: type }, near: `"${type}"` }));
}

function dataTypes(body: Body): readonly string[] {
  return dataBlocks(body)
    .flatMap(labelled)
    .map(([type]) => type);
}

/** Data sources stand alone or in a check. */
function dataBlocks(body: Body): readonly (Json | undefined)[] {
  const checks = labelled(body["check"]).flatMap(([, check]) => bodiesOf(check));
  return [body, ...checks].map((each) => each["data"]);
}

function provisioners(body: Body, { module }: ModuleGate): readonly GateFault[] {
  const resources = named(body["resource"]);
  const removed = bodiesOf(body["removed"]).map((each) => ({ name: "removed", body: each }));
  return [...resources, ...removed]
    .filter((each) => Object.hasOwn(each.body, "provisioner"))
    .map(({ name }) => ({ code: "provisioner", params: { name, module }, near: "provisioner" }));
}

function named(blocks: Json | undefined): readonly { name: string; body: Body }[] {
  return labelled(blocks).flatMap(([type, byName]) =>
    labelled(byName).flatMap(([name, bodies]) =>
      bodiesOf(bodies).map((body) => ({ name: `${type}.${name}`, body })),
    ),
  );
}

function calls(body: Body): readonly { readonly name: string; readonly source: string }[] {
  return labelled(body["module"]).flatMap(([name, bodies]) =>
    bodiesOf(bodies).map(({ source }) => ({
      name,
      source: typeof source === "string" ? source : "",
    })),
  );
}

function farModules(body: Body): readonly GateFault[] {
  return calls(body)
    .filter(({ source }) => !isNear(source))
    .map((params) => ({ code: "far-source", params, near: params.source }));
}

function isNear(source: string): boolean {
  return /^\.\/[\w./-]+$/.test(source) && climbsNot(source);
}

/** Local names of the providers that a folder declares. */
function declaredIn(all: readonly Body[]): ReadonlySet<string> {
  return new Set(all.flatMap(requiredProviders).map(([name]) => name));
}

function requiredProviders(body: Body): readonly (readonly [string, Json])[] {
  return bodiesOf(body["terraform"]).flatMap((each) => labelled(each["required_providers"]));
}

function strangeProviders(body: Body, declared: ReadonlySet<string>): readonly GateFault[] {
  const written = requiredProviders(body).map(([name, asked]) => {
    const [source] = bodiesOf(asked).map((each) => each["source"]);
    return typeof source === "string" ? source : name;
  });
  return [...written, ...impliedProviders(body).filter((name) => !declared.has(name))]
    .filter((source) => !isAllowed(source))
    .map((source) => ({
      code: "strange-provider",
      params: { provider: source, allowed: ALLOWED.join(", ") },
      near: source,
    }));
}

/** The runner writes one configuration of each provider, without a name. */
function aliases(body: Body): readonly GateFault[] {
  return requiredProviders(body)
    .filter(([, asked]) =>
      bodiesOf(asked).some((each) => Object.hasOwn(each, "configuration_aliases")),
    )
    .map(([provider]) => ({
      code: "provider-alias",
      params: { provider },
      near: "configuration_aliases",
    }));
}

/** A provider that nobody declared is the one of hashicorp with the first part of the type's name. */
function impliedProviders(body: Body): readonly string[] {
  const kinds = [body["resource"], body["ephemeral"], body["action"], ...dataBlocks(body)];
  const types = kinds.flatMap(labelled).map(([type]) => type);
  const chosen = kinds
    .flatMap(named)
    .flatMap(({ body: { provider } }) =>
      typeof provider === "string" ? [/[\w-]+/.exec(provider)?.[0] ?? provider] : [],
    );
  return [...types.map((type) => type.split("_")[0] ?? type), ...chosen];
}

function isAllowed(source: string): boolean {
  const plain = source.toLowerCase().replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "");
  return (
    BUILT_IN.has(plain) || ALLOWED.some((each) => plain === each || each.endsWith(`/${plain}`))
  );
}
