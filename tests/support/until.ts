import { setTimeout } from "node:timers/promises";

const EVERY_MS = 10;
const AT_MOST_MS = 30_000;

/** Waits until `probe` answers something; null and false mean not yet. Throws after 30 s. */
export async function until<Found>(
  what: string,
  probe: () => Found | null | false | Promise<Found | null | false>,
): Promise<Found> {
  for (let waited = 0; waited < AT_MOST_MS; waited += EVERY_MS) {
    const found = await probe();
    if (found !== null && found !== false) {
      return found;
    }
    await setTimeout(EVERY_MS);
  }
  throw new Error(`Waited ${AT_MOST_MS / 1000} s in vain for ${what}.`);
}
