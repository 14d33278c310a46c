import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal } from "#text/refusal.ts";
import { describeDeployment } from "./describe.ts";
import { DeploymentRef } from "./inputs.ts";
import { askedBy, findDeployment, REQUESTERS, shownAfter, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

/** Makes a destroy plan, which people must approve like any other. */
export function destroyDeployment(parts: ToolParts): Tool {
  return defineTool({
    name: "destroy_deployment",
    description:
      "Makes a plan that destroys a deployment. The plan needs an approval of its own; nothing is destroyed by this call.",
    effect: "proposes",
    roles: REQUESTERS,
    phrases: PHRASES.destroy_deployment,
    input: z.strictObject({ deployment: DeploymentRef }),
    async run(speaker, { deployment }) {
      const found = await findDeployment(parts, speaker, deployment);
      if (isRefusal(found)) {
        return found;
      }
      const after = await parts.service.destroy(askedBy(speaker, "destroy"), found.id);
      return isRefusal(after)
        ? after
        : { data: describeDeployment(after), shown: shownAfter(after, speaker) };
    },
  });
}
