import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { Json } from "#deployments/change.ts";
import { Cloud, Environment } from "#deployments/deployment.ts";
import { When } from "#deployments/when.ts";
import { BrokenModule, type ModulePlace } from "./broken-module.ts";

const Words = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });
const Aliases = z.strictObject({ en: z.array(z.string()), ko: z.array(z.string()) });
const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Where it may run; people give the region as the variable named by `var`. */
const Region = z
  .strictObject({
    /** `region` needs no variable of that name in variables.tf: it goes to the provider anyway. */
    var: z.string().default("region"),
    required: z.boolean().default(false),
    allowed: z.array(z.string().min(1)).min(1),
    default: z.string().optional(),
  })
  .refine(
    ({ allowed, default: usual }) => usual === undefined || allowed.includes(usual),
    "default must be one of allowed",
  );

/** What production must be: the variable is one of `in`, or at least `min`, or at most `max`. */
const Demand = z
  .strictObject({
    var: z.string(),
    in: z.array(Scalar).min(1).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .refine(
    (demand) => demand.in !== undefined || demand.min !== undefined || demand.max !== undefined,
    "say what is required: in, min or max",
  );

/** A note for those who vote: shown when the values are like this, or when one of these changes. */
const RiskNote = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    when: When.optional(),
    on_change: z.array(z.string()).min(1).optional(),
    level: z.enum(["info", "warn", "danger"]),
    text: Words,
  })
  .refine(
    (note) => (note.when === undefined) !== (note.on_change === undefined),
    "give either when or on_change",
  );

const Approval = z.strictObject({
  min_approvers: z.int().min(1).max(5).default(1),
  /** `destroy`, `replace`, or a condition on the values, `environment` and `cost_delta` (USD a month). */
  second_approver_when: z
    .array(z.union([z.literal("destroy"), z.literal("replace"), When]))
    .default([]),
});

const Cost = z.strictObject({
  /** Resource types whose price matters. */
  drivers: z.array(z.string()).default([]),
  free_by_default: z.boolean().default(false),
  /** Assumed amounts, `<resource type>.<what>: number`. */
  usage: z
    .record(z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+$/), z.number().nonnegative())
    .default({}),
});

/** Patterns `<resource type>.<attribute>`, with `*` for anything. */
const Drift = z.strictObject({
  sensitive: z.array(z.string()).default([]),
  ignore: z.array(z.string()).default([]),
});

const Requires = z.strictObject({
  /** IAM actions or roles that the run's credentials need. */
  permissions: z.array(z.string()).default([]),
  /** Google APIs that the project must have enabled. */
  apis: z.array(z.string()).default([]),
  /** Variables that are usually an output of another module's deployment. */
  inputs_from: z
    .record(z.string(), z.strictObject({ module: z.string(), output: z.string() }))
    .default({}),
});

/** What `module.yaml` may say beside what variables.tf says already. */
export const ModuleYaml = z
  .strictObject({
    format_version: z.literal(1),
    name: z.string().regex(/^(aws|gcp|local)_[a-z][a-z0-9_]{1,40}$/),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    cloud: Cloud,
    category: z.enum(["application", "network", "storage", "compute", "database", "kubernetes"]),
    status: z.enum(["experimental", "stable", "deprecated"]),
    /** The module to ask for instead of a deprecated one. */
    replaced_by: z.string().optional(),
    title: Words,
    // Cards and the model's list of modules have room for no more.
    summary: z.strictObject({ en: z.string().min(1).max(140), ko: z.string().min(1).max(140) }),
    aliases: Aliases,
    owners: z.array(z.string()).min(1),
    region: Region.optional(),
    environments: z.strictObject({
      allowed: z.array(Environment).min(1),
      prod_requires: z.array(Demand).default([]),
    }),
    form: z.strictObject({
      order: z.array(z.string()),
      advanced: z.array(z.string()).default([]),
      labels: z.record(z.string(), Words),
      /** Values of a sensible request, for documentation and forms. */
      example: z.record(z.string(), Json).default({}),
      choices: z
        .record(
          z.string(),
          z.record(z.string(), Words.extend({ aliases: z.array(z.string()).default([]) })),
        )
        .default({}),
    }),
    /** Variables that take the outputs of the deployment that they name. */
    upstream: z.array(z.string()).default([]),
    risks: z.array(RiskNote).default([]),
    approval: Approval.default({ min_approvers: 1, second_approver_when: [] }),
    cost: Cost.default({ drivers: [], free_by_default: false, usage: {} }),
    drift: Drift.default({ sensitive: [], ignore: [] }),
    requires: Requires.default({ permissions: [], apis: [], inputs_from: {} }),
    timeouts: z
      .strictObject({ plan_s: z.int().positive(), apply_s: z.int().positive() })
      .partial()
      .default({}),
    /** Paths of the curriculum, without `.md`; `modules:check` knows which are there. */
    lessons: z.array(z.string().regex(/^part\d+\/day\d+\/[a-z0-9_]+$/)).default([]),
    outputs_summary: z.array(z.string()),
    /** Static rules that this module is let off, each with its reason. */
    exemptions: z
      .array(z.strictObject({ rule: z.enum(["no-provisioner"]), why: z.string().min(1) }))
      .default([]),
  })
  .refine(({ status, replaced_by }) => replaced_by === undefined || status === "deprecated", {
    path: ["replaced_by"],
    message: "only a deprecated module is replaced",
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
