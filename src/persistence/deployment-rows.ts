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
import { ModulePin } from "#deployments/module-pin.ts";
import { DeploymentId, PersonId } from "#deployments/ids.ts";
import { StoredEndedChange, StoredOpenChange } from "#deployments/records.ts";
import { askedGroups } from "#deployments/asking.ts";
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
  /** A row with `body` and `votes`. */
  readChange(row: unknown): OpenChange | EndedChange;
};

export function openRows(keys: Pick<Keys, "seal" | "open">): Rows {
  const sealed = sealing(keys);
  return {
    deployment: (deployment) => deploymentRow(deployment, sealed),
    change: (deployment, change) => changeRow({ deployment, change }, sealed),
    readDeployment: (row) => readDeployment(row, sealed),
    readChange: (row) => readChange(row, sealed),
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
  module_pin: ModulePin.nullable(),
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

const Bodies = z.object({
  open_body: z.unknown(),
  open_votes: z.unknown(),
  last_body: z.unknown(),
  last_votes: z.unknown(),
});

function readDeployment(row: unknown, sealed: Sealing): Deployment | null {
  if (row === undefined || row === null) {
    return null;
  }
  const joined = Bodies.parse(row);
  const { created_at, state_backend, module_pin, open_body, last_body, ...same } = Row.parse({
    ...Object(sealed.open(row)),
    open_body: whole(joined.open_body, joined.open_votes, sealed),
    last_body: whole(joined.last_body, joined.last_votes, sealed),
  });
  return {
    ...same,
    stateBackend: state_backend,
    pin: module_pin,
    createdAt: created_at,
    change: open_body,
    lastChange: last_body,
  };
}

/** A change's body with its votes, which have rows of their own; null stays null. */
function whole(body: unknown, votes: unknown, sealed: Sealing): unknown {
  return body === null ? null : { ...Object(sealed.open(body)), votes };
}

const ChangeRow = z.object({ body: z.unknown(), votes: z.unknown() });

function readChange(row: unknown, sealed: Sealing): OpenChange | EndedChange {
  const { body, votes } = ChangeRow.parse(row);
  return z.union([StoredOpenChange, StoredEndedChange]).parse(whole(body, votes, sealed));
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
    module_pin: deployment.pin === null ? null : json(deployment.pin),
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
    body: json({ ...change, votes: [], vars: sealed.seal(change.id, change.vars) }),
    asked_groups: change.state === "ended" ? null : askedGroups(change),
    opened_at: change.openedAt,
    ended_at: change.state === "ended" ? change.endedAt : null,
  };
}
