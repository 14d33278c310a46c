import { z } from "zod";
import type { Json } from "#deployments/change.ts";
import type { ModuleVariable } from "#deployments/ports.ts";

type Scalar = string | number | boolean;

/** How people enter the value of a variable, by its schema. */
export type Entry =
  | { readonly is: "text" }
  | {
      readonly is: "number";
      readonly whole: boolean;
      readonly least?: number;
      readonly most?: number;
    }
  | { readonly is: "toggle" }
  | { readonly is: "choice"; readonly values: readonly Scalar[] }
  | { readonly is: "choices"; readonly values: readonly Scalar[] }
  /** Texts or numbers, one on each line or with commas between them. */
  | { readonly is: "list" }
  /** A map of texts as lines `name = value`. */
  | { readonly is: "pairs" }
  | { readonly is: "json" };

const Scalars = z.array(z.union([z.string(), z.number(), z.boolean()])).min(1);
const Shape = z.object({
  type: z.string().optional(),
  enum: Scalars.optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  items: z.object({ type: z.string().optional(), enum: Scalars.optional() }).optional(),
  additionalProperties: z
    .union([z.boolean(), z.object({ type: z.string().optional() })])
    .optional(),
});
type Shape = z.infer<typeof Shape>;

export function entryOf(variable: Pick<ModuleVariable, "schema" | "default">): Entry {
  const shape: Shape = Shape.safeParse(variable.schema).data ?? {};
  const { type } = shape;
  if (shape.enum !== undefined) {
    return { is: "choice", values: shape.enum };
  }
  if (type === "boolean") {
    // A switch cannot be left open, so it must have a side to start from.
    return typeof variable.default === "boolean"
      ? { is: "toggle" }
      : { is: "choice", values: [true, false] };
  }
  if (type === "number" || type === "integer") {
    return numberEntry(shape);
  }
  if (type === "array") {
    return arrayEntry(shape);
  }
  return type === "string" ? { is: "text" } : { is: isMapOfTexts(shape) ? "pairs" : "json" };
}

function numberEntry({ type, minimum, maximum }: Shape): Entry {
  return {
    is: "number",
    whole: type === "integer",
    ...(minimum === undefined ? {} : { least: minimum }),
    ...(maximum === undefined ? {} : { most: maximum }),
  };
}

function arrayEntry({ items }: Shape): Entry {
  // Several choices come back joined by commas.
  if (items?.enum?.every((value) => !String(value).includes(",")) === true) {
    return { is: "choices", values: items.enum };
  }
  const isPlain = items?.type === "string" || items?.type === "number" || items?.type === "integer";
  return isPlain ? { is: "list" } : { is: "json" };
}

function isMapOfTexts({ additionalProperties: of }: Shape): boolean {
  return typeof of === "object" && of.type === "string";
}

/** A value as a person would enter it; `readEntry` reads it back. Null is nothing entered. */
export function shownAs({ is }: Entry, value: Json): string {
  if (value === null) {
    return "";
  }
  if (typeof value !== "object") {
    return is === "json" ? JSON.stringify(value) : String(value);
  }
  if (Array.isArray(value) && (is === "choices" || is === "list")) {
    return is === "list" ? listLines(value) : value.map(String).join(",");
  }
  return is === "pairs" && isRecord(value) ? pairLines(value) : JSON.stringify(value);
}

export function isRecord(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listLines(items: readonly Json[]): string {
  const [first, ...others] = items.map((item) => (isLine(item) ? String(item) : null));
  const isOne = others.length === 0;
  if (first === undefined) {
    return "";
  }
  const misread = first === null || others.includes(null) || first.startsWith("[");
  return misread || (isOne && first.includes(","))
    ? JSON.stringify(items)
    : [first, ...others].join("\n");
}

/** It comes back the same when its line is trimmed. */
function isLine(value: Json): value is string | number {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" && !/[\r\n]/.test(text) && text.trim() === text;
}

function pairLines(map: { readonly [key: string]: Json }): string {
  const lines = Object.entries(map).map(([key, value]) => pairLine(key, value));
  return lines.includes(null) || lines[0]?.startsWith("{") === true
    ? JSON.stringify(map)
    : lines.join("\n");
}

function pairLine(key: string, value: Json): string | null {
  const isPlain = isLine(key) && !key.includes("=") && (value === "" || isLine(value));
  return isPlain && typeof value === "string" ? `${key} = ${value}` : null;
}
