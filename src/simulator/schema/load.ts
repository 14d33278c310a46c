import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudName } from "#simulator/environment.ts";
import type { Catalogue, TypeSchema } from "./schema.ts";

/** The types of one cloud. The files are ours and tested, so they are not checked at each start. */
export function loadCatalogue(cloud: CloudName): Catalogue {
  const lines = readFileSync(join(import.meta.dirname, `${cloud}.jsonl`), "utf8")
    .trim()
    .split("\n");
  const types = lines.map((line): TypeSchema => JSON.parse(line));
  const provider = types.find(({ kind }) => kind === "provider");
  if (provider === undefined) {
    throw new Error(`The types of ${cloud} lack the provider's own.`);
  }
  const named = (kind: TypeSchema["kind"]): Map<string, TypeSchema> =>
    new Map(types.filter((type) => type.kind === kind).map((type) => [type.name, type]));
  return { provider, resources: named("resource"), dataSources: named("data") };
}
