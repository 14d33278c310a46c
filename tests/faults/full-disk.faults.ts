import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { brokenInvariants } from "./invariants.ts";
import { slowBuckets } from "./support/cloud-knobs.ts";
import { quietFacts } from "./support/facts.ts";
import * as person from "./support/person.ts";
import { applyOutput, lines } from "./support/processes.ts";
import { isEmbedded } from "./support/stage-database.ts";
import { openStage, type Stage } from "./support/stage.ts";

const WISH = { name: "full", module: "aws_buckets", vars: {} };

/** A disk of 16 MB for all that runs write. */
async function smallDisk(stage: Stage, stack: AsyncDisposableStack): Promise<string[]> {
  const folders = ["changes", "runs"].map((name) => join(stage.dataDir, name));
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    host("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder);
    stack.defer(() => host("umount", "-l", folder));
  }
  return folders;
}

function host(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: "ignore" });
}

/** Takes the last byte. */
function fill(folder: string): void {
  for (const size of [1024 * 1024, 4096, 1]) {
    while (append(join(folder, "ballast"), size));
  }
}

function append(file: string, bytes: number): boolean {
  try {
    writeFileSync(file, Buffer.alloc(bytes), { flag: "a" });
    return true;
  } catch {
    return false;
  }
}

async function mayMount(): Promise<boolean> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "mcp-mount-"));
  try {
    host("mount", "-t", "tmpfs", "tmpfs", folder.path);
    host("umount", folder.path);
    return true;
  } catch {
    return false;
  }
}

const skipped = isEmbedded() || !(await mayMount());

test.skipIf(skipped)(
  "F14: a disk that fills up during an apply: the state arrives, and the end is told",
  async () => {
    await using stage = await openStage();
    await using stack = new AsyncDisposableStack();
    const [, runs = ""] = await smallDisk(stage, stack);
    await stage.start();
    slowBuckets(stage, 1_000);
    await person.putToVote(stage, WISH);
    await person.approve(stage, WISH.name);
    await lines(stage, "apply_complete", 2);

    fill(runs);
    const atFull = applyOutput(stage).length;
    const end = await person.settled(stage, WISH.name);

    const facts = await quietFacts(stage);
    expect(statfsSync(runs).bavail).toBe(0);
    expect(applyOutput(stage).length - atFull).toBeLessThan(4_096);
    expect([end.status, end.standing, facts.state.length]).toEqual(["applied", "live", 12]);
    expect(stage.printed()).toContain("the output of a run cannot be written");
    expect(brokenInvariants(facts)).toEqual([]);
  },
);

test.skipIf(skipped)(
  "F14: a plan on a full disk comes to nothing, says so, and is made once there is room",
  async () => {
    await using stage = await openStage();
    await using stack = new AsyncDisposableStack();
    const [changes = ""] = await smallDisk(stage, stack);
    await stage.start();
    await person.request(stage, WISH);
    fill(changes);

    await person.plan(stage, WISH.name);
    const failed = await person.settled(stage, WISH.name);
    rmSync(join(changes, "ballast"));
    await person.plan(stage, WISH.name);
    const planned = await person.waitFor(stage, WISH.name, ({ status }) => status === "planned");

    const facts = await quietFacts(stage);
    expect(existsSync(join(changes, "ballast"))).toBe(false);
    expect([failed.status, failed.standing, failed.lastChange?.outcome]).toEqual([
      "failed",
      "nothing",
      "failed",
    ]);
    expect(failed.lastChange?.reason).toBeTruthy();
    expect(planned.status).toBe("planned");
    expect(brokenInvariants(facts)).toEqual([]);
  },
);
