import { createReadStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { splitLines } from "./lines.ts";
import { parseLine } from "./stream.ts";
import { LONGEST_BYTES } from "./write-ahead.ts";

/**
 * Takes a state that Terraform printed out of an output that nobody reads on in: it has every
 * secret in clear, and is stored, sealed, by now.
 */
export async function removePrintedState(output: string): Promise<void> {
  const lines = splitLines(LONGEST_BYTES);
  const chunks: AsyncIterable<Buffer> = createReadStream(output);
  const left = await open(`${output}.left`, "w", 0o600);
  try {
    for await (const chunk of chunks) {
      for (const { text } of lines.push(chunk)) {
        await left.write(parseLine(text).state === null ? `${text}\n` : "");
      }
    }
  } finally {
    await left.close();
  }
  await rename(`${output}.left`, output);
}
