import { basename } from "node:path";
import { BrokenModule } from "./broken-module.ts";
import type { ModuleHcl } from "./module-hcl.ts";
import type { ModuleYamlFile } from "./module-yaml.ts";
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
  variablesInStep(parts);
  choicesInStep(parts);
  outputsInStep(parts);
}

function variablesInStep({ yaml, hcl }: Parts): void {
  const { form, upstream } = yaml.yaml;
  const known = hcl.variables.map((variable) => variable.name);
  const lists = [
    { path: ["form", "order"], named: form.order, complete: true },
    { path: ["form", "advanced"], named: form.advanced, complete: false },
    { path: ["form", "labels"], named: Object.keys(form.labels), complete: true },
    { path: ["form", "choices"], named: Object.keys(form.choices), complete: false },
    { path: ["upstream"], named: upstream, complete: false },
  ];
  for (const { path, named, complete } of lists) {
    const key = path.join(".");
    const stranger = named.find((name) => !known.includes(name));
    if (stranger !== undefined) {
      const params = { key, variable: stranger };
      const place = yaml.place([...path, stranger]);
      throw new BrokenModule(place, { code: "unknown-variable", params });
    }
    const forgotten = complete ? known.find((name) => !named.includes(name)) : undefined;
    if (forgotten !== undefined) {
      const params = { key, variable: forgotten };
      throw new BrokenModule(yaml.place(path), { code: "unlabelled-variable", params });
    }
  }
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
