import { z } from "zod";
import type { Vars } from "#deployments/change.ts";
import type { Module } from "#deployments/ports.ts";

/**
 * Values that nothing of this run may show: of variables and outputs marked as sensitive. `all` are
 * the values that it works with, and those that it is to replace.
 */
export function sensitiveValues(
  module: Module | null,
  all: readonly Vars[],
  stateBody: string | null,
): string[] {
  const variables = module?.variables.filter((variable) => variable.sensitive) ?? [];
  return [
    ...all.flatMap((vars) => variables.flatMap(({ name }) => textsIn(vars[name]))),
    ...(stateBody === null ? [] : sensitiveOutputs(stateBody)),
  ];
}

const Outputs = z.object({
  outputs: z.record(
    z.string(),
    z.object({ value: z.unknown(), sensitive: z.boolean().default(false) }),
  ),
});

function sensitiveOutputs(body: string): string[] {
  const state = Outputs.safeParse(JSON.parse(body));
  const outputs = state.success ? Object.values(state.data.outputs) : [];
  return outputs.filter(({ sensitive }) => sensitive).flatMap(({ value }) => textsIn(value));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") {
    return [String(value)];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
