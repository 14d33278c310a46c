import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Deployment } from "#deployments/deployment.ts";
import type { ProcessIdentity } from "#deployments/run.ts";
import { identify, isAlive, killSession, sessionsLeft } from "#runner/process-identity.ts";
import { asked, done } from "#tests/support/deployments.ts";
import {
  approve,
  askForProbe,
  eventually,
  hold,
  openHouse,
  settled,
  throughWith,
  waitsForVotes,
  type House,
} from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

const THING = "module.this.terraform_data.thing";

describe("what runs left behind on a worker's machine", () => {
  let dataDir: string;
  let house: House;
  let worker: AsyncDisposable | null = null;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-leftovers-"));
    house = await openHouse(dataDir);
  });
  afterEach(async () => {
    await worker?.[Symbol.asyncDispose]();
    worker = null;
  });
  afterAll(async () => {
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("an apply that an admin took away while its worker was down is killed at the next start", async () => {
    const marks = join(dataDir, "marks-taken-away");
    hold(marks, [1]);
    const first = house.startWorker();
    const { id, name } = await askForProbe(house, "taken-away", { marks });
    await approve(house, id);
    await until("the first step", () => existsSync(marks));
    await first[Symbol.asyncDispose]();
    const { run, process } = await applyOf(id);
    await house
      .db("runs")
      .where({ id: run })
      .update({ lease_until: new Date(0) });

    done(await house.service.takeOver(asked("ops"), { id, confirmName: name }));
    const aliveBefore = await isAlive(process);
    worker = house.startWorker();
    await until("the record of it", () => audited(id, "leftover-killed"));

    expect([aliveBefore, await isAlive(process)]).toEqual([true, false]);
    expect(await audited(id, "leftover-killed")).toMatchObject({
      actor: "system",
      detail: { run, kind: "apply", status: "lost" },
    });
  });

  test("what a taken-over apply made after it was last heard is uncertain, and its plans give way", async () => {
    const marks = join(dataDir, "marks-unheard");
    const letGo = hold(marks, [1]);
    const deaf = { ...house.parts.runs, record: () => Promise.reject(new Error("cut off")) };
    const first = house.startWorker({ runs: deaf });
    const { id, name } = await askForProbe(house, "unheard", { marks });
    await approve(house, id);
    await until("the first step", () => existsSync(marks));
    const { run } = await applyOf(id);
    const output = join(dataDir, "runs", `${run}-1`, "out.jsonl");
    await until("a thing", () =>
      readFileSync(output, "utf8").includes("thing[0]: Creation complete"),
    );
    await first[Symbol.asyncDispose]();
    await house
      .db("runs")
      .where({ id: run })
      .update({ lease_until: new Date(0) });
    const taken = done(await house.service.takeOver(asked("ops"), { id, confirmName: name }));
    const made = done(await house.service.plan(asked("dev"), id, {}));

    worker = house.startWorker();
    await until("the record of it", () => audited(id, "found-later"));
    const now = await eventually(house, id, waitsForVotes);
    letGo();
    await approve(house, id);
    const { standing, resources } = await settled(house, id);

    expect(taken.standing).toEqual({ is: "uncertain", intent: "apply", addresses: [] });
    expect(now.standing).toMatchObject({
      addresses: expect.arrayContaining([
        { address: `${THING}[0]`, found: "created", id: expect.any(String) },
        { address: `${THING}[1]`, found: "started", id: null },
      ]),
    });
    expect(now.lastChange).toMatchObject({
      id: made.change?.id,
      outcome: "superseded",
      reason: { code: "found-later" },
    });
    const open = now.standing.is === "uncertain" ? now.standing.addresses : [];
    const oldest = open.find(({ address }) => address === `${THING}[0]`);
    expect(standing).toEqual({ is: "live" });
    expect(resources.find(({ address }) => address === oldest?.address)?.id).toBe(oldest?.id);
  });

  test("where nothing outlives the server its apply is asked to end, and people are told why", async () => {
    const marks = join(dataDir, "marks-interrupted");
    hold(marks, [1]);
    const first = house.startWorker({ onStop: "interrupt" });
    const { id } = await askForProbe(house, "interrupted", { marks });
    await approve(house, id);
    await until("the first step", async () => (await throughWith(house, id)) === 2);

    await first[Symbol.asyncDispose]();

    const over = await house.parts.deployments.load(id);
    const { run, process } = await applyOf(id);
    const said = (await house.parts.runs.events(run, 0, 1_000)).map(({ message }) => message);
    expect(await isAlive(process)).toBe(false);
    expect(said.filter((line) => line.includes("Interrupt received"))).toHaveLength(1);
    expect(over).toMatchObject({ change: null, standing: { is: "partial", after: "failed" } });
    expect(over?.lastChange?.reason.params["error"]).toContain("was shut down");
  });

  test("a lock of an ended run is freed where its process is known to be dead, else it stays", async () => {
    const here = await appliedOnce("lock-here");
    const elsewhere = await appliedOnce("lock-elsewhere");
    await house.db("state_grants").where({ run: elsewhere.run }).update({ worker: "worker-2" });
    for (const { id: deployment, run } of [here, elsewhere]) {
      const lock = { deployment, lock_id: "left", run, fence: 1, info: "{}" };
      await house.db("state_locks").insert(lock);
    }

    worker = house.startWorker();
    await until("the record of it", () => audited(here.id, "lock-freed"));

    expect(await house.db("state_locks").pluck("deployment")).toEqual([elsewhere.id]);
    expect(await audited(here.id, "lock-freed")).toMatchObject({
      actor: "system",
      detail: { run: here.run, worker: "worker-1", because: "process-dead" },
    });
    expect(await audited(elsewhere.id, "lock-freed")).toBeNull();
  });

  async function appliedOnce(name: string) {
    await using _working = house.startWorker();
    const { id } = await askForProbe(house, name, { steps: 1 });
    await approve(house, id);
    await settled(house, id);
    return { id, run: (await applyOf(id)).run };
  }

  async function applyOf(id: Deployment["id"]) {
    const runs = await house.parts.runs.ofDeployment(id);
    const apply = runs.find(({ kind }) => kind === "apply");
    if (apply === undefined || apply.process === null) {
      throw new Error("there is no apply with a process");
    }
    return { run: apply.id, process: apply.process };
  }

  async function audited(deployment: Deployment["id"], action: string): Promise<unknown> {
    const row: unknown = await house
      .db("audit")
      .where({ deployment_id: deployment, action })
      .first();
    return row ?? null;
  }
});

test("a session whose leader is gone is ours only where its members work in our folder", async () => {
  await using stack = new AsyncDisposableStack();
  const home = mkdtempSync(join(tmpdir(), "mcp-session-"));
  stack.defer(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, "changes");
  mkdirSync(join(folder, "chg-1"), { recursive: true });
  const leader = await leaderOf(join(folder, "chg-1"));
  stack.defer(() => killSession(leader));

  const [ours] = await sessionsLeft([{ leader }], folder);
  const strangers = await sessionsLeft([{ leader }], join(home, "other"));
  const rebooted = await sessionsLeft([{ leader: { ...leader, bootId: "before" } }], folder);

  expect(await isAlive(leader)).toBe(false);
  expect([ours?.leader, strangers, rebooted]).toEqual([leader, [], []]);
});

/** Of a session in `cwd` that is gone itself and has left a child behind. */
async function leaderOf(cwd: string): Promise<ProcessIdentity> {
  const script = "sleep 60 </dev/null >/dev/null 2>&1 & read -r line";
  const child = spawn("/bin/sh", ["-c", script], { cwd, detached: true, stdio: "pipe" });
  const identity = await identify(child.pid ?? 0);
  child.stdin.end("go\n");
  await once(child, "exit");
  return identity ?? { pid: 0, startTime: "", bootId: "" };
}
