import { resolve } from "node:path";
import type { Catalogue, Module } from "#deployments/ports.ts";
import { openCatalogue } from "#runner/catalogue.ts";

export const FIXTURES = resolve("tests/fixtures/modules");

/** The fixture module with variables of every kind. */
export async function aquarium(): Promise<{ catalogue: Catalogue; module: Module }> {
  return named(await openCatalogue(FIXTURES), "local_aquarium");
}

export function named(
  catalogue: Catalogue,
  name: string,
): { catalogue: Catalogue; module: Module } {
  const module = catalogue.module(name);
  if (module === null) {
    throw new Error(`no module ${name}`);
  }
  return { catalogue, module };
}
