import type { RequestHandler } from "express";
import type { Deployments, Plans } from "#deployments/ports.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Identify } from "./auth.ts";
import { languageAccepted, problemOf, sendProblem, type WordProblem } from "./problem.ts";
import { planOf } from "./views.ts";

/** Terraform's own words for the newest plan, redacted, as plain text. */
export function planTextRoute(deps: {
  readonly deployments: Deployments;
  readonly plans: Plans;
  readonly identify: Identify;
  readonly wordProblem: WordProblem;
}): RequestHandler {
  return async (request, response) => {
    const viewer = deps.identify(request, "deployments:read");
    const id = String(request.params["id"]);
    const text = isRefusal(viewer) ? viewer : await planText(deps, viewer, id);
    if (isRefusal(text)) {
      const lang = languageAccepted(request.headers["accept-language"]);
      sendProblem(response, problemOf(text, lang, deps.wordProblem), lang);
      return;
    }
    response.set({ "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.send(text);
  };
}

async function planText(
  { deployments, plans }: { readonly deployments: Deployments; readonly plans: Plans },
  viewer: Viewer,
  id: string,
): Promise<string | Refusal> {
  const deployment = await deployments.seen(viewer, id);
  if (deployment === null) {
    return refusal("not-found", { id });
  }
  const plan = planOf(deployment);
  const shown = plan === null ? null : await plans.shown(plan.change);
  return shown?.text ?? refusal("no-plan", { name: deployment.name });
}
