import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";

const MOST_BYTES = 256 * 1024;

/**
 * The provider that `init` could not install, read from its output after `from` bytes; null where
 * it failed for something else. Terraform breaks its lines anywhere.
 */
export async function missingProvider(file: string, from: number): Promise<string | null> {
  const said = await text(createReadStream(file, { start: from, end: from + MOST_BYTES }));
  const [, ...named] = MISSING.exec(said.replaceAll(/[│\s]+/g, " ")) ?? [];
  return named.find((source) => source !== undefined) ?? null;
}

// Not there in any version that fits; there for another platform only; a folder without its binary.
const MISSING = new RegExp(
  [
    "(?:list of available versions for|Could not resolve) provider (SOURCE): ",
    "Provider (SOURCE) v\\S+ does not have a package available for your current platform",
    "Error while installing (SOURCE) v\\S+: ",
  ]
    .join("|")
    .replaceAll("SOURCE", "[\\w.-]+(?:/[\\w.-]+){1,2}"),
);
