import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { defineTool, type Tool } from "./tool.ts";

export function help(): Tool {
  return defineTool({
    name: "help",
    description: "Shows what can be asked for and the commands.",
    effect: "reads",
    roles: [],
    phrases: PHRASES.help,
    input: z.strictObject({}),
    async run() {
      return { data: { shown: "help" }, shown: { show: "help" } };
    },
  });
}
