import type { Config } from "#config/config.ts";
import { BrokenModule } from "#runner/broken-module.ts";
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
