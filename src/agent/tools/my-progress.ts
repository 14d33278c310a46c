import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import type { ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

export function myProgress(parts: Pick<ToolParts, "lessons">): Tool {
  return defineTool({
    name: "my_progress",
    description: "Shows how far the person is in the lessons.",
    effect: "reads",
    roles: [],
    phrases: PHRASES.my_progress,
    input: z.strictObject({}),
    async run({ viewer, lang }) {
      return {
        data: await parts.lessons.progress({ person: viewer.person }, lang),
        shown: { show: "learning" },
      };
    },
  });
}
