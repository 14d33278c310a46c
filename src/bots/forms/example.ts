import { z } from "zod";
import { Json } from "#deployments/change.ts";
import type { ModuleVariable } from "#deployments/ports.ts";
import { isRecord } from "./entry.ts";

const Sampled = z.object({
  default: Json.optional(),
  type: z.string().optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  enum: z.array(Json).optional(),
  minimum: z.number().optional(),
});
type Sampled = z.infer<typeof Sampled>;

/** A value of this shape, to be written after: `[{"port": 1, "cidr": "…"}]`. */
export function exampleOf(schema: ModuleVariable["schema"]): string {
  return JSON.stringify(sample(schema), null, 1).replace(/\n\s*/g, " ");
}

function sample(schema: unknown): Json {
  const shape: Partial<Sampled> = Sampled.safeParse(schema).data ?? {};
  const { default: usual, type, items, properties, enum: values } = shape;
  if (usual !== undefined && !isEmpty(usual)) {
    return usual;
  }
  if (type === "array") {
    return [sample(items)];
  }
  if (type === "object") {
    const fields = Object.entries(properties ?? { name: {} });
    return Object.fromEntries(fields.map(([name, each]) => [name, sample(each)]));
  }
  return values?.[0] ?? scalar(shape);
}

function scalar({ type, minimum = 1 }: Partial<Sampled>): Json {
  if (type === "number" || type === "integer") {
    return minimum;
  }
  return type === "boolean" ? true : "…";
}

function isEmpty(value: Json): boolean {
  return Array.isArray(value)
    ? value.length === 0
    : isRecord(value) && Object.keys(value).length === 0;
}
