import { z } from "zod";
import type { RunId } from "#deployments/ids.ts";
import type { RunEvent } from "#deployments/run.ts";
import { PHRASES } from "#text/phrases.ts";
import { isRefusal, refusal } from "#text/refusal.ts";
import { DeploymentRef } from "./inputs.ts";
import { findDeployment, READERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

const SHOWN = 30;
const PAGE = 500;
const PAGES = 40;

/** The end of the newest run's log; the log is stored redacted. */
export function getLogs(parts: ToolParts): Tool {
  return defineTool({
    name: "get_logs",
    description: "Shows the last lines of a deployment's newest run.",
    effect: "reads",
    roles: READERS,
    phrases: PHRASES.get_logs,
    input: z.strictObject({ deployment: DeploymentRef }),
    async run(speaker, input) {
      const deployment = await findDeployment(parts, speaker, input.deployment);
      if (isRefusal(deployment)) {
        return deployment;
      }
      const runs = await parts.runs.ofDeployment(deployment.id);
      const newest = runs.toSorted((a, b) => b.queuedAt.getTime() - a.queuedAt.getTime())[0];
      if (newest === undefined) {
        return refusal("no-run-yet", { name: deployment.name });
      }
      const events = await lastEvents(parts, newest.id);
      return {
        data: {
          run: newest.kind,
          status: newest.status,
          lines: events.map((line) => line.message),
        },
        shown: { show: "logs", deployment, events },
      };
    },
  });
}

async function lastEvents(parts: ToolParts, run: RunId): Promise<RunEvent[]> {
  let last: RunEvent[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const events = await parts.runs.events(run, last.at(-1)?.seq ?? 0, PAGE);
    last = [...last, ...events].slice(-SHOWN);
    if (events.length < PAGE) {
      break;
    }
  }
  return last;
}
