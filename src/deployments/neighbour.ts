import type { Vars } from "./change.ts";
import type { Deployment } from "./deployment.ts";

/** What exists, is being made or is asked for beside a deployment, as advice looks at it. */
export type Neighbour = Pick<
  Deployment,
  | "id"
  | "name"
  | "team"
  | "requester"
  | "cloud"
  | "simulated"
  | "module"
  | "environment"
  | "outputs"
> & {
  /** Of its open change, where there is one. */
  readonly vars: Vars;
  readonly stands: boolean;
  /** Whether the person who asks may see it; what they may not see is never named to them. */
  readonly visible: boolean;
};

export function neighbourOf(deployment: Deployment, visible: boolean): Neighbour {
  const { id, name, team, requester, cloud, simulated, module, environment, outputs } = deployment;
  const vars = deployment.change?.vars ?? deployment.vars;
  const stands = !["nothing", "destroyed"].includes(deployment.standing.is);
  const place = { cloud, simulated, module, environment };
  return { id, name, team, requester, ...place, outputs, vars, stands, visible };
}
