import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal } from "#text/refusal.ts";
import { describeDeployment } from "./describe.ts";
import { DeploymentRef } from "./inputs.ts";
import { askedBy, findDeployment, REQUESTERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

/** Stops or withdraws the open change of a deployment; the service checks who may. */
export function cancelDeployment(parts: ToolParts): Tool {
  return defineTool({
    name: "cancel_deployment",
    description:
      "Stops the plan or apply of a deployment that is queued or running, or withdraws what waits for approval.",
    effect: "proposes",
    roles: REQUESTERS,
    phrases: PHRASES.cancel_deployment,
    input: z.strictObject({ deployment: DeploymentRef }),
    async run(speaker, { deployment }) {
      const found = await findDeployment(parts, speaker, deployment);
      if (isRefusal(found)) {
        return found;
      }
      const after = await parts.service.cancel(askedBy(speaker, "cancel"), found.id);
      return isRefusal(after)
        ? after
        : { data: describeDeployment(after), shown: { show: "deployment", deployment: after } };
    },
  });
}
