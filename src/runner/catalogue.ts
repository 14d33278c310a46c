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
 */
export async function openCatalogue(folder: string): Promise<Catalogue> {
  const read: ReadModule[] = [];
  for (const name of await foldersIn(resolve(folder))) {
    read.push(await offered(join(resolve(folder), name)));
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

/** Nothing of a module reaches a plan before it has passed the gate. */
async function offered(folder: string): Promise<ReadModule> {
  const read = await readModule(folder);
  const exempt = read.yaml.yaml.exemptions.some(({ rule }) => rule === "no-provisioner");
  await passGate(folder, { provisioners: exempt });
  return read;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
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
