import type { Block, Catalogue, TypeSchema } from "./schema/schema.ts";

const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;

/** The whole catalogue in the shape of the wire. */
export function schemaAnswer(catalogue: Catalogue): object {
  return {
    provider: schemaOf(catalogue.provider),
    resource_schemas: schemasOf(catalogue.resources),
    data_source_schemas: schemasOf(catalogue.dataSources),
  };
}

function schemasOf(types: ReadonlyMap<string, TypeSchema>): object {
  return Object.fromEntries([...types].map(([name, type]) => [name, schemaOf(type)]));
}

function schemaOf(type: TypeSchema): object {
  return { version: type.version, block: blockOf(type) };
}

function blockOf(block: Block): object {
  const attributes = Object.entries(block.attributes).map(([name, [flags, type]]) => ({
    name,
    type: Buffer.from(JSON.stringify(type)),
    required: flags.includes("r"),
    optional: flags.includes("o"),
    computed: flags.includes("c"),
    sensitive: flags.includes("s"),
    deprecated: flags.includes("d"),
    write_only: flags.includes("w"),
  }));
  const nested = Object.entries(block.blocks).map(([name, each]) => ({
    type_name: name,
    block: blockOf(each),
    nesting: NESTING[each.nesting],
    min_items: each.min,
    max_items: each.max,
  }));
  return { attributes, block_types: nested };
}
