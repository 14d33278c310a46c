import { afterAll, describe, expect, test } from "vitest";
import { openLedger } from "./support/crash-ledger.ts";
import { openGauntlet, type Gauntlet } from "./support/crash-points.ts";
import { notes } from "./support/person.ts";
import { walkTo, type Walk } from "./support/walk.ts";

const ONLY = new RegExp(process.env["POINTS"] ?? "");
// Reading what is left costs more with every deployment, so now and then all begins anew.
const DEATHS_PER_STAGE = 30;

let gauntlet = await started();
let deaths = 0;
const points = {
  made: await pointsOf(making("first")),
  destroyed: await pointsOf(destroying("first")),
};

afterAll(async () => {
  await gauntlet[Symbol.asyncDispose]();
});

describe("a first start on an empty database", async () => {
  const ledger = openLedger("a first start", await firstStartPoints());

  test.for(ledger.open)("survives a death at %s", async (point) => {
    await using first = await openGauntlet({ empty: true });

    const died = await first.dieAtStart(point);

    ledger.note(point, died);
    expect(died.broken).toEqual([]);
  });
});

// What one death has left applied is what the next one destroys.
describe("a deployment that is made and destroyed", () => {
  const ledgers = {
    made: openLedger("a deployment that is made", points.made),
    destroyed: openLedger("a deployment that is destroyed", points.destroyed),
  };
  const pairs = paired(ledgers.made.open, ledgers.destroyed.open);

  test.for(pairs)("survives a death at $point while it is $what", async ({ what, point, name }) => {
    if (what === "made" && deaths >= DEATHS_PER_STAGE) {
      await beginAnew();
    }
    deaths += 1;

    const died = await gauntlet.dieAt(what === "made" ? making(name) : destroying(name), point);

    ledgers[what].note(point, died);
    expect(died.broken).toEqual([]);
  });
});

async function started(): Promise<Gauntlet> {
  const fresh = await openGauntlet();
  await fresh.stage.start();
  return fresh;
}

async function beginAnew(): Promise<void> {
  deaths = 0;
  await gauntlet[Symbol.asyncDispose]();
  gauntlet = await started();
}

function paired(made: readonly string[], destroyed: readonly string[]) {
  const longest = Math.max(made.length, destroyed.length);
  return Array.from({ length: longest }, (_each, index) => `crash-${index}`).flatMap(
    (name, index) =>
      (["made", "destroyed"] as const).flatMap((what) => {
        const point = (what === "made" ? made : destroyed)[index];
        return point === undefined ? [] : [{ what, point, name }];
      }),
  );
}

async function firstStartPoints(): Promise<readonly string[]> {
  await using first = await openGauntlet({ empty: true });
  const found = await first.dieAtStart(null);
  return found.points.filter((point) => ONLY.test(point));
}

function making(name: string): Walk {
  return walkTo(notes(name), "applied");
}

function destroying(name: string): Walk {
  return walkTo(notes(name), "destroyed", "applied");
}

async function pointsOf(walk: Walk): Promise<readonly string[]> {
  return (await gauntlet.points(walk)).filter((point) => ONLY.test(point));
}
