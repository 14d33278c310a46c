import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ModulePin } from "#deployments/module-pin.ts";
import type { Module } from "#deployments/ports.ts";
import { BrokenModule } from "./broken-module.ts";
import { mayProvision, type Exemption } from "./exemption.ts";
import { readModule } from "./module.ts";
import { treeHash } from "./module-files.ts";
import type { ModuleRepository } from "./module-repository.ts";
import { readAddress } from "./repository-address.ts";
import { passGate } from "./static-gate.ts";

export type KeptModules = Pick<ModuleRepository, "url" | "dataDir" | "local"> & {
  readonly consents: readonly Exemption[];
};

/** A module as a deployment was applied with it; null: its commit is not kept here, or not like that. */
export async function keptModule(
  { url, dataDir, local, consents }: KeptModules,
  name: string,
  pin: ModulePin,
): Promise<Module | null> {
  const { folder } = readAddress(url, { local: local ?? false });
  const rooms = join(dataDir, "modules");
  for (const room of await readdir(rooms).catch(() => [])) {
    const module = await moduleIn(join(rooms, room, pin.commit, folder, name), pin, consents);
    if (module !== null) {
      return module;
    }
  }
  return null;
}

async function moduleIn(
  folder: string,
  { tree }: ModulePin,
  consents: readonly Exemption[],
): Promise<Module | null> {
  // Most rooms have no such commit.
  if ((await treeHash(folder).catch(() => null)) !== tree) {
    return null;
  }
  try {
    const read = await readModule(folder);
    await passGate(folder, { provisioners: await mayProvision(read, consents) });
    return read.module;
  } catch (error) {
    if (error instanceof BrokenModule) {
      // What was good enough then is not any more.
      return null;
    }
    throw error;
  }
}
