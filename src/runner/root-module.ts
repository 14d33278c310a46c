import type { Json, Vars } from "#deployments/change.ts";
import type { Module, ModuleOutput, ModuleVariable } from "#deployments/ports.ts";
import { MARKS, providerBlocks, type ProviderSetting } from "./provider-blocks.ts";

/** An object that exists already, at its full address (`module.this.…`). */
export type Import = { readonly to: string; readonly id: string };

/** What the root module is made of; values of people are not in it, they stand in the tfvars file. */
export type RootModule = {
  readonly module: Module;
  /** Exact version that made the plan, where it must be the same; else the module's own constraint. */
  readonly terraformVersion?: string;
  /** What a recovery takes in. */
  readonly imports: readonly Import[];
  readonly providers?: ProviderSetting;
  /** Where the state is, without any secret; our own route by default. */
  readonly backend?: { readonly [kind: string]: Json };
};

const OWN_BACKEND = { http: {} };
const OWN_ENDPOINTS: ProviderSetting = { awsEndpoint: false };

/**
 * Text of `main.tf.json`: the module called as `module.this` from `./module`, its variables and
 * outputs passed through, its providers, its backend (credentials come by environment).
 */
export function rootModule(input: RootModule): string {
  const { module, imports } = input;
  const { required, provider, variable } = providerBlocks(module, input.providers ?? OWN_ENDPOINTS);
  return toText({
    terraform: {
      required_version:
        input.terraformVersion === undefined
          ? module.requiredTerraform
          : `= ${input.terraformVersion}`,
      ...unlessEmpty("required_providers", required),
      backend: input.backend ?? OWN_BACKEND,
    },
    ...unlessEmpty("provider", provider),
    variable: {
      ...Object.fromEntries(module.variables.map((each) => [each.name, declaration(each)])),
      ...variable,
    },
    module: { this: moduleCall(module) },
    output: Object.fromEntries(module.outputs.map((each) => [each.name, passed(each)])),
    ...(imports.length === 0 ? {} : { import: imports.map(importBlock) }),
  });
}

/**
 * Text of `terraform.tfvars.json`. Terraform takes these values literally, whatever they contain.
 * With a module given, values that it does not declare (`region` of a local module) are left out.
 * `marks` are what the providers mark every object with.
 */
export function tfvars(vars: Vars, module?: Module, marks: Marks = {}): string {
  if (module === undefined) {
    return toText(vars);
  }
  const declared = new Set(module.variables.map((each) => each.name));
  const own = Object.entries(vars).filter(([name]) => declared.has(name));
  return toText({ ...Object.fromEntries(own), ...unlessEmpty(MARKS, marks) });
}

type Marks = { readonly [key: string]: string };

/**
 * A string that Terraform reads back as itself where `*.tf.json` is a template.
 * NOTE: a doubled mark (`$${`) is no escape when the text already ends in `$`, so the whole run of
 * marks before a brace becomes one quoted interpolation.
 */
export function literal(text: string): string {
  return text.replace(/[$%]+(?=\{)/g, (marks) => `\${"${marks}"}`);
}

/**
 * NOTE: Terraform reads type and default of a variable without an evaluation context, where
 * strings are no templates: escaping them would change the value.
 */
function declaration(variable: ModuleVariable): Json {
  return {
    type: variable.type,
    ...(variable.required ? {} : { default: variable.default }),
    ...(variable.sensitive ? { sensitive: true } : {}),
    nullable: variable.nullable,
  };
}

function moduleCall({ variables, region }: Module): Json {
  const own = variables.filter(
    ({ name }) => region?.declared !== false || name !== region.variable,
  );
  const passedOn = own.map(({ name }): [string, Json] => [name, `\${var.${name}}`]);
  return { source: "./module", ...Object.fromEntries(passedOn) };
}

function passed(output: ModuleOutput): Json {
  return {
    value: `\${module.this.${output.name}}`,
    ...(output.sensitive ? { sensitive: true } : {}),
  };
}

function importBlock({ to, id }: Import): Json {
  if (!to.startsWith("module.this.")) {
    throw new Error(`An import block was asked for ${to}, which lies outside the module.`);
  }
  return { to, id: literal(id) };
}

function unlessEmpty(
  key: string,
  value: { readonly [name: string]: Json },
): { [key: string]: Json } {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

function toText(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
