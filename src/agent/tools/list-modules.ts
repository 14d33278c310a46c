import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { describeModule } from "./describe.ts";
import type { ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

export function listModules(parts: ToolParts): Tool {
  return defineTool({
    name: "list_modules",
    description: "Lists the modules of the catalogue with the variables that each one takes.",
    effect: "reads",
    roles: [],
    phrases: PHRASES.list_modules,
    input: z.strictObject({}),
    async run() {
      const modules = parts.catalogue.modules();
      return { data: modules.map(describeModule), shown: { show: "modules", modules } };
    },
  });
}
