import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal } from "#text/refusal.ts";
import { describeDeployment } from "./describe.ts";
import { DeploymentRef } from "./inputs.ts";
import { askedBy, findDeployment, READERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

/** Looks whether what exists is still what was left; the check's own card tells what was found. */
export function checkDrift(parts: ToolParts): Tool {
  return defineTool({
    name: "check_drift",
    description:
      "Checks whether somebody changed or deleted parts of a deployment outside of this platform. It changes nothing; the result comes as a card.",
    effect: "reads",
    roles: READERS,
    phrases: PHRASES.check_drift,
    input: z.strictObject({ deployment: DeploymentRef }),
    async run(speaker, { deployment }) {
      const found = await findDeployment(parts, speaker, deployment);
      if (isRefusal(found)) {
        return found;
      }
      const asked = await parts.service.drift(askedBy(speaker, "drift"), found.id);
      return isRefusal(asked)
        ? asked
        : { data: { ...describeDeployment(asked), check: "queued" }, shown: { show: "nothing" } };
    },
  });
}
