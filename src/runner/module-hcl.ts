import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@cdktn/hcl2json";
import { z } from "zod";
import { Json } from "#deployments/change.ts";
import { BrokenModule, type ModulePlace } from "./broken-module.ts";
import type { Validation } from "./variable-rules.ts";

const ValidationBlock = z.object({ condition: z.string(), error_message: z.string().default("") });
const VariableBlock = z.object({
  type: z.string().optional(),
  description: z.string().default(""),
  default: Json.optional(),
  sensitive: z.boolean().default(false),
  nullable: z.boolean().default(true),
  ephemeral: z.boolean().default(false),
  validation: z.array(ValidationBlock).default([]),
});
const OutputBlock = z.object({
  description: z.string().default(""),
  sensitive: z.boolean().default(false),
});
/** Blocks of one kind by their labels, as the parser gives them: every body in a list. */
const Labelled = z.record(z.string(), z.record(z.string(), z.array(z.json())));
const Hcl = z.object({
  variable: z.record(z.string(), z.tuple([VariableBlock])).default({}),
  output: z.record(z.string(), z.tuple([OutputBlock])).default({}),
  terraform: z.array(z.record(z.string(), z.json())).default([]),
  provider: z.record(z.string(), z.json()).default({}),
  resource: Labelled.default({}),
  data: Labelled.default({}),
  module: z.record(z.string(), z.json()).default({}),
});

export type HclVariable = {
  readonly name: string;
  /** Terraform's type expression; null where none is written. */
  readonly type: string | null;
  readonly description: string;
  readonly required: boolean;
  readonly default: Json;
  readonly sensitive: boolean;
  readonly nullable: boolean;
  readonly ephemeral: boolean;
  readonly validations: readonly Validation[];
  readonly place: ModulePlace;
};

export type HclOutput = {
  readonly name: string;
  readonly description: string;
  readonly sensitive: boolean;
  readonly place: ModulePlace;
};

/** A block of another kind: `resource aws_vpc this`, `provider aws`, `backend http`. */
export type HclBlock = {
  readonly kind: "resource" | "data" | "provider" | "module" | "backend" | "cloud";
  readonly labels: readonly string[];
  readonly body: Json;
  readonly place: ModulePlace;
};

export type ModuleHcl = {
  /** In the order of the text. */
  readonly variables: readonly HclVariable[];
  readonly outputs: readonly HclOutput[];
  readonly blocks: readonly HclBlock[];
  readonly requiredVersion: string | null;
  /** Provider's local name → what versions.tf says of it. */
  readonly requiredProviders: Readonly<Record<string, Json>>;
};

/** Reads every `.tf` file of a module's folder; throws BrokenModule. */
export async function readModuleHcl(folder: string): Promise<ModuleHcl> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".tf")).sort();
  const files: ModuleHcl[] = [];
  for (const name of names) {
    files.push(await readFileHcl(join(folder, name)));
  }
  return {
    variables: files.flatMap(({ variables }) => variables),
    outputs: files.flatMap(({ outputs }) => outputs),
    blocks: files.flatMap(({ blocks }) => blocks),
    requiredVersion:
      files.map(({ requiredVersion }) => requiredVersion).find((each) => each !== null) ?? null,
    requiredProviders: Object.assign({}, ...files.map((each) => each.requiredProviders)),
  };
}

type Source = { readonly file: string; readonly text: string };

async function readFileHcl(file: string): Promise<ModuleHcl> {
  const source = { file, text: await readFile(file, "utf8") };
  const hcl = shaped(source, await parsed(source));
  const variables = Object.entries(hcl.variable).map(([name, [block]]) =>
    variable(source, name, block),
  );
  return {
    variables: variables.sort((left, right) => left.place.line - right.place.line),
    outputs: Object.entries(hcl.output).map(([name, [block]]) => ({
      name,
      description: unescaped(block.description),
      sensitive: block.sensitive,
      place: placeOf(source, ["output", name]),
    })),
    blocks: blocksOf(source, hcl),
    requiredVersion: requiredVersion(hcl.terraform),
    requiredProviders: requiredProviders(hcl.terraform),
  };
}

async function parsed({ file, text }: Source): Promise<unknown> {
  try {
    return await parse(file, text);
  } catch (cause) {
    // "parse config: [/path/main.tf:2,9-3,1: Invalid expression; Expected …]"
    const said = cause instanceof Error ? cause.message : String(cause);
    const found = /:(\d+),\d+-[^:]*: ([\s\S]*?)\]?$/.exec(said);
    const place = { file, line: Number(found?.[1] ?? 0) };
    const params = { problem: found?.[2] ?? said };
    throw new BrokenModule(place, { code: "not-hcl", params }, { cause });
  }
}

/** Text that is HCL and yet no module: a variable declared twice, a description that is a number. */
function shaped({ file }: Source, value: unknown): z.infer<typeof Hcl> {
  const read = Hcl.safeParse(value);
  if (read.success) {
    return read.data;
  }
  const [issue] = read.error.issues;
  const problem = `${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "invalid"}.`;
  throw new BrokenModule({ file, line: 0 }, { code: "not-hcl", params: { problem } });
}

function variable(source: Source, name: string, block: z.infer<typeof VariableBlock>): HclVariable {
  return {
    name,
    type: block.type === undefined ? null : expression(block.type),
    description: unescaped(block.description),
    required: block.default === undefined,
    default: plain(block.default ?? null),
    sensitive: block.sensitive,
    nullable: block.nullable,
    ephemeral: block.ephemeral,
    validations: block.validation.map(({ condition, error_message }) => ({
      condition: expression(condition),
      message: unescaped(error_message),
    })),
    place: placeOf(source, ["variable", name]),
  };
}

/** NOTE: the parser leaves the escapes of literal texts in (`$${`), as `*.tf.json` wants them. */
function unescaped(text: string): string {
  return text.replace(/([$%])\1\{/g, "$1{");
}

function plain(value: Json): Json {
  if (typeof value === "string") {
    return unescaped(value);
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [unescaped(key), plain(each)]))
    : value;
}

/** The parser marks what is no literal as `${…}`. */
function expression(text: string): string {
  return /^\$\{([\s\S]*)\}$/.exec(text)?.[1]?.trim() ?? text;
}

function requiredVersion(terraform: z.infer<typeof Hcl>["terraform"]): string | null {
  const found = terraform.map((block) => block["required_version"]);
  return found.find((each) => typeof each === "string") ?? null;
}

function requiredProviders(terraform: z.infer<typeof Hcl>["terraform"]): Record<string, Json> {
  const blocks = terraform.flatMap((block) => block["required_providers"] ?? []);
  return Object.assign({}, ...blocks.map(recordIn));
}

function blocksOf(source: Source, hcl: z.infer<typeof Hcl>): readonly HclBlock[] {
  function labelled(kind: "resource" | "data"): readonly HclBlock[] {
    return Object.entries(hcl[kind]).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, bodies]) =>
        bodies.map((body) => ({
          kind,
          labels: [type, name],
          body,
          place: placeOf(source, [kind, type, name]),
        })),
      ),
    );
  }
  function named(
    kind: "provider" | "module" | "backend" | "cloud",
    blocks: { readonly [label: string]: Json },
  ): readonly HclBlock[] {
    return Object.entries(blocks).map(([name, body]) => ({
      kind,
      labels: [name],
      body,
      place: placeOf(source, [kind, name]),
    }));
  }
  return [
    ...labelled("resource"),
    ...labelled("data"),
    ...named("provider", hcl.provider),
    ...named("module", hcl.module),
    ...hcl.terraform.flatMap((block) => [
      ...named("backend", recordIn(block["backend"])),
      ...named("cloud", block["cloud"] === undefined ? {} : { cloud: block["cloud"] }),
    ]),
  ];
}

function recordIn(value: Json | undefined): { readonly [label: string]: Json } {
  return value !== undefined && typeof value === "object" && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function placeOf({ file, text }: Source, [kind = "", ...labels]: readonly string[]): ModulePlace {
  const head = [kind, ...labels.map((label) => `"?${label}"?`)].join("[ \\t]+");
  const at = new RegExp(`^[ \\t]*${head}[ \\t]*\\{`, "m").exec(text)?.index;
  return { file, line: at === undefined ? 0 : text.slice(0, at).split("\n").length };
}
