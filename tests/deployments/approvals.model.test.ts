import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { aWorld, beginnings, commands, type World } from "./approvals-model.ts";

/** `npm test` has seconds; a night has `MODEL_RUNS=2000`. */
const RUNS = Number(process.env["MODEL_RUNS"] ?? 8);
const [embedded] = testDatabases();

let database: OpenDatabase;

beforeAll(async () => {
  if (embedded === undefined) {
    throw new Error("There is no embedded database");
  }
  database = await embedded.open();
});
afterAll(() => database[Symbol.asyncDispose]());

test(
  "whatever people, clocks, rules and restarts do, an apply starts once and with the votes it needs",
  async () => {
    let execs = 0;
    const model = fc.asyncProperty(
      beginnings(),
      fc.commands(commands(), { maxCommands: 30, size: "max" }),
      async (beginning, steps) => {
        let world: World | null = null;
        await fc.asyncModelRun(async () => {
          world = await aWorld(database.db, beginning);
          return { model: {}, real: world };
        }, steps);
        execs += startedIn(world);
      },
    );

    await fc.assert(model, { numRuns: RUNS, verbose: 1 });

    // A model that never comes to an apply would hold whatever the code does; few runs may not.
    expect(RUNS < 50 || execs > 0).toBe(true);
  },
  RUNS * 20_000,
);

function startedIn(world: World | null): number {
  return world?.started.size ?? 0;
}
