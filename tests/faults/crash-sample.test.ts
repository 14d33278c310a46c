import { afterAll, beforeAll, expect, test } from "vitest";
import { openGauntlet, type Gauntlet } from "./support/crash-points.ts";
import type { Goal } from "./support/patience.ts";
import { notes } from "./support/person.ts";
import { walkTo, type Walk } from "./support/walk.ts";

const SAMPLE = 3;
// Most points are of messages; the sample is taken where runs and deployments are written.
const COUNTS = /terraform|runs|changes|plans|state_/;

let gauntlet: Gauntlet;

beforeAll(async () => {
  gauntlet = await openGauntlet();
  await gauntlet.stage.start();
});
afterAll(async () => {
  await gauntlet[Symbol.asyncDispose]();
});

// `npm run test:faults` dies at every point there is; these are a few, evenly spaced.
test.each([
  { what: "made", goal: "applied" },
  { what: "destroyed", goal: "destroyed" },
] as const)(
  "a death of the server while a deployment is $what leaves nothing half done",
  async ({ goal }) => {
    const points = await gauntlet.points(walkOf("first", goal));
    const sample = spaced(points.filter((point) => COUNTS.test(point)));

    const died: Awaited<ReturnType<Gauntlet["dieAt"]>>[] = [];
    for (const [index, point] of sample.entries()) {
      died.push(await gauntlet.dieAt(walkOf(`sample-${index}`, goal), point));
    }

    expect(sample).toHaveLength(SAMPLE);
    expect(died.flatMap(({ broken }) => broken)).toEqual([]);
    expect(died.some(({ reached }) => reached)).toBe(true);
  },
  300_000,
);

function walkOf(name: string, goal: Goal): Walk {
  return goal === "destroyed" ? walkTo(notes(name), goal, "applied") : walkTo(notes(name), goal);
}

function spaced(points: readonly string[]): string[] {
  const every = points.length / SAMPLE;
  return Array.from(
    { length: SAMPLE },
    (_each, index) => points[Math.floor((index + 0.5) * every)],
  ).filter((point) => point !== undefined);
}
