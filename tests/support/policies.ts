import { DeploymentId, PersonId } from "#deployments/ids.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { OWN_STATE } from "#deployments/state-backend.ts";
import { MODULE } from "./deployments.ts";

/** A deployment of which nothing exists yet, as rules look at it. */
export function aDeployment(more: Partial<Deployment> = {}): Deployment {
  return {
    id: DeploymentId.parse("dep-aaaaaaaaaa"),
    name: "shop",
    cloud: MODULE.cloud,
    simulated: false,
    module: MODULE.name,
    environment: "dev",
    team: "dev-team",
    requester: PersonId.parse("dev"),
    lang: "en",
    vars: {},
    standing: { is: "nothing" },
    pin: null,
    change: null,
    lastChange: null,
    outputs: [],
    resources: [],
    places: [],
    stateBackend: OWN_STATE,
    createdAt: new Date("2026-11-21T08:00:00Z"),
    revision: 1,
    ...more,
  };
}
