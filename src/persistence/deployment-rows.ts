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
import type { Keys } from "./keys.ts";
import { json } from "./transaction.ts";

/**
 * Deployments and changes as rows and back. Values of variables are sealed, all of them: which ones
 * are sensitive is for the module to say, and modules come and go while rows stay.
 */
export type Rows = {
  deployment(deployment: Deployment): ReturnType<typeof deploymentRow>;
  change(deployment: DeploymentId, change: OpenChange | EndedChange): ReturnType<typeof changeRow>;
  /** A joined row as a deployment; null stays null. */
  readDeployment(row: unknown): Deployment | null;
  readChange(body: unknown): OpenChange | EndedChange;
};

export function openRows(keys: Pick<Keys, "seal" | "open">): Rows {
  const sealed = sealing(keys);
  return {
    deployment: (deployment) => deploymentRow(deployment, sealed),
    change: (deployment, change) => changeRow({ deployment, change }, sealed),
    readDeployment: (row) => readDeployment(row, sealed),
    readChange: (body) => readChange(sealed.open(body)),
  };
}

const LABEL = "vars";
const WithVars = z.looseObject({ id: z.string(), vars: z.union([z.string(), Vars]) });

/** A row or body with its `vars` as base64 of the sealed JSON; older ones have them in clear. */
function sealing(keys: Pick<Keys, "seal" | "open">) {
  return {
    seal: (id: string, vars: Vars): string =>
      keys.seal(LABEL, Buffer.from(json(vars)), id).toString("base64"),
    open(raw: unknown): unknown {
      const { id, vars, ...rest } = WithVars.parse(raw);
      const clear =
        typeof vars === "string"
          ? JSON.parse(keys.open(LABEL, Buffer.from(vars, "base64"), id).toString("utf8"))
          : vars;
      return { ...rest, id, vars: clear };
    },
  };
}

type Sealing = ReturnType<typeof sealing>;

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
  simulated: z.boolean(),
  state_backend: StateBackend,
  created_at: z.date(),
  revision: z.number().int(),
  open_body: StoredOpenChange.nullable(),
  last_body: StoredEndedChange.nullable(),
});

const Bodies = z.object({ open_body: z.unknown().nullable(), last_body: z.unknown().nullable() });

function readDeployment(row: unknown, sealed: Sealing): Deployment | null {
  if (row === undefined || row === null) {
    return null;
  }
  const { open_body: open, last_body: last } = Bodies.parse(row);
  const { created_at, state_backend, open_body, last_body, ...same } = Row.parse({
    ...Object(sealed.open(row)),
    open_body: open === null ? null : sealed.open(open),
    last_body: last === null ? null : sealed.open(last),
  });
  return {
    ...same,
    stateBackend: state_backend,
    createdAt: created_at,
    change: open_body,
    lastChange: last_body,
  };
}

function readChange(body: unknown): OpenChange | EndedChange {
  return z.union([StoredOpenChange, StoredEndedChange]).parse(body);
}

function deploymentRow(deployment: Deployment, sealed: Sealing) {
  return {
    id: deployment.id,
    name: deployment.name,
    cloud: deployment.cloud,
    module: deployment.module,
    environment: deployment.environment,
    team: deployment.team,
    requester: deployment.requester,
    lang: deployment.lang,
    vars: json(sealed.seal(deployment.id, deployment.vars)),
    standing: json(deployment.standing),
    outputs: json(deployment.outputs),
    resources: json(deployment.resources),
    places: json(deployment.places),
    simulated: deployment.simulated,
    state_backend: json(deployment.stateBackend),
    status: statusOf(deployment),
    open_change: deployment.change?.id ?? null,
    last_change: deployment.lastChange?.id ?? null,
    revision: deployment.revision,
    created_at: deployment.createdAt,
  };
}

type ChangeOf = {
  readonly deployment: DeploymentId;
  readonly change: OpenChange | EndedChange;
};

function changeRow({ deployment, change }: ChangeOf, sealed: Sealing) {
  return {
    id: change.id,
    deployment_id: deployment,
    state: change.state,
    body: json({ ...change, vars: sealed.seal(change.id, change.vars) }),
    opened_at: change.openedAt,
    ended_at: change.state === "ended" ? change.endedAt : null,
  };
}
