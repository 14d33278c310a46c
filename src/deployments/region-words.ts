import type { Catalogue, Module, ModuleVariable, Regions } from "./ports.ts";

/** The same catalogue, whose regions are also known by the words that people use for them. */
export function withRegionWords(catalogue: Catalogue, regions: Regions): Catalogue {
  const named = new Map(
    catalogue.modules().map((module) => [module.name, namedRegions(module, regions)]),
  );
  return {
    modules: () => [...named.values()],
    module: (name) => named.get(name) ?? null,
    check: (module, vars) => catalogue.check(module, vars),
  };
}

function namedRegions(module: Module, regions: Regions): Module {
  const { region } = module;
  return region === null
    ? module
    : {
        ...module,
        variables: module.variables.map((variable) =>
          variable.name === region.variable ? withChoices(module, variable, regions) : variable,
        ),
      };
}

/** Words that module.yaml has for a region stay the first. */
function withChoices(module: Module, variable: ModuleVariable, regions: Regions): ModuleVariable {
  const choices = variable.choices.map((choice) => {
    const region = regions
      .all()
      .find(({ cloud, code }) => cloud === module.cloud && code === choice.value);
    if (region === undefined) {
      return choice;
    }
    const { label, aliases } = region;
    const isBare = choice.label.en === choice.value;
    return {
      value: choice.value,
      label: isBare
        ? { en: `${label.en} (${region.code})`, ko: `${label.ko} (${region.code})` }
        : choice.label,
      aliases: [...choice.aliases, label.en, label.ko, ...aliases],
    };
  });
  return { ...variable, choices };
}
