import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal } from "#text/refusal.ts";
import { DeploymentRef, VarsInput } from "./inputs.ts";
import { withInstead } from "./instead.ts";
import { askedBy, findDeployment, planOutcome, REQUESTERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

const Input = z.strictObject({ deployment: DeploymentRef, vars: VarsInput.optional() });

/** Makes a new plan of a deployment, with changed values where some are given. */
export function planDeployment(parts: ToolParts): Tool {
  return defineTool({
    name: "plan_deployment",
    description:
      "Makes a new plan for an existing deployment, with other values if some are given. People approve it before anything changes.",
    effect: "proposes",
    roles: REQUESTERS,
    phrases: PHRASES.plan_deployment,
    input: Input,
    async run(speaker, { deployment, vars = {} }) {
      const found = await findDeployment(parts, speaker, deployment);
      if (isRefusal(found)) {
        return found;
      }
      const planned = await parts.service.plan(askedBy(speaker, "plan"), found.id, vars);
      const head = `/cloud plan ${found.name}`;
      const module = parts.catalogue.module(found.module);
      return isRefusal(planned)
        ? withInstead(planned, { head, values: vars, module })
        : planOutcome(parts, speaker, planned);
    },
  });
}
