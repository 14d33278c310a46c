import { afterAll, beforeAll, expect, test } from "vitest";
import { chatWalk, kindsInThread } from "./support/chat.ts";
import { openGauntlet, type Gauntlet } from "./support/crash-points.ts";
import type { Goal } from "./support/patience.ts";
import { notes } from "./support/person.ts";
import { walkTo, type Walk } from "./support/walk.ts";

const SAMPLE = { applied: 3, destroyed: 2 } as const;
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
    const counting = points.filter((point) => COUNTS.test(point));
    const sample = spaced(counting, SAMPLE[goal]);

    const died: Awaited<ReturnType<Gauntlet["dieAt"]>>[] = [];
    for (const [index, point] of sample.entries()) {
      died.push(await gauntlet.dieAt(walkOf(`sample-${index}`, goal), point));
    }

    expect(sample).toHaveLength(SAMPLE[goal]);
    expect(died.flatMap(({ broken }) => broken)).toEqual([]);
    expect(died.some(({ reached }) => reached)).toBe(true);
  },
  300_000,
);

test("a death between the work for somebody's words and the answer leaves one of each", async () => {
  const name = "sample-said";
  const walk = chatWalk({ name, words: `Please create local_notes named ${name}`, usual: null });

  const died = await gauntlet.dieAt(walk, "~^commit: .*insert into deployments");

  const kinds = await kindsInThread(gauntlet.stage, name);
  expect(died).toEqual({ reached: true, broken: [] });
  expect(kinds).toMatchObject({ progress: 2, approval: 1, report: 1 });
}, 300_000);

function walkOf(name: string, goal: Goal): Walk {
  return goal === "destroyed" ? walkTo(notes(name), goal, "applied") : walkTo(notes(name), goal);
}

function spaced(points: readonly string[], length: number): string[] {
  const every = points.length / length;
  return Array.from({ length }, (_each, index) => points[Math.floor((index + 0.5) * every)]).filter(
    (point) => point !== undefined,
  );
}
