import type { Module } from "#deployments/ports.ts";
import { BrokenModule } from "./broken-module.ts";
import { RunFailed } from "./failure.ts";
import { treeHash } from "./module-files.ts";

/** Throws RunFailed when a module's folder is no longer what the catalogue read, checked and named. */
export async function checkPinned(module: Pick<Module, "name" | "folder" | "tree">) {
  if ((await treeNow(module.folder)) !== module.tree) {
    throw new RunFailed({ code: "module-changed", params: { module: module.name } });
  }
}

/** Null for a folder that is gone, or has a link in it by now. */
async function treeNow(folder: string): Promise<string | null> {
  try {
    return await treeHash(folder);
  } catch (error) {
    if (error instanceof BrokenModule || (error instanceof Error && "code" in error)) {
      return null;
    }
    throw error;
  }
}
