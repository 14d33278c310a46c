import { join } from "node:path";
import { shutIn } from "./run-isolation.ts";
import { askForProbe, approve, openHouse } from "./runner.ts";

/**
 * A worker without network where bubblewrap works, with its database and state route in a process of its own, for tests that kill it:
 * `node runner-child.ts <dataDir> <name> <vars JSON>`; the runs may write to `<dataDir>/marks`. Prints the deployment's id once its apply
 * is queued, and goes on until somebody ends it.
 */
async function main(dataDir: string, name: string, vars: string): Promise<void> {
  const house = await openHouse(dataDir, await shutIn(dataDir, join(dataDir, "marks")));
  house.startWorker();
  const { id } = await askForProbe(house, name, JSON.parse(vars));
  await approve(house, id);
  console.log(id);
}

const [, , dataDir = "", name = "", vars = "{}"] = process.argv;
await main(dataDir, name, vars);
