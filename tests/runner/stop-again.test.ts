import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { statusOf } from "#deployments/deployment.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { approve, askForProbe, hold, openHouse, settled, through } from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

// Notes every SIGINT and does not end of it, like a Terraform whose provider is in the middle of a call.
const NOTING = `
trap 'echo asked >>"$0"' INT
"$@" & command=$!
code=130
while [ $code -gt 128 ]; do wait $command; code=$?; done
exit $code
`;

test("a cancelled apply is asked to stop once, however many servers watch it, and holds up none", async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-stop-again-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const [marks, noted] = [join(dataDir, "marks"), join(dataDir, "noted")];
  const isolation = through(["/bin/sh", "-c", NOTING, noted]);
  const house = stack.use(await openHouse(dataDir, { isolation }));
  const first = house.startWorker();
  const goOn = hold(marks, [0, 1]);
  const { id } = await askForProbe(house, "asked-once", { marks });
  await approve(house, id);
  await until("the apply to be at work", () => linesOf(marks).length === 2);

  done(await house.service.cancel(asked("dev"), id));
  await until("it to be asked", () => linesOf(noted).length >= 1);
  await first[Symbol.asyncDispose]();
  const leftAtWork = await house.parts.deployments.load(id);
  stack.use(house.startWorker());
  goOn();
  const over = await settled(house, id);

  expect(leftAtWork?.change?.state).toBe("applying");
  expect(linesOf(noted)).toEqual(["asked"]);
  expect(statusOf(over)).toBe("applied");
});

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}
