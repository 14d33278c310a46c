import { statSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { statusOf } from "#deployments/deployment.ts";
import { CUT_MESSAGE } from "#runner/progress.ts";
import { approve, askForShell, openHouse, settled } from "#tests/support/runner.ts";

// 120,000 lines of 80 characters: Terraform writes six times as much about them.
const FLOOD = "head -c 9600000 /dev/zero | tr '\\0' x | fold -w 80";

test("F24: a provisioner that floods the output: the apply goes on, the log is cut with a note", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "mcp-flood-"));
  await using house = await openHouse(folder.path);
  await using _worker = house.startWorker();
  const { id } = await askForShell(house, "floods", FLOOD);
  await approve(house, id);

  const live = await settled(house, id);

  const [run] = await house.parts.runs.ofDeployment(id);
  const output = join(folder.path, "runs", `${run?.id}-1`, "out.jsonl");
  const [{ count, last }] = await house
    .db("run_events")
    .where({ run_id: run?.id })
    .select(house.db.raw("count(*)::int as count, max(seq) as last"));
  const cut = await house.db("run_events").where({ run_id: run?.id, seq: last }).first("message");
  expect([statusOf(live), live.resources.length, run?.status]).toEqual(["applied", 5, "done"]);
  expect(statSync(output).size).toBeGreaterThan(30_000_000);
  expect([count, last, cut.message]).toEqual([100_001, 100_001, CUT_MESSAGE]);
});
