import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Vars } from "#deployments/change.ts";
import type { Catalogue, Module } from "#deployments/ports.ts";
import { BrokenModule } from "./broken-module.ts";
import { mayProvision, type Exemption } from "./exemption.ts";
import { readModule, type ReadModule } from "./module.ts";
import { passGate } from "./static-gate.ts";
import { checkVariables } from "./variable-check.ts";

export type CatalogueOptions = {
  /** What the operator lets modules break that did not come with the product. */
  readonly consents?: readonly Exemption[];
  /** Another one lets a test see what a hostile module meets behind it. */
  readonly gate?: typeof passGate;
};

/**
 * Reads every module of a folder once. Throws BrokenModule, naming file and line, when one of them
 * cannot be offered: a product that starts without a module that people count on would lie.
 * Nothing of a module reaches a plan before it has passed the gate.
 */
export async function openCatalogue(
  folder: string,
  { consents = [], gate = passGate }: CatalogueOptions = {},
): Promise<Catalogue> {
  const read: ReadModule[] = [];
  for (const name of await moduleNames(resolve(folder))) {
    const module = await readModule(join(resolve(folder), name));
    await gate(module.module.folder, { provisioners: await mayProvision(module, consents) });
    read.push(module);
  }
  const byName = new Map(read.map((each) => [each.module.name, each]));
  const modules = read.map(({ module }) => module);
  return {
    modules: () => modules,
    module: (name) => byName.get(name)?.module ?? null,
    check(module: Module, vars: Vars) {
      const known = byName.get(module.name);
      if (known === undefined) {
        throw new Error(`The module ${module.name} is not of this catalogue.`);
      }
      return checkVariables(known.module, known.judges, vars);
    },
  };
}

/** The folders that hold one module each. Throws BrokenModule when `folder` cannot be read. */
export async function moduleNames(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    throw new BrokenModule({ file: folder, line: 0 }, { code: "no-folder" }, { cause });
  }
}
