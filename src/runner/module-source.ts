import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { moduleFiles } from "./module-files.ts";

/** Copies a module's files but for its tests, which no plan needs; throws as `moduleFiles` does. */
export async function copyModule(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const path of await moduleFiles(from)) {
    if (!path.split("/").includes("tests")) {
      await copyFile(join(from, path), join(to, path));
    }
  }
}

async function copyFile(from: string, to: string): Promise<void> {
  const isProgram = ((await lstat(from)).mode & 0o100) !== 0;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await writeFile(to, await readFile(from), { mode: isProgram ? 0o700 : 0o600 });
}
