import type { Json, Vars } from "./change.ts";
import type { Environment } from "./deployment.ts";
import type { ProdDemand } from "./module-facts.ts";
import type { Module } from "./ports.ts";
import type { VariableProblem } from "#text/refusal.ts";

/** What is asked for in an environment; `judged`: of what stands, only these variables. */
export type Demanded = {
  readonly environment: Environment;
  readonly vars: Vars;
  readonly judged?: ReadonlySet<string>;
};

/** What the module demands in production and these values, or its defaults, do not give. */
export function unmetDemands(
  module: Pick<Module, "facts" | "variables">,
  { environment, vars, judged }: Demanded,
): readonly VariableProblem[] {
  if (environment !== "prod") {
    return [];
  }
  return module.facts.prodRequires
    .filter(({ variable }) => judged === undefined || judged.has(variable))
    .flatMap((demand) => {
      const known = module.variables.find(({ name }) => name === demand.variable);
      return problemsOf(demand, vars[demand.variable] ?? known?.default ?? null);
    });
}

/** A value that gives the module what it demands of this variable in production; null: none is known. */
export function demandedValue(
  { facts }: Pick<Module, "facts">,
  variable: string,
): string | number | boolean | null {
  const demand = facts.prodRequires.find((each) => each.variable === variable);
  return demand?.in?.[0] ?? demand?.min ?? demand?.max ?? null;
}

function problemsOf({ variable, in: choices, min, max }: ProdDemand, value: Json) {
  const found: VariableProblem[] = [];
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  if (choices !== null && !choices.some((choice) => choice === value)) {
    const params = { value: shown, choices: choices.join(", "), first: String(choices[0]) };
    found.push({ variable, code: "prod-choice", params });
  }
  if (min !== null && !(typeof value === "number" && value >= min)) {
    found.push({ variable, code: "prod-at-least", params: { value: shown, limit: min } });
  }
  if (max !== null && !(typeof value === "number" && value <= max)) {
    found.push({ variable, code: "prod-at-most", params: { value: shown, limit: max } });
  }
  return found;
}
