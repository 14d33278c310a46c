import { basename } from "node:path";
import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { BrokenModule } from "./broken-module.ts";
import { NotRead } from "./hcl-tokens.ts";
import { factsOf, providersOf } from "./module-facts.ts";
import { moduleCommit, treeHash } from "./module-files.ts";
import { readModuleHcl, type HclVariable, type ModuleHcl } from "./module-hcl.ts";
import { judgedRegion, regionOf, withRegion } from "./module-region.ts";
import { checkInStep } from "./module-step.ts";
import { readModuleYaml, type ModuleYaml, type ModuleYamlFile } from "./module-yaml.ts";
import { parseType } from "./type-expression.ts";
import type { Judge, Judges } from "./variable-check.ts";
import { rulesOf } from "./variable-rules.ts";
import { schemaOf } from "./variable-schema.ts";

export type ReadModule = {
  readonly module: Module;
  readonly judges: Judges;
  readonly hcl: ModuleHcl;
  readonly yaml: ModuleYamlFile;
};

/** Reads one module's folder; throws BrokenModule when its parts do not fit each other. */
export async function readModule(folder: string): Promise<ReadModule> {
  const yaml = await readModuleYaml(folder);
  const hcl = await readModuleHcl(folder);
  const variables = withRegion(yaml, hcl);
  const judges = new Map(
    variables.map((each) => [each.name, judgedRegion(each.name, judgeOf(each), yaml.yaml)]),
  );
  checkInStep(folder, { yaml, hcl, judges });
  const tree = await treeHash(folder);
  const module: Module = {
    ...described(yaml.yaml),
    folder,
    region: regionOf(yaml.yaml, hcl),
    providers: providersOf(folder, hcl),
    facts: factsOf(yaml.yaml),
    variables: inFormOrder(yaml.yaml, variables).map((each) =>
      moduleVariable(each, judges.get(each.name) ?? judgeOf(each), yaml.yaml),
    ),
    outputs: hcl.outputs.map(({ name, description, sensitive }) => ({
      name,
      description,
      sensitive,
    })),
    requiredTerraform: requiredTerraform(folder, hcl),
    commit: await moduleCommit(folder, tree),
    tree,
  };
  return { module, judges, hcl, yaml };
}

type Described = Omit<
  Module,
  | "folder"
  | "region"
  | "providers"
  | "facts"
  | "variables"
  | "outputs"
  | "requiredTerraform"
  | "commit"
  | "tree"
>;

function described(yaml: ModuleYaml): Described {
  return {
    name: yaml.name,
    version: yaml.version,
    cloud: yaml.cloud,
    title: yaml.title,
    summary: yaml.summary,
    aliases: [...yaml.aliases.en, ...yaml.aliases.ko],
    environments: yaml.environments.allowed,
    outputsSummary: yaml.outputs_summary,
    upstreamVariables: yaml.upstream,
  };
}

function judgeOf(variable: HclVariable): Judge {
  if (variable.type === null) {
    throw new BrokenModule(variable.place, {
      code: "no-type",
      params: { variable: variable.name },
    });
  }
  try {
    return {
      type: parseType(variable.type),
      rules: rulesOf(variable.name, variable.validations),
    };
  } catch (cause) {
    if (!(cause instanceof NotRead)) {
      throw cause;
    }
    const params = { variable: variable.name, problem: `${cause.message}.` };
    throw new BrokenModule(variable.place, { code: "strange-type", params }, { cause });
  }
}

function inFormOrder(
  { form }: ModuleYaml,
  variables: readonly HclVariable[],
): readonly HclVariable[] {
  // A region that the form does not mention comes last.
  function placeOf({ name }: HclVariable): number {
    const at = form.order.indexOf(name);
    return at === -1 ? form.order.length : at;
  }
  return variables.toSorted((left, right) => placeOf(left) - placeOf(right));
}

const REGION = { en: "Region", ko: "리전" };

function moduleVariable(variable: HclVariable, judge: Judge, yaml: ModuleYaml): ModuleVariable {
  const { name, description, required, sensitive, nullable } = variable;
  const schema = {
    ...schemaOf(judge.type, judge.rules),
    description,
    ...(required || variable.default === null ? {} : { default: variable.default }),
  };
  return {
    name,
    description,
    required,
    sensitive,
    nullable,
    advanced: yaml.form.advanced.includes(name),
    type: variable.type ?? "any",
    schema,
    default: variable.default,
    label: yaml.form.labels[name] ?? (name === "region" ? REGION : { en: name, ko: name }),
    choices: choicesOf(judge, yaml.form.choices[name] ?? {}),
  };
}

/** Values that `contains([...])` allows, with the words that module.yaml has for them. */
function choicesOf(
  judge: Judge,
  words: ModuleYaml["form"]["choices"][string],
): ModuleVariable["choices"] {
  const rule = judge.rules.find((each) => each.is === "choices" && each.path.length === 0);
  return (rule?.is === "choices" ? rule.values : []).map((each) => {
    const value = String(each);
    const { en, ko, aliases } = words[value] ?? { en: value, ko: value, aliases: [] };
    return { value, label: { en, ko }, aliases };
  });
}

function requiredTerraform(folder: string, hcl: ModuleHcl): string {
  if (hcl.requiredVersion === null) {
    throw new BrokenModule(
      { file: `${basename(folder)}/versions.tf`, line: 0 },
      { code: "no-version" },
    );
  }
  return hcl.requiredVersion;
}
