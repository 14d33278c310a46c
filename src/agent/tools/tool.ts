import type { z } from "zod";
import type { Shown, Speaker } from "#agent/ports.ts";
import type { Role } from "#deployments/viewer.ts";
import type { ToolPhrases } from "#text/phrases.ts";
import { refusal, type Refusal } from "#text/refusal.ts";

/** What a tool did: JSON for the model, a card for people. */
export type ToolOutcome = { readonly data: unknown; readonly shown: Shown };

/**
 * Something the agent can do. `proposes` opens a change that people must still approve; `reads`
 * changes nothing. There is no third effect.
 */
export type Tool = {
  readonly name: string;
  readonly description: string;
  readonly effect: "reads" | "proposes";
  /** Any of these roles is enough; empty: everybody. */
  readonly roles: readonly Role[];
  /** How people ask for it; the offline rules are compiled from these. */
  readonly phrases: ToolPhrases;
  readonly input: z.ZodType;
  call(speaker: Speaker, args: unknown): Promise<ToolOutcome | Refusal>;
};

type ToolSpec<Input> = Omit<Tool, "call" | "input"> & {
  readonly input: z.ZodType<Input>;
  readonly run: (speaker: Speaker, input: Input) => Promise<ToolOutcome | Refusal>;
};

/** Puts the parse of the arguments in front of what the tool does. */
export function defineTool<Input>(spec: ToolSpec<Input>): Tool {
  const { run, ...facts } = spec;
  return {
    ...facts,
    async call(speaker, args) {
      const parsed = spec.input.safeParse(args);
      if (!parsed.success) {
        return refusal("bad-arguments", { tool: spec.name, problem: problemOf(parsed.error) });
      }
      return run(speaker, parsed.data);
    },
  };
}

/** Where and what, in signs that need no translation: `environment: dev | stg | prod`. */
function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue?.path.map(String).join(".") ?? "";
  return where === "" ? wanted(issue) : `${where}: ${wanted(issue)}`;
}

function wanted(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_value") {
    return issue.values.map(String).join(" | ");
  }
  if (issue?.code === "unrecognized_keys") {
    return issue.keys.join(", ").slice(0, 100);
  }
  return issue?.code === "invalid_type" ? issue.expected : (issue?.message ?? "?");
}
