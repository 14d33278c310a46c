import type { ModuleRegion } from "#deployments/module-facts.ts";
import type { ModuleHcl, HclVariable } from "./module-hcl.ts";
import type { ModuleYaml, ModuleYamlFile } from "./module-yaml.ts";
import type { Judge } from "./variable-check.ts";

/** What the catalogue knows of a module's region; null for a module that is nowhere. */
export function regionOf({ region }: ModuleYaml, hcl: ModuleHcl): ModuleRegion | null {
  if (region === undefined) {
    return null;
  }
  const own = hcl.variables.find(({ name }) => name === region.var);
  return {
    variable: region.var,
    declared: own !== undefined,
    allowed: region.allowed,
    default: region.default ?? (typeof own?.default === "string" ? own.default : null),
  };
}

/** The module's variables, with the region among them where only the provider takes it. */
export function withRegion(file: ModuleYamlFile, hcl: ModuleHcl): readonly HclVariable[] {
  const { region } = file.yaml;
  const known = regionOf(file.yaml, hcl);
  if (region === undefined || known === null) {
    return hcl.variables;
  }
  const usual = { default: known.default, required: region.required && known.default === null };
  if (!known.declared) {
    return [...hcl.variables, { ...undeclared(region.var, file), ...usual }];
  }
  return hcl.variables.map((variable) => {
    const required = (region.required || variable.required) && known.default === null;
    return variable.name === region.var ? { ...variable, ...usual, required } : variable;
  });
}

function undeclared(name: string, file: ModuleYamlFile): Omit<HclVariable, "default" | "required"> {
  return {
    name,
    type: "string",
    description: "Region of the cloud.",
    sensitive: false,
    nullable: true,
    ephemeral: false,
    validations: [],
    place: file.place(["region"]),
  };
}

/** The region must be one that module.yaml allows, whatever the module itself says of it. */
export function judgedRegion(name: string, judge: Judge, { region }: ModuleYaml): Judge {
  if (region === undefined || name !== region.var) {
    return judge;
  }
  const others = judge.rules.filter((rule) => rule.is !== "choices");
  return {
    type: judge.type,
    rules: [
      { is: "choices", values: region.allowed, path: [], except: [], message: "" },
      ...others,
    ],
  };
}
