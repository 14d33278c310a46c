import type { Vars } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import type { Module } from "./ports.ts";

/** Variables that the deployment itself fills, whatever a person gives. */
type Filling = Pick<Deployment, "name" | "environment">;

/**
 * The values a plan is made with: what people gave, and the deployment's own name and
 * environment where the module has variables of that name.
 */
export function filled(module: Module, deployment: Filling, vars: Vars): Vars {
  const own: Vars = {};
  for (const name of ["name", "environment"] as const) {
    if (module.variables.some((variable) => variable.name === name)) {
      own[name] = deployment[name];
    }
  }
  return { ...vars, ...own };
}
