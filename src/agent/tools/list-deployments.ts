import { z } from "zod";
import { Environment, type Deployment } from "#deployments/deployment.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { PHRASES } from "#text/phrases.ts";
import { describeDeployment } from "./describe.ts";
import { READERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

const Input = z.strictObject({
  environment: Environment.optional().describe("Only those of dev, stg or prod."),
});

/** A card and a model's context end somewhere; the page shows the rest. */
const SHOWN = 20;
const PAGE = 100;
const PAGES = 10;

export function listDeployments(parts: ToolParts): Tool {
  return defineTool({
    name: "list_deployments",
    description: "Lists the deployments that the person may see and that are not destroyed.",
    effect: "reads",
    roles: READERS,
    phrases: PHRASES.list_deployments,
    input: Input,
    async run({ viewer }, { environment }) {
      const found = await collect(parts, viewer, (deployment) =>
        environment === undefined ? true : deployment.environment === environment,
      );
      return {
        data: found.map(describeDeployment),
        shown: { show: "status", deployments: found },
      };
    },
  });
}

async function collect(
  parts: ToolParts,
  viewer: Viewer,
  wanted: (deployment: Deployment) => boolean,
): Promise<Deployment[]> {
  const found: Deployment[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next }: { items: Deployment[]; next: string | null } =
      await parts.deployments.list(viewer, {}, { after, limit: PAGE });
    found.push(...items.filter((item) => item.standing.is !== "destroyed" && wanted(item)));
    if (next === null || found.length >= SHOWN) {
      break;
    }
    after = next;
  }
  return found.slice(0, SHOWN);
}
