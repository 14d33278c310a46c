import type { Vars } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import type { Module } from "./ports.ts";

/** Variables that the deployment itself fills, whatever a person gives. */
type Filling = Pick<Deployment, "name" | "environment">;

/**
 * The values a plan is made with: what people gave, the module's region where they gave none, and
 * the deployment's own name and environment where the module has variables of that name.
 */
export function filled(module: Module, deployment: Filling, vars: Vars): Vars {
  const own: Vars = {};
  for (const name of ["name", "environment"] as const) {
    if (module.variables.some((variable) => variable.name === name)) {
      own[name] = deployment[name];
    }
  }
  return { ...withRegion(module, vars), ...own };
}

/**
 * The values with a region: the one given, else the preferred one if the module allows it, else the
 * module's default. A deployment keeps what this says when it is asked for, because another
 * preference later must not move what stands. Said as `region`, it goes to the variable that the
 * module has for it.
 */
export function withRegion(module: Module, vars: Vars, preferred: string | null = null): Vars {
  const { region } = module;
  if (region === null) {
    return vars;
  }
  const { region: said, ...others } = vars;
  const given = said ?? others[region.variable];
  const usual =
    preferred !== null && region.allowed.includes(preferred) ? preferred : region.default;
  const chosen = given ?? usual;
  return chosen === null ? others : { ...others, [region.variable]: chosen };
}
