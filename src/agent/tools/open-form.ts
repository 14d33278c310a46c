import { z } from "zod";
import { PHRASES } from "#text/phrases.ts";
import { refusal } from "#text/refusal.ts";
import { REQUESTERS, type ToolParts } from "./parts.ts";
import { defineTool, type Tool } from "./tool.ts";

/** A form, for people who would rather see what can be set than say it. */
export function openForm(parts: ToolParts): Tool {
  return defineTool({
    name: "open_form",
    description:
      "Shows the person a form with every value of a module to fill in. Use it when they ask for a form, or when a module needs several values that they have not given.",
    effect: "reads",
    roles: REQUESTERS,
    phrases: PHRASES.open_form,
    input: z.strictObject({
      module: z.string().min(1).max(64).describe("Name of a module that list_modules shows."),
    }),
    async run(_speaker, { module: name }) {
      const module = parts.catalogue.module(name);
      if (module === null) {
        const known = parts.catalogue.modules().map((each) => each.name);
        return refusal("unknown-module", { module: name, modules: known.join(", ") });
      }
      const shown = { show: "form", module, given: { vars: {} }, problems: [] } as const;
      return { data: { form: "shown", module: module.name }, shown };
    },
  });
}
