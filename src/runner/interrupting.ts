import { rm, stat, writeFile } from "node:fs/promises";
import type { ProcessIdentity } from "#deployments/run.ts";
import { signalChild } from "./process-identity.ts";
import type { CommandName, RunFiles } from "./run-files.ts";

/**
 * Asks a command to end, once ever: at a second SIGINT Terraform gives up at once and loses what is
 * in flight, and the process that sent the first one may be gone. So that it was sent is on the
 * disk. True when it was; false while there is nothing to ask yet.
 */
export async function interruptOnce(
  files: RunFiles,
  command: CommandName,
  wrapper: ProcessIdentity,
): Promise<boolean> {
  const note = files.interrupted(command);
  if (await isThere(note)) {
    return true;
  }
  // Noted before: asked never, people can still force it; asked twice, nobody can undo it.
  await writeFile(note, "", { mode: 0o600 }).catch(() => {
    // On a full disk the wish counts more than the note.
  });
  const asked = await signalChild(wrapper, "SIGINT");
  if (!asked) {
    await rm(note, { force: true });
  }
  return asked;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
