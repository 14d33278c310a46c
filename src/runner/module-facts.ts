import type { Json } from "#deployments/change.ts";
import type { ModuleFacts, ModuleProvider } from "#deployments/module-facts.ts";
import { BrokenModule } from "./broken-module.ts";
import type { ModuleHcl } from "./module-hcl.ts";
import type { ModuleYaml } from "./module-yaml.ts";
import { isRecord } from "./value-type.ts";

/** What module.yaml says beyond names and forms. */
export function factsOf(yaml: ModuleYaml): ModuleFacts {
  const { approval, cost, drift, requires, timeouts } = yaml;
  return {
    category: yaml.category,
    status: yaml.status,
    replacedBy: yaml.replaced_by ?? null,
    prodRequires: yaml.environments.prod_requires.map((demand) => ({
      variable: demand.var,
      in: demand.in ?? null,
      min: demand.min ?? null,
      max: demand.max ?? null,
    })),
    risks: yaml.risks.map(({ id, when, on_change, level, text }) => ({
      id,
      when: when ?? null,
      onChange: on_change ?? [],
      level,
      text,
    })),
    approval: {
      minApprovers: approval.min_approvers,
      secondApproverWhen: approval.second_approver_when,
    },
    cost: { drivers: cost.drivers, freeByDefault: cost.free_by_default, usage: cost.usage },
    drift,
    permissions: requires.permissions,
    apis: requires.apis,
    inputsFrom: requires.inputs_from,
    planSeconds: timeouts.plan_s ?? null,
    applySeconds: timeouts.apply_s ?? null,
    lessons: yaml.lessons,
    example: yaml.form.example,
  };
}

/** The providers of versions.tf; throws BrokenModule where source or range is missing. */
export function providersOf(folder: string, hcl: ModuleHcl): readonly ModuleProvider[] {
  return Object.entries(hcl.requiredProviders).map(([name, asked]) => {
    const source = textIn(asked, "source");
    const version = textIn(asked, "version");
    if (source === null || version === null) {
      const place = { file: `${folder}/versions.tf`, line: 0 };
      throw new BrokenModule(place, { code: "loose-provider", params: { provider: name } });
    }
    return { name, source, version };
  });
}

function textIn(record: Json, key: string): string | null {
  const value = isRecord(record) && Object.hasOwn(record, key) ? record[key] : null;
  return typeof value === "string" && value !== "" ? value : null;
}
