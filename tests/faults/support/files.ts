import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Paths of all files below the folder, relative to it; none where there is no folder. */
export function filesBelow(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    : [];
}
