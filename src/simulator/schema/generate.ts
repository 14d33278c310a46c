// Run by hand when the facts change: node src/simulator/schema/generate.ts <folder of the facts>
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { z } from "zod";
import type { Attribute, Block, NestedBlock, Rule, Type, TypeSchema } from "./schema.ts";
import { KEPT } from "./kept.ts";

const SomeType: z.ZodType<Type> = z.lazy(() =>
  z.union([
    z.enum(["string", "number", "bool", "dynamic"]),
    z.tuple([z.enum(["list", "set", "map"]), SomeType]),
    z.tuple([z.literal("object"), z.record(z.string(), SomeType)]),
    z.tuple([z.literal("tuple"), z.array(SomeType)]),
  ]),
);

const Relations = z.object({
  conflicts_with: z.array(z.string()).optional(),
  exactly_one_of: z.array(z.string()).optional(),
  at_least_one_of: z.array(z.string()).optional(),
  required_with: z.array(z.string()).optional(),
});

const Marks = z.object({
  required: z.boolean().optional(),
  optional: z.boolean().optional(),
  computed: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  write_only: z.boolean().optional(),
  deprecated: z.boolean().optional(),
  force_new: z.boolean().optional(),
});

const FactAttribute = Relations.extend(Marks.shape).extend({
  type: SomeType,
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

type FactBlock = {
  attributes?: Record<string, z.infer<typeof FactAttribute>> | undefined;
  blocks?: Record<string, z.infer<typeof FactNested>> | undefined;
};

const FactNested = Relations.extend(Marks.shape).extend({
  nesting: z.enum(["list", "set", "single", "map"]),
  min: z.number().optional(),
  max: z.number().optional(),
  get attributes() {
    return z.record(z.string(), FactAttribute).optional();
  },
  get blocks(): z.ZodOptional<z.ZodRecord<z.ZodString, typeof FactNested>> {
    return z.record(z.string(), FactNested).optional();
  },
});

const FactType = z.object({
  version: z.number().optional(),
  framework: z.boolean().optional(),
  importable: z.boolean().optional(),
  attributes: z.record(z.string(), FactAttribute).optional(),
  blocks: z.record(z.string(), FactNested).optional(),
});

const Facts = z.object({
  provider_config: FactType,
  resources: z.record(z.string(), FactType),
  data_sources: z.record(z.string(), FactType),
});

function generate(folder: string, cloud: "aws" | "google"): void {
  const facts = Facts.parse(JSON.parse(readFileSync(join(folder, `${cloud}.json`), "utf8")));
  const { resources, dataSources } = KEPT[cloud];
  const types = [
    typeOf("provider", cloud, facts.provider_config),
    ...resources.map((name) =>
      typeOf("resource", name, renewed(found(facts.resources, name), name)),
    ),
    ...dataSources.map((name) =>
      typeOf("data", name, withLater(found(facts.data_sources, name), name)),
    ),
  ];
  const text = types.map((type) => `${JSON.stringify(type)}\n`).join("");
  writeFileSync(join(import.meta.dirname, `${cloud}.jsonl`), text);
}

/** AWS 6 made the bucket's region an argument, and gave its former meaning another name. */
function renewed(fact: z.infer<typeof FactType>, name: string): z.infer<typeof FactType> {
  if (name !== "aws_s3_bucket") {
    return fact;
  }
  const region = { type: "string", optional: true, computed: true, force_new: true } as const;
  const bucketRegion = { type: "string", computed: true } as const;
  return { ...fact, attributes: { ...fact.attributes, region, bucket_region: bucketRegion } };
}

/** Arguments of AWS 6 that the facts of the data sources lack; they stand in its upgrade guide. */
function withLater(fact: z.infer<typeof FactType>, name: string): z.infer<typeof FactType> {
  const region: z.infer<typeof FactAttribute> = { type: "string", optional: true, computed: true };
  const minified: z.infer<typeof FactAttribute> = { type: "string", computed: true };
  const later = {
    ...(REGIONAL.has(name) ? { region } : {}),
    ...(name === "aws_iam_policy_document" ? { minified_json: minified } : {}),
  };
  return { ...fact, attributes: { ...fact.attributes, ...later } };
}

const REGIONAL = new Set(
  ["ami", "availability_zones", "eks_addon_version", "eks_cluster", "kms_key", "region"]
    .concat("ssm_parameter", "subnet", "subnets", "vpc")
    .map((name) => `aws_${name}`),
);

function found<T>(all: Readonly<Record<string, T>>, name: string): T {
  const one = all[name];
  if (one === undefined) {
    throw new Error(`The facts do not hold ${name}.`);
  }
  return one;
}

function typeOf(
  kind: TypeSchema["kind"],
  name: string,
  fact: z.infer<typeof FactType>,
): TypeSchema {
  return {
    kind,
    name,
    version: fact.version ?? 0,
    framework: fact.framework ?? false,
    importable: fact.importable ?? false,
    rules: rulesOf(fact, ""),
    ...blockOf(fact),
  };
}

function blockOf(fact: FactBlock): Block {
  return {
    attributes: mapValues(fact.attributes, (attribute, name): Attribute =>
      attribute.default === undefined
        ? [flagsOf(name, attribute), attribute.type]
        : [flagsOf(name, attribute), attribute.type, attribute.default],
    ),
    blocks: mapValues(fact.blocks, (block, name): NestedBlock => ({
      nesting: block.nesting,
      min: block.min ?? 0,
      max: block.max ?? 0,
      flags: flagsOf(name, block),
      ...blockOf(block),
    })),
  };
}

function flagsOf(name: string, marks: z.infer<typeof Marks>): string {
  // The facts do not mark every write-only argument; the providers end the names of all with `_wo`.
  const letters = [
    marks.required === true && "r",
    marks.optional === true && "o",
    marks.computed === true && "c",
    marks.sensitive === true && "s",
    (marks.write_only === true || name.endsWith("_wo")) && "w",
    marks.deprecated === true && "d",
    marks.force_new === true && "f",
  ];
  return letters.filter((letter) => letter !== false).join("");
}

const KINDS = ["conflicts_with", "exactly_one_of", "at_least_one_of", "required_with"] as const;

function rulesOf(fact: FactBlock, prefix: string): Rule[] {
  const all = Object.entries({ ...fact.attributes, ...fact.blocks });
  const own = all.flatMap(([name, relations]) =>
    KINDS.flatMap((kind): Rule[] => {
      const others = relations[kind];
      return others === undefined ? [] : [[kind, `${prefix}${name}`, others]];
    }),
  );
  const inner = Object.entries(fact.blocks ?? {}).flatMap(([name, block]) =>
    rulesOf(block, `${prefix}${name}.0.`),
  );
  return [...own, ...inner];
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>> | undefined,
  change: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(
    Object.entries(record ?? {}).map(([name, value]) => [name, change(value, name)]),
  );
}

const folder = argv[2];
if (folder === undefined) {
  throw new Error("Name the folder that holds aws.json and google.json.");
}
generate(folder, "aws");
generate(folder, "google");
