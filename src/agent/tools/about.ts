import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import type { ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

export function about(parts: Pick<ToolParts, "about">): Tool {
  return defineTool({
    name: "about",
    description: "Says who answers here (which model, or fixed rules) and how this program runs.",
    effect: "reads",
    roles: [],
    phrases: PHRASES.about,
    input: z.strictObject({}),
    async run() {
      return { data: parts.about, shown: { show: "about" } };
    },
  });
}
