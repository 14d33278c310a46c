import type { Config } from "#config/config.ts";
import type { ModulePin } from "#deployments/module-pin.ts";
import type { Catalogue, Module } from "#deployments/ports.ts";
import type { Database } from "#persistence/database.ts";
import { pinnedCommits } from "#persistence/module-pins.ts";
import { BrokenModule } from "#runner/broken-module.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { keptModule } from "#runner/kept-module.ts";
import { pruneModules } from "#runner/module-prune.ts";
import { openModuleRepository } from "#runner/module-repository.ts";
import type { Log } from "#telemetry/log.ts";

/** The folder of the modules as they are now: the configured one, or a commit of the repository. */
export async function modulesFolder(
  { modules, dataDir }: Pick<Config, "modules" | "dataDir">,
  log: Log,
): Promise<string> {
  if (modules.is === "git") {
    return openModuleRepository({ ...modules, dataDir, log });
  }
  if (modules.ref !== null) {
    const fault = { code: "ref-of-folder", params: { ref: modules.ref } } as const;
    throw new BrokenModule({ file: modules.folder, line: 0 }, fault);
  }
  return modules.folder;
}

/** The modules as they are now, each let through by the gate. Throws BrokenModule. */
export async function offeredModules(
  config: Pick<Config, "modules" | "dataDir">,
  log: Log,
): Promise<Catalogue> {
  return openCatalogue(await modulesFolder(config, log), { consents: config.modules.consents });
}

/** A module as something was applied with it, if a commit that is kept has it; a folder keeps none. */
export async function moduleAt(
  { modules, dataDir }: Pick<Config, "modules" | "dataDir">,
  name: string,
  pin: ModulePin,
): Promise<Module | null> {
  return modules.is === "git" ? keptModule({ ...modules, dataDir }, name, pin) : null;
}

type Offering = {
  readonly config: Pick<Config, "dataDir">;
  readonly db: Database;
  readonly catalogue: Pick<Catalogue, "modules">;
  readonly clock: () => Date;
  readonly log: Log;
};

/** Takes away commits that were offered before this process started. Never throws. */
export async function tidyModules({ config, db, catalogue, clock, log }: Offering): Promise<void> {
  const inUse = catalogue.modules().map(({ folder }) => folder);
  try {
    const pinned = await pinnedCommits(db);
    await pruneModules({ dataDir: config.dataDir, inUse, pinned, now: clock(), log });
  } catch (error) {
    log.warn({ err: error }, "old commits of modules could not be removed; it is tried again");
  }
}
