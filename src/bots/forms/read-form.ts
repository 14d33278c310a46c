import { isDeepStrictEqual } from "node:util";
import type { Json, Vars } from "#deployments/change.ts";
import { Environment, type Deployment } from "#deployments/deployment.ts";
import { filled } from "#deployments/filling.ts";
import type { Catalogue, Module, ModuleVariable } from "#deployments/ports.ts";
import type { VariableProblem } from "#text/refusal.ts";
import { formVariables, valuesNow } from "./deployment-form.ts";
import { fieldIdOf, OWN_FIELDS, type Entered } from "./form.ts";
import { readEntry, type Read } from "./read-entry.ts";
import { textOf } from "./variable-field.ts";

/** A form as values; with problems, nothing of it may be sent. */
export type ReadForm = {
  readonly name: string;
  readonly environment: Environment;
  /** Undefined: the form did not ask. */
  readonly team: string | undefined;
  readonly vars: Vars;
  readonly problems: readonly VariableProblem[];
};

/**
 * Values for a new deployment: what differs from the module's defaults, and the region, whose usual
 * value depends on who asks. A field that is not there, or empty, leaves the default.
 */
export function readNewForm(catalogue: Catalogue, module: Module, entered: Entered): ReadForm {
  const { name, environment } = readOwn(module, entered);
  const vars: Record<string, Json> = {};
  const unread: VariableProblem[] = [];
  for (const variable of formVariables(module)) {
    // Without a region the requester's usual one is taken, which need not be the default.
    const isPlace = module.region?.variable === variable.name;
    const read = readField(variable, entered, isPlace ? null : variable.default);
    if (read.is === "wrong") {
      unread.push(read.problem);
    } else if (read.is === "value" && (isPlace || !isUsual(variable, read))) {
      vars[variable.name] = read.value;
    }
  }
  const problems = judged(catalogue, module, { name, environment, vars, unread });
  return { name, environment, team: entered[OWN_FIELDS.team], vars, problems };
}

function readOwn(module: Module, entered: Entered): Pick<ReadForm, "name" | "environment"> {
  const name = (entered[OWN_FIELDS.name] ?? "").trim();
  const stage = Environment.safeParse(entered[OWN_FIELDS.environment]);
  return { name, environment: stage.data ?? module.environments[0] ?? "dev" };
}

/**
 * Values for another plan of a deployment: what differs from its own. A field that is not there, or
 * a secret that is empty, keeps what is planned now; any other empty one goes back to the default.
 */
export function readChangeForm(
  catalogue: Catalogue,
  { module, deployment }: { module: Module; deployment: Deployment },
  entered: Entered,
): Pick<ReadForm, "vars" | "problems"> {
  const now = valuesNow(deployment);
  const wanted: Record<string, Json> = { ...now };
  const unread: VariableProblem[] = [];
  for (const variable of formVariables(module)) {
    const read = readField(variable, entered, now[variable.name] ?? variable.default);
    if (read.is === "wrong") {
      unread.push(read.problem);
    } else if (read.is === "value") {
      wanted[variable.name] = read.value;
    } else if (read.is === "nothing") {
      wanted[variable.name] = variable.default;
    }
  }
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !isDeepStrictEqual(value, storedValue(module, deployment, name)),
  );
  const vars = Object.fromEntries(changed);
  const all = { ...deployment.vars, ...vars };
  const { name, environment } = deployment;
  return { vars, problems: judged(catalogue, module, { name, environment, vars: all, unread }) };
}

function storedValue(module: Module, { vars }: Deployment, name: string): Json | undefined {
  const usual = module.variables.find((variable) => variable.name === name)?.default;
  return Object.hasOwn(vars, name) ? vars[name] : usual;
}

/** What stands in the field since it was drawn is the value it was drawn from, however it is written. */
function readField(
  variable: ModuleVariable,
  entered: Entered,
  drawnFrom: Json,
): Read | { readonly is: "unchanged" } {
  const text = entered[fieldIdOf(variable.name)];
  const isUntouched =
    text === undefined ||
    (variable.sensitive ? text === "" : unified(text) === unified(textOf(variable, drawnFrom)));
  return isUntouched ? { is: "unchanged" } : readEntry(variable, text);
}

/** Browsers send line breaks in their own way. */
function unified(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}

function isUsual(variable: ModuleVariable, { value }: { readonly value: Json }): boolean {
  return isDeepStrictEqual(value, variable.default);
}

type Judging = Pick<ReadForm, "name" | "environment" | "vars"> & {
  readonly unread: readonly VariableProblem[];
};

/** What cannot be read comes with what the catalogue says of the rest, once for each variable. */
function judged(
  catalogue: Catalogue,
  module: Module,
  { name, environment, vars, unread }: Judging,
): readonly VariableProblem[] {
  const wrong = new Set(unread.map(({ variable }) => variable));
  const known = catalogue.check(module, filled(module, { name, environment }, vars));
  return [...unread, ...known.filter(({ variable }) => !wrong.has(variable))];
}
