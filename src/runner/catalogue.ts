import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Vars } from "#deployments/change.ts";
import type { Catalogue, Module } from "#deployments/ports.ts";
import { BrokenModule } from "./broken-module.ts";
import { readModule, type ReadModule } from "./module.ts";
import { passGate } from "./static-gate.ts";
import { checkVariables } from "./variable-check.ts";

/**
 * Reads every module of a folder once. Throws BrokenModule, naming file and line, when one of them
 * cannot be offered: a product that starts without a module that people count on would lie.
 * Nothing of a module reaches a plan before it has passed the gate; a test of what happens when a
 * hostile one does gives another.
 */
export async function openCatalogue(folder: string, gate = passGate): Promise<Catalogue> {
  const read: ReadModule[] = [];
  for (const name of await moduleNames(resolve(folder))) {
    const module = await readModule(join(resolve(folder), name));
    const { exemptions } = module.yaml.yaml;
    await gate(module.module.folder, {
      provisioners: exemptions.some(({ rule }) => rule === "no-provisioner"),
    });
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
