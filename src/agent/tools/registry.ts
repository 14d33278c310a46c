import { z } from "zod";
import type { ToolDeclaration } from "#agent/model.ts";
import type { Speaker } from "#agent/ports.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import type { Tool, ToolOutcome } from "./tool.ts";

/** Every tool there is, and who may use which. */
export type Registry = {
  readonly tools: readonly Tool[];
  /** What this person's model may know of: tools outside their roles do not exist for it. */
  declarations(viewer: Viewer): readonly ToolDeclaration[];
  /** Checks name, roles and arguments, then runs the tool. */
  call(speaker: Speaker, name: string, args: unknown): Promise<ToolOutcome | Refusal>;
};

export function openRegistry(tools: readonly Tool[]): Registry {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const declared = new Map(tools.map((tool) => [tool.name, declarationOf(tool)]));
  return {
    tools,
    declarations(viewer) {
      return tools
        .filter((tool) => mayUse(viewer, tool))
        .flatMap((tool) => declared.get(tool.name) ?? []);
    },
    async call(speaker, name, args) {
      const tool = byName.get(name);
      if (tool === undefined) {
        return refusal("tool-unknown", { tool: name.slice(0, 64) });
      }
      if (!mayUse(speaker.viewer, tool)) {
        return refusal("tool-not-yours", { roles: tool.roles.join(" / ") });
      }
      return tool.call(speaker, args);
    },
  };
}

function mayUse(viewer: Viewer, tool: Tool): boolean {
  return tool.roles.length === 0 || tool.roles.some((role) => viewer.roles.includes(role));
}

function declarationOf(tool: Tool): ToolDeclaration {
  const { $schema: _dialect, ...input } = z.toJSONSchema(tool.input, {
    io: "input",
    override: ({ jsonSchema }) => dropUnsupported(jsonSchema),
  });
  return { name: tool.name, description: tool.description, input };
}

/** Gemini's documented subset has neither `const` nor `propertyNames`. */
function dropUnsupported(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.propertyNames;
  if (schema.const !== undefined) {
    schema.enum = [schema.const];
    delete schema.const;
  }
}
