import type { Vars } from "./change.ts";
import { demandedValue, unmetDemands, type Demanded } from "./prod-demands.ts";
import { DeploymentName, type Deployment, type Environment } from "./deployment.ts";
import { filled, withRegion } from "./filling.ts";
import type { Making } from "./opening.ts";
import type { Catalogue, Deployments, Module, Step } from "./ports.ts";
import { may } from "./policy.ts";
import type { Asked, Request } from "./service.ts";
import { audited, stepTo } from "./stepping.ts";
import type { Viewer } from "./viewer.ts";
import { isRefusal, refusal, type Refusal, type VariableProblem } from "#text/refusal.ts";

const DEFAULT_ENVIRONMENT: Environment = "dev";

/** Who asks, for what, for whom; its values are judged by `refusedVars` and by advice. */
export function checkRequest(
  catalogue: Catalogue,
  viewer: Viewer,
  request: Request,
): { module: Module; team: string | null; environment: Environment } | Refusal {
  if (!may(viewer, "requester")) {
    return refusal("not-allowed", { role: "requester" });
  }
  const module = moduleFor(catalogue, request);
  if (isRefusal(module)) {
    return module;
  }
  const team = teamFor(viewer, request);
  if (isRefusal(team)) {
    return team;
  }
  const environment = request.environment ?? DEFAULT_ENVIRONMENT;
  const wrong = refusedName(request.name) ?? refusedEnvironment(module, environment);
  return wrong ?? { module, team: team.team, environment };
}

/** The first step of a deployment: a row with status `created`. */
export function createdStep(
  asked: Asked,
  request: Request,
  made: {
    module: Module;
    team: string | null;
    environment: Environment;
    places: Deployment["places"];
    stateBackend: Deployment["stateBackend"];
    simulated: boolean;
  } & Making,
): Step {
  const deployment: Deployment = {
    id: made.ids.deployment(),
    name: request.name,
    cloud: made.module.cloud,
    module: made.module.name,
    environment: made.environment,
    team: made.team,
    requester: asked.by.person,
    lang: asked.lang,
    vars: withRegion(made.module, request.vars),
    standing: { is: "nothing" },
    change: null,
    lastChange: null,
    outputs: [],
    resources: [],
    places: made.places,
    stateBackend: made.stateBackend,
    pin: null,
    simulated: made.simulated,
    createdAt: made.now,
    revision: 0,
  };
  return audited(stepTo(deployment, {}), asked.by.person, {
    action: "deployment-created",
    detail: { name: request.name, module: made.module.name, environment: made.environment },
  });
}

/** Refuses values that the module cannot take, there or at all, one problem per variable. */
export function refusedVars(
  catalogue: Catalogue,
  module: Module,
  given: Demanded & { readonly name: string },
): Refusal | null {
  const vars = filled(module, given, given.vars);
  const wrong = catalogue.check(module, vars);
  const unmet = unmetDemands(module, { ...given, vars });
  const isNamed = (variable: string) => wrong.some((each) => each.variable === variable);
  const short = unmet.filter(({ variable }) => !isNamed(variable));
  const problems = [...wrong, ...short];
  if (problems.length === 0) {
    return null;
  }
  const refused = refusal("wrong-variables", { count: problems.length }, problems);
  return problems.length === 1 ? { ...refused, ...suggestedFor(module, short) } : refused;
}

function suggestedFor(
  module: Module,
  [only]: readonly VariableProblem[],
): Pick<Refusal, "suggested"> {
  const value = only === undefined ? null : demandedValue(module, only.variable);
  return only === undefined || value === null
    ? {}
    : { suggested: { variable: only.variable, value } };
}

/** A deployment whose outputs are wanted must be one that the asker may see. */
export async function refusedUpstream(
  parts: { readonly deployments: Pick<Deployments, "seen"> },
  viewer: Viewer,
  { module, vars }: { module: Module; vars: Vars },
): Promise<Refusal | null> {
  for (const variable of module.upstreamVariables) {
    const name = vars[variable];
    if (typeof name === "string" && name !== "" && !(await parts.deployments.seen(viewer, name))) {
      return refusal("upstream-not-found", { variable, name });
    }
  }
  return null;
}

function moduleFor(catalogue: Catalogue, request: Request): Module | Refusal {
  const module = catalogue.module(request.module);
  if (module === null) {
    const modules = catalogue
      .modules()
      .map((one) => one.name)
      .join(", ");
    return refusal("unknown-module", { module: request.module, modules });
  }
  if (request.cloud !== undefined && request.cloud !== module.cloud) {
    return refusal("wrong-cloud", {
      module: module.name,
      modulecloud: module.cloud,
      cloud: request.cloud,
    });
  }
  return module;
}

function teamFor(viewer: Viewer, { team }: Request): { team: string | null } | Refusal {
  if (team === undefined) {
    return { team: viewer.teams[0] ?? null };
  }
  return viewer.teams.includes(team) ? { team } : refusal("unknown-team", { team });
}

function refusedName(name: string): Refusal | null {
  return DeploymentName.safeParse(name).success ? null : refusal("bad-name", { name });
}

function refusedEnvironment(module: Module, environment: Environment): Refusal | null {
  const { environments } = module;
  return environments.includes(environment)
    ? null
    : refusal("wrong-environment", {
        module: module.name,
        environment,
        environments: environments.join(", "),
      });
}
