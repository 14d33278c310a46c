import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";

const MOST_BYTES = 256 * 1024;

/**
 * The provider that `init` could not install, read from its output after `from` bytes; null where
 * it failed for something else. Terraform breaks its lines anywhere.
 */
export async function missingProvider(file: string, from: number): Promise<string | null> {
  const said = await text(createReadStream(file, { start: from, end: from + MOST_BYTES }));
  return MISSING.exec(said.replaceAll(/[│\s]+/g, " "))?.[1] ?? null;
}

const MISSING =
  /(?:list of available versions for|Could not resolve) provider ([\w.-]+(?:\/[\w.-]+){1,2}): /;
