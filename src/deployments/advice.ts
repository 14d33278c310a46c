import type { Deployment } from "./deployment.ts";
import type { Deployments } from "./ports.ts";
import type { Viewer } from "./viewer.ts";
import type { Params } from "#text/wording.ts";

/** A hint that stops nothing; worded by `text/advice.ts`. */
export type Advice = {
  readonly level: "info" | "warn";
  readonly code: "similar-exists" | "prod-without-team";
  readonly params: Params;
};

/** Deterministic hints about a deployment that was just asked for; the model only repeats them. */
export async function adviceFor(
  deployments: Deployments,
  viewer: Viewer,
  deployment: Deployment,
): Promise<readonly Advice[]> {
  const { items } = await deployments.list(
    viewer,
    { module: deployment.module, environment: deployment.environment },
    { after: null, limit: 20 },
  );
  const similar = items.find(
    (other) =>
      other.id !== deployment.id &&
      other.requester === deployment.requester &&
      other.standing.is !== "destroyed",
  );
  return [
    ...(similar === undefined ? [] : [similarExists(similar)]),
    ...(deployment.environment === "prod" && deployment.team === null
      ? [withoutTeam(deployment)]
      : []),
  ];
}

function similarExists({ name, environment, module }: Deployment): Advice {
  return { level: "info", code: "similar-exists", params: { name, environment, module } };
}

function withoutTeam({ name }: Deployment): Advice {
  return { level: "warn", code: "prod-without-team", params: { name } };
}
