import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RunId } from "#deployments/ids.ts";
import type { RunFiles } from "./run-files.ts";

/** Encrypts what a later process of this server must know and nobody else; moved to another run it does not open. */
export type Sealer = {
  seal(plain: Uint8Array, run: RunId): Uint8Array;
  /** Throws when this server's keys do not open it. */
  open(sealed: Uint8Array, run: RunId): Uint8Array;
};

type Of = { readonly files: Pick<RunFiles, "folder">; readonly run: RunId };

/**
 * Keeps the secrets of an apply's environment beside its output: whoever reads the rest of that
 * after the apply has ended cannot ask its process for them any more.
 */
export async function keepSecrets(
  sealer: Sealer,
  { files, run }: Of,
  secrets: readonly string[],
): Promise<void> {
  const sealed = sealer.seal(Buffer.from(JSON.stringify(secrets)), run);
  const file = await open(fileIn(files), "w", 0o600);
  try {
    await file.writeFile(sealed);
    // The output may outlive a power cut, too.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What was kept; nothing where no process was ever to start. Throws when it does not open. */
export async function keptSecrets(sealer: Sealer, { files, run }: Of): Promise<string[]> {
  const sealed = await readFile(fileIn(files)).catch(() => null);
  return sealed === null
    ? []
    : Secrets.parse(JSON.parse(Buffer.from(sealer.open(sealed, run)).toString("utf8")));
}

/** Everything was read, so nobody has to know them any more. */
export async function forgetSecrets(files: Pick<RunFiles, "folder">): Promise<void> {
  await rm(fileIn(files), { force: true });
}

const Secrets = z.array(z.string());

function fileIn({ folder }: Pick<RunFiles, "folder">): string {
  return join(folder, "secrets.sealed");
}
