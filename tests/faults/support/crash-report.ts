import { afterAll } from "vitest";
import type { Died } from "./crash-points.ts";

/** Counts what became of the points, and says so in one line at the end. */
export function openCrashReport(what: string, all: number) {
  const seen = { passed: 0, missed: 0, broken: 0 };
  afterAll(() => {
    console.log(
      `${what}: ${all} points; ${seen.passed} deaths left everything whole, ${seen.broken} did not, ` +
        `${seen.missed} points were not come by again.`,
    );
  });
  return {
    note({ reached, broken }: Died): void {
      seen[broken.length > 0 ? "broken" : reached ? "passed" : "missed"] += 1;
    },
  };
}
