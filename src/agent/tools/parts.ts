import { isDeepStrictEqual } from "node:util";
import type { Lessons, Shown, Speaker } from "#agent/ports.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Catalogue, Deployments, Runs } from "#deployments/ports.ts";
import type { Asked, DeploymentService } from "#deployments/service.ts";
import type { Role } from "#deployments/viewer.ts";
import { describeAdvice, describeDeployment } from "./describe.ts";
import type { ToolOutcome } from "./tool.ts";
import { THINGS } from "#text/agent.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

/** What the tools work on. */
export type ToolParts = {
  readonly service: DeploymentService;
  readonly deployments: Pick<Deployments, "seen" | "list">;
  readonly runs: Pick<Runs, "ofDeployment" | "events">;
  readonly catalogue: Catalogue;
  readonly lessons: Lessons;
  /** Who answers: model and whether it is the fixed rules. */
  readonly about: { readonly model: string; readonly offline: boolean };
};

export const READERS: readonly Role[] = ["viewer", "requester", "approver", "admin"];
export const REQUESTERS: readonly Role[] = ["requester", "admin"];

/** One use case of one turn; `effect` keeps two effects of the same call apart. */
export function askedBy(speaker: Speaker, effect: string): Asked {
  return {
    by: speaker.viewer,
    in: "chat",
    lang: speaker.lang,
    place: speaker.place,
    requestKey: `${speaker.requestKey}:${effect}`,
  };
}

/** The deployment by id or name, as far as the speaker may see it. */
export async function findDeployment(
  parts: Pick<ToolParts, "deployments">,
  speaker: Speaker,
  idOrName: string,
): Promise<Deployment | Refusal> {
  const found = await parts.deployments.seen(speaker.viewer, idOrName);
  return found ?? refusal("not-found", { what: THINGS.deployment[speaker.lang], id: idOrName });
}

/**
 * What a plan that was just asked for shows: what is odd about it, if anything is, else what its
 * deployment shows anyway. The model reads the same advice.
 */
export async function planOutcome(
  { service }: Pick<ToolParts, "service">,
  speaker: Speaker,
  planned: Deployment,
): Promise<ToolOutcome> {
  const advice = await service.advice(speaker.viewer, planned);
  return {
    data: { ...describeDeployment(planned), advice: advice.map(describeAdvice) },
    shown:
      advice.length === 0
        ? shownAfter(planned, speaker)
        : { show: "advice", deployment: planned, advice },
  };
}

/**
 * An open change speaks through its own progress card, in the places of its deployment; asked for
 * elsewhere, or without an open change, the deployment is shown.
 */
export function shownAfter(deployment: Deployment, { place }: Speaker): Shown {
  const standsHere = deployment.places.some((one) => isDeepStrictEqual(one, place));
  return deployment.change !== null && standsHere
    ? { show: "nothing" }
    : { show: "deployment", deployment };
}
