import { afterAll, describe, expect, test } from "vitest";
import { openGauntlet, type Gauntlet, type Walk } from "./support/crash-points.ts";
import { openCrashReport } from "./support/crash-report.ts";

const ONLY = new RegExp(process.env["POINTS"] ?? "");

// One program walks and dies again and again; every death is followed by the whole recovery.
const gauntlet = await openGauntlet();
await gauntlet.stage.start();
const made = await pointsOf(gauntlet, making("first"));
const destroyed = await pointsOf(gauntlet, destroying("first"));

afterAll(async () => {
  await gauntlet[Symbol.asyncDispose]();
});

describe("a first start on an empty database", async () => {
  const points = await firstStartPoints();
  const report = openCrashReport("a first start", points.length);

  test.each(points)("survives a death at %s", async (point) => {
    await using first = await openGauntlet({ empty: true });

    const died = await first.dieAtStart(point);

    report.note(died);
    expect(died.broken).toEqual([]);
  });
});

describe.each([
  { what: "a deployment that is made", points: made, walk: making },
  { what: "a deployment that is destroyed", points: destroyed, walk: destroying },
])("$what", ({ what, points, walk }) => {
  const report = openCrashReport(what, points.length);

  test.each(points.map((point, index) => ({ point, name: `crash-${index}` })))(
    "survives a death at $point",
    async ({ point, name }) => {
      const died = await gauntlet.dieAt(walk(name), point);

      report.note(died);
      expect(died.broken).toEqual([]);
    },
  );
});

async function firstStartPoints(): Promise<readonly string[]> {
  await using first = await openGauntlet({ empty: true });
  const { points } = await first.dieAtStart(null);
  return points.filter((point) => ONLY.test(point));
}

function making(name: string): Walk {
  return { wish: { name, module: "local_notes", vars: {} }, goal: "applied" };
}

function destroying(name: string): Walk {
  return { ...making(name), from: "applied", goal: "destroyed" };
}

async function pointsOf({ points }: Gauntlet, walk: Walk): Promise<readonly string[]> {
  return (await points(walk)).filter((point) => ONLY.test(point));
}
