import { basename } from "node:path";
import { namesIn } from "#deployments/when.ts";
import { BrokenModule } from "./broken-module.ts";
import type { ModuleHcl } from "./module-hcl.ts";
import type { ModuleYaml, ModuleYamlFile } from "./module-yaml.ts";
import type { Judges } from "./variable-check.ts";

type Parts = {
  readonly yaml: ModuleYamlFile;
  readonly hcl: ModuleHcl;
  readonly judges: Judges;
};

/** Throws BrokenModule where module.yaml and the Terraform text do not keep in step. */
export function checkInStep(folder: string, parts: Parts): void {
  const { name } = parts.yaml.yaml;
  if (name !== basename(folder)) {
    const params = { name, folder: basename(folder) };
    throw new BrokenModule(parts.yaml.place(["name"]), { code: "wrong-name", params });
  }
  regionInStep(parts);
  variablesInStep(parts);
  choicesInStep(parts);
  outputsInStep(parts);
}

/** Only `region` may be the provider's alone: another name is a slip of the pen. */
function regionInStep({ yaml, hcl }: Parts): void {
  const variable = yaml.yaml.region?.var ?? "region";
  if (variable !== "region" && !hcl.variables.some(({ name }) => name === variable)) {
    throw new BrokenModule(yaml.place(["region", "var"]), {
      code: "region-variable",
      params: { variable },
    });
  }
}

function variablesInStep(parts: Parts): void {
  const { yaml, hcl, judges } = parts;
  const declared = hcl.variables.map((variable) => variable.name);
  for (const { path, named, complete } of namingLists(parts)) {
    const key = path.join(".");
    const stranger = named.find((name) => !judges.has(name));
    if (stranger !== undefined) {
      const params = { key, variable: stranger };
      const place = yaml.place([...path, stranger]);
      throw new BrokenModule(place, { code: "unknown-variable", params });
    }
    const forgotten = complete ? declared.find((name) => !named.includes(name)) : undefined;
    if (forgotten !== undefined) {
      const params = { key, variable: forgotten };
      throw new BrokenModule(yaml.place(path), { code: "unlabelled-variable", params });
    }
  }
}

type Naming = {
  readonly path: readonly string[];
  readonly named: readonly string[];
  /** Every variable of variables.tf must be among them. */
  readonly complete: boolean;
};

/** Every place of module.yaml that names variables. */
function namingLists({ yaml }: Parts): readonly Naming[] {
  const { form, upstream, environments, requires } = yaml.yaml;
  const whole = [
    { path: ["form", "order"], named: form.order },
    { path: ["form", "labels"], named: Object.keys(form.labels) },
  ];
  const some = [
    { path: ["form", "advanced"], named: form.advanced },
    { path: ["form", "choices"], named: Object.keys(form.choices) },
    { path: ["form", "example"], named: Object.keys(form.example) },
    { path: ["upstream"], named: upstream },
    {
      path: ["environments", "prod_requires"],
      named: environments.prod_requires.map((demand) => demand.var),
    },
    { path: ["risks"], named: namedByRisks(yaml.yaml) },
    { path: ["requires", "inputs_from"], named: Object.keys(requires.inputs_from) },
  ];
  return [
    ...whole.map((each) => ({ ...each, complete: true })),
    ...some.map((each) => ({ ...each, complete: false })),
  ];
}

/** `environment` is known of every deployment, whether its module asks for it or not. */
function namedByRisks({ risks }: ModuleYaml): readonly string[] {
  const named = risks.flatMap(({ when, on_change }) => [
    ...(when === undefined ? [] : namesIn(when)),
    ...(on_change ?? []),
  ]);
  return named.filter((name) => name !== "environment");
}

function choicesInStep({ yaml, judges }: Parts): void {
  for (const [variable, words] of Object.entries(yaml.yaml.form.choices)) {
    const rule = judges
      .get(variable)
      ?.rules.find((each) => each.is === "choices" && each.path.length === 0);
    const allowed = rule?.is === "choices" ? rule.values.map(String) : [];
    const stranger = Object.keys(words).find((value) => !allowed.includes(value));
    if (stranger !== undefined) {
      const path = ["form", "choices", variable, stranger];
      const params = { key: `form.choices.${variable}`, value: stranger };
      throw new BrokenModule(yaml.place(path), { code: "unknown-choice", params });
    }
  }
}

function outputsInStep({ yaml, hcl }: Parts): void {
  const known = hcl.outputs.map((output) => output.name);
  const stranger = yaml.yaml.outputs_summary.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const path = ["outputs_summary", yaml.yaml.outputs_summary.indexOf(stranger)];
    const params = { key: "outputs_summary", output: stranger };
    throw new BrokenModule(yaml.place(path), { code: "unknown-output", params });
  }
}
