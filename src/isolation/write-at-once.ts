import { rename, writeFile } from "node:fs/promises";

/** A command that starts meanwhile reads the old file or the new one: both are whole. */
export async function writeAtOnce(file: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${file}.${process.pid}`, content);
  await rename(`${file}.${process.pid}`, file);
}
