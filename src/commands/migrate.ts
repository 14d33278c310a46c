import { z } from "zod";
import { held, openDatabaseOf } from "#compose/store.ts";
import { readConfig } from "#config/config.ts";
import { migrateDown, migrateUp, migrationStatus } from "#persistence/migrate.ts";
import { runCommand } from "./run-command.ts";

const Action = z.enum(["up", "down", "status"]);
const USAGE = "Usage: npm run migrate -- up|down|status";

/** `up` runs what is open, `down` undoes everything (the data goes too), `status` lists both. */
async function main(wanted: string | undefined): Promise<number> {
  const action = Action.safeParse(wanted).data;
  if (action === undefined) {
    console.error(USAGE);
    return 2;
  }
  const config = readConfig(process.env);
  using _held = held(config.dataDir);
  await using database = await openDatabaseOf(config);
  switch (action) {
    case "up":
      report("ran", await migrateUp(database.db));
      return 0;
    case "down":
      report("undone", await migrateDown(database.db));
      return 0;
    case "status": {
      const { done, open } = await migrationStatus(database.db);
      report("done", done);
      report("open", open);
      return 0;
    }
  }
}

function report(what: string, names: readonly string[]): void {
  console.log(`${what}: ${names.length === 0 ? "none" : names.join(", ")}`);
}

await runCommand(() => main(process.argv[2]));
