import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal } from "#text/refusal.ts";
import { describeDeployment } from "./describe.ts";
import { DeploymentRef } from "./inputs.ts";
import { findDeployment, READERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

export function getDeployment(parts: ToolParts): Tool {
  return defineTool({
    name: "get_deployment",
    description: "Shows one deployment: status, what exists, the open and the last change, votes.",
    effect: "reads",
    roles: READERS,
    phrases: PHRASES.get_deployment,
    input: z.strictObject({ deployment: DeploymentRef }),
    async run(speaker, { deployment }) {
      const found = await findDeployment(parts, speaker, deployment);
      return isRefusal(found)
        ? found
        : { data: describeDeployment(found), shown: { show: "deployment", deployment: found } };
    },
  });
}
