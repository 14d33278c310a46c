import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { afterAll } from "vitest";
import { z } from "zod";
import type { Died } from "./crash-points.ts";

const Entry = z.object({
  what: z.string(),
  point: z.string(),
  reached: z.boolean(),
  broken: z.array(z.string()),
});

/**
 * What became of the points of one walk. With `POINTS_DONE=<file>` it is noted there too, so that
 * a run of hours can be ended and goes on later: points that left everything whole are not tried again.
 */
export function openLedger(what: string, all: readonly string[]) {
  const before = earlier(what);
  const whole = new Set(before.flatMap((one) => (one.broken.length === 0 ? [one.point] : [])));
  const open = all.filter((point) => !whole.has(point));
  const seen = { passed: 0, missed: 0, broken: 0 };
  before
    .filter(({ point }) => whole.has(point))
    .forEach(({ reached }) => (seen[reached ? "passed" : "missed"] += 1));
  afterAll(() => {
    console.log(
      `${what}: ${all.length} points; ${seen.passed} deaths left everything whole, ${seen.broken} did not, ` +
        `${seen.missed} points were not come by again.`,
    );
  });
  return {
    /** The points still to be tried. */
    open,
    note(point: string, { reached, broken }: Died): void {
      seen[broken.length > 0 ? "broken" : reached ? "passed" : "missed"] += 1;
      const { POINTS_DONE: file } = process.env;
      if (file !== undefined) {
        appendFileSync(file, `${JSON.stringify({ what, point, reached, broken })}\n`);
      }
    },
  };
}

function earlier(what: string): z.infer<typeof Entry>[] {
  const { POINTS_DONE: file } = process.env;
  if (file === undefined || !existsSync(file)) {
    return [];
  }
  const lines = readFileSync(file, "utf8").split("\n");
  // A last line that was cut is a death whose end nobody saw.
  return lines
    .flatMap((line) => {
      try {
        return [Entry.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    })
    .filter((entry) => entry.what === what);
}
