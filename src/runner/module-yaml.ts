import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { Cloud, Environment } from "#deployments/deployment.ts";
import { BrokenModule, type ModulePlace } from "./broken-module.ts";

const Words = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });
const Aliases = z.strictObject({ en: z.array(z.string()), ko: z.array(z.string()) });

/** What `module.yaml` may say beside what variables.tf says already. */
export const ModuleYaml = z.strictObject({
  format_version: z.literal(1),
  name: z.string().regex(/^(aws|gcp|local)_[a-z][a-z0-9_]{1,40}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  cloud: Cloud,
  category: z.enum(["application", "network", "storage", "compute", "database", "kubernetes"]),
  status: z.enum(["experimental", "stable", "deprecated"]),
  title: Words,
  // Cards and the model's list of modules have room for no more.
  summary: z.strictObject({ en: z.string().min(1).max(140), ko: z.string().min(1).max(140) }),
  aliases: Aliases,
  owners: z.array(z.string()).min(1),
  environments: z.strictObject({ allowed: z.array(Environment).min(1) }),
  form: z.strictObject({
    order: z.array(z.string()),
    advanced: z.array(z.string()).default([]),
    labels: z.record(z.string(), Words),
    choices: z
      .record(
        z.string(),
        z.record(z.string(), Words.extend({ aliases: z.array(z.string()).default([]) })),
      )
      .default({}),
  }),
  /** Variables that take the outputs of the deployment that they name. */
  upstream: z.array(z.string()).default([]),
  outputs_summary: z.array(z.string()),
  /** Static rules that this module is let off, each with its reason. */
  exemptions: z
    .array(z.strictObject({ rule: z.enum(["no-provisioner"]), why: z.string().min(1) }))
    .default([]),
});
export type ModuleYaml = z.infer<typeof ModuleYaml>;

export type ModuleYamlFile = {
  readonly yaml: ModuleYaml;
  /** Where a key stands, for messages; the nearest known ancestor of one that is not there. */
  place(path: readonly PropertyKey[]): ModulePlace;
};

/** Reads `module.yaml` of a module's folder; throws BrokenModule. */
export async function readModuleYaml(folder: string): Promise<ModuleYamlFile> {
  const file = join(folder, "module.yaml");
  const lines = new LineCounter();
  const document = parseDocument(await textOf(file), { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line;
    const [problem] = error.message.split("\n");
    throw new BrokenModule(
      { file, line },
      { code: "not-yaml", params: { problem: problem ?? "" } },
    );
  }
  function place(path: readonly PropertyKey[]): ModulePlace {
    return { file, line: lines.linePos(offsetOf(document, path)).line };
  }
  return { yaml: parsed(document, place), place };
}

function parsed(
  document: Document.Parsed,
  place: (path: readonly PropertyKey[]) => ModulePlace,
): ModuleYaml {
  const read = ModuleYaml.safeParse(document.toJS());
  if (read.success) {
    return read.data;
  }
  const [issue] = read.error.issues;
  const path = issue?.path ?? [];
  const key = path.map(String).join(".") || "module.yaml";
  throw new BrokenModule(place(path), {
    code: "wrong-key",
    params: { key, problem: `${issue?.message ?? "invalid"}.` },
  });
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    const range = rangeOf(node);
    if (range !== null) {
      return range;
    }
  }
  return 0;
}

function rangeOf(node: unknown): number | null {
  const range =
    typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  const start: unknown = Array.isArray(range) ? range[0] : undefined;
  return typeof start === "number" ? start : null;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new BrokenModule({ file, line: 0 }, { code: "missing-file" }, { cause });
  }
}
