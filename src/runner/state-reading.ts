import { z } from "zod";
import type { Output, Resource } from "#deployments/deployment.ts";
import type { Redactor } from "./redact.ts";

/** What a state says exists: managed resources and outputs, sensitive ones without their value. */
export type StateRead = {
  readonly resources: readonly Resource[];
  readonly outputs: readonly Output[];
};

type Reading = {
  readonly redact: Redactor;
  /** Names of outputs that are told before the others, in this order. */
  readonly first: readonly string[];
};

/**
 * Reads a state of format 4 (Terraform 0.12 and newer, OpenTofu), or the absence of one. Throws
 * for any other.
 */
export function readState(body: string | null, { redact, first }: Reading): StateRead {
  if (body === null) {
    return { resources: [], outputs: [] };
  }
  const state = State.parse(JSON.parse(body));
  const outputs = Object.entries(state.outputs).map(([name, { value, sensitive }]) => ({
    name,
    value: sensitive ? "" : redact.text(textOf(value)),
    sensitive,
  }));
  return {
    resources: state.resources.filter(({ mode }) => mode === "managed").flatMap(instancesOf),
    outputs: [
      ...first.flatMap((name) => outputs.filter((output) => output.name === name)),
      ...outputs.filter(({ name }) => !first.includes(name)),
    ],
  };
}

const Instance = z.object({
  index_key: z.union([z.string(), z.number()]).optional(),
  // A deposed object waits for its removal beside the one that replaced it.
  deposed: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});

const StateResource = z.object({
  module: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  instances: z.array(Instance).default([]),
});

const State = z.object({
  version: z.literal(4),
  outputs: z
    .record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().default(false) }))
    .default({}),
  resources: z.array(StateResource).default([]),
});

function instancesOf(resource: z.infer<typeof StateResource>): Resource[] {
  const base = `${resource.type}.${resource.name}`;
  const whole = resource.module === undefined ? base : `${resource.module}.${base}`;
  return resource.instances
    .filter(({ deposed }) => deposed === undefined)
    .map(({ index_key: key, attributes }) => ({
      address: key === undefined ? whole : `${whole}[${JSON.stringify(key)}]`,
      type: resource.type,
      id: textOf(attributes?.["id"] ?? ""),
    }));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
