import { z } from "zod";
import { Vars, type EndedChange, type OpenChange } from "#deployments/change.ts";
import {
  Cloud,
  Environment,
  OutputShape,
  Place,
  ResourceShape,
  StandingShape,
  statusOf,
  type Deployment,
} from "#deployments/deployment.ts";
import { DeploymentId, PersonId } from "#deployments/ids.ts";
import { StoredEndedChange, StoredOpenChange } from "#deployments/records.ts";
import { StateBackend } from "#deployments/state-backend.ts";
import { json } from "./transaction.ts";

const Row = z.object({
  id: DeploymentId,
  name: z.string(),
  cloud: Cloud,
  module: z.string(),
  environment: Environment,
  team: z.string().nullable(),
  requester: PersonId,
  lang: z.enum(["en", "ko"]),
  vars: Vars,
  standing: StandingShape,
  outputs: z.array(OutputShape),
  resources: z.array(ResourceShape),
  places: z.array(Place),
  state_backend: StateBackend,
  created_at: z.date(),
  revision: z.number().int(),
  open_body: StoredOpenChange.nullable(),
  last_body: StoredEndedChange.nullable(),
});

/** A joined row as a deployment; null stays null. */
export function readDeployment(row: unknown): Deployment | null {
  if (row === undefined || row === null) {
    return null;
  }
  const { created_at, state_backend, open_body, last_body, ...same } = Row.parse(row);
  return {
    ...same,
    stateBackend: state_backend,
    createdAt: created_at,
    change: open_body,
    lastChange: last_body,
  };
}

export function readChange(body: unknown): OpenChange | EndedChange {
  return z.union([StoredOpenChange, StoredEndedChange]).parse(body);
}

export function deploymentRow(deployment: Deployment) {
  return {
    id: deployment.id,
    name: deployment.name,
    cloud: deployment.cloud,
    module: deployment.module,
    environment: deployment.environment,
    team: deployment.team,
    requester: deployment.requester,
    lang: deployment.lang,
    vars: json(deployment.vars),
    standing: json(deployment.standing),
    outputs: json(deployment.outputs),
    resources: json(deployment.resources),
    places: json(deployment.places),
    state_backend: json(deployment.stateBackend),
    status: statusOf(deployment),
    open_change: deployment.change?.id ?? null,
    last_change: deployment.lastChange?.id ?? null,
    revision: deployment.revision,
    created_at: deployment.createdAt,
  };
}

export function changeRow(deployment: string, change: OpenChange | EndedChange) {
  return {
    id: change.id,
    deployment_id: deployment,
    state: change.state,
    body: json(change),
    opened_at: change.openedAt,
    ended_at: change.state === "ended" ? change.endedAt : null,
  };
}
