import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { statusOf } from "#deployments/deployment.ts";
import { OPEN_RUNS } from "#isolation/run-launch.ts";
import { isAlive } from "#runner/process-identity.ts";
import { openRunFiles, readStarted } from "#runner/run-files.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { found } from "#tests/support/found.ts";
import { pidsOf } from "#tests/support/pids.ts";
import { bubblewrapRuns } from "#tests/support/run-isolation.ts";
import {
  approve,
  askForShell,
  eventually,
  openHouse,
  settled,
  waitsForVotes,
} from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

// A Terraform that stands still hears no SIGINT, like one whose provider hangs; its daemon is to
// go with it.
const HANG = "setsid sleep 16180 >/dev/null 2>&1 </dev/null & kill -STOP $PPID; sleep 27183";
const DAEMON = ["sleep", "16180", ""].join("\0");
const COMMAND = ["sleep", "27183", ""].join("\0");

describe.each([
  { how: "in bubblewrap", shut: true },
  { how: "without isolation", shut: false },
])("an apply that hangs $how", ({ shut }) => {
  test.skipIf(shut && !found.bubblewrap)(
    "is killed as a whole by a person's force stop, and a recovery is made of what it left",
    async () => {
      await using stack = new AsyncDisposableStack();
      const dataDir = mkdtempSync(join(tmpdir(), "mcp-force-"));
      stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
      const isolation = shut ? await bubblewrapRuns(dataDir) : OPEN_RUNS;
      const house = stack.use(await openHouse(dataDir, { isolation, stopWaitMs: 500 }));
      stack.use(house.startWorker());
      // What left the session of a run without isolation is nobody's; the test ends it.
      stack.defer(() => pidsOf(DAEMON).forEach((pid) => process.kill(pid)));
      const { id, name } = await askForShell(house, "hangs", HANG);
      await approve(house, id);
      await until("the command to hang", () => pidsOf(COMMAND).length > 0);
      const [run] = await house.parts.runs.ofDeployment(id);
      const identity = run && (await readStarted(await openRunFiles(dataDir, run), "apply"));

      done(await house.service.cancel(asked("dev"), id));
      await eventually(house, id, ({ change }) => mayForce(change));
      const aliveBefore = identity && (await isAlive(identity));
      done(await house.service.forceStop(asked("dev"), { id, confirmName: name }));
      const over = await settled(house, id);
      const daemons = pidsOf(DAEMON);
      done(await house.service.plan(asked("dev"), id, {}));
      const recovery = await eventually(house, id, waitsForVotes);

      expect([aliveBefore, identity && (await isAlive(identity))]).toEqual([true, false]);
      expect([statusOf(over), over.standing.is]).toEqual(["interrupted", "uncertain"]);
      expect(pidsOf(COMMAND)).toEqual([]);
      expect(daemons).toHaveLength(shut ? 0 : 1);
      expect(recovery.change?.kind).toBe("recover");
    },
  );
});

function mayForce(change: { readonly state: string; readonly forceFrom?: Date | null } | null) {
  const from = change?.state === "applying" ? change.forceFrom : null;
  return from !== null && from !== undefined && from.getTime() < Date.now();
}
