import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Vars } from "#deployments/change.ts";
import { statusOf, type Deployment } from "#deployments/deployment.ts";
import type { ProcessIdentity } from "#deployments/run.ts";
import { OPEN_RUNS } from "#isolation/run-launch.ts";
import { environmentOf, isAlive, killSession } from "#runner/process-identity.ts";
import { openRunFiles, readStarted } from "#runner/run-files.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { found } from "#tests/support/found.ts";
import { pidsOf } from "#tests/support/pids.ts";
import { bubblewrapRuns } from "#tests/support/run-isolation.ts";
import {
  approve,
  askForProbe,
  askForShell,
  eventually,
  openHouse,
  settled,
  waitedInVain,
  waitsForVotes,
} from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

const Found = z.object({
  environ: z.string(),
  cmdline: z.string(),
  passwd: z.string(),
  shadow: z.string(),
  root: z.string(),
  home: z.string(),
  paths: z.string(),
  parent: z.string(),
  cwd: z.string(),
});

describe.skipIf(!found.bubblewrap)("a run in bubblewrap", () => {
  let dataDir: string;
  let house: Awaited<ReturnType<typeof openHouse>>;
  let worker: AsyncDisposable;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-isolated-"));
    const isolation = await bubblewrapRuns(dataDir);
    house = await openHouse(dataDir, { isolation });
    worker = house.startWorker();
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function spy(name: string, vars: Vars): Promise<Deployment> {
    const made = done(
      await house.service.request(asked("dev"), { name, module: "local_spy", vars }),
    );
    const planned = done(await house.service.plan(asked("dev"), made.id, {}));
    return approve(house, planned.id);
  }

  async function applyProcess({ id }: Deployment): Promise<ProcessIdentity> {
    const identity = await until("the apply to run", async () => {
      const runs = await house.parts.runs.ofDeployment(id);
      const run = runs.find(({ kind }) => kind === "apply");
      return run === undefined ? null : readStarted(await openRunFiles(dataDir, run), "apply");
    });
    await until("Terraform to run", async () => "TF_INPUT" in (await environmentOf(identity)));
    return identity;
  }

  test("sees its own work tree and nothing of this server, however it looks", async () => {
    const mine = [join(dataDir, "secret-key"), join(dataDir, "runs/other/out.jsonl")];
    mkdirSync(join(dataDir, "runs/other"), { recursive: true });
    mine.forEach((path) => writeFileSync(path, "ours"));
    const paths = [...mine, resolve("package.json"), "/proc/1/root/etc/shadow"];

    const { id } = await spy("spy", { paths: paths.join(",") });
    const over = await settled(house, id);

    const output = over.outputs.find(({ name }) => name === "found");
    const seen = Found.parse(JSON.parse(String(output?.value)));
    expect(seen).toMatchObject({ shadow: "", root: "", home: "", paths: "" });
    expect(seen.passwd).toBe("run:x:1000:1000::/work-tree:/bin/sh\n");
    expect(seen.cwd).toBe("/work-tree");
    expect(seen.environ.split("\0").filter((pair) => !/^(PWD=\/|SHLVL=|_=|$)/.test(pair))).toEqual(
      [],
    );
    expect(seen.cmdline).not.toMatch(/setenv|bind|TF_HTTP/);
    expect(seen.parent).not.toContain("changes");
  });

  test("takes its daemons with it when it ends by itself", async () => {
    const { id } = await spy("daemon", { daemon: "31415" });

    const over = await settled(house, id);

    expect(statusOf(over)).toBe("applied");
    expect(sleeping("31415")).toEqual([]);
  });

  test("is gone as a whole when it is killed, with what left its session", async () => {
    const deployment = await spy("killed", { daemon: "27182", seconds: 60 });
    const identity = await applyProcess(deployment);
    await until("the daemon to run", async () => sleeping("27182").length === 1);

    await killSession(identity);

    expect(sleeping("27182")).toEqual([]);
    expect(await isAlive(identity)).toBe(false);
    const over = await settled(house, deployment.id);
    expect([statusOf(over), over.standing.is]).toEqual(["interrupted", "uncertain"]);
  });

  test("is asked once to stop, and Terraform itself hears it", async () => {
    const { id } = await askForProbe(house, "stopped", { steps: 60, seconds: 1 });
    const deployment = await approve(house, id);
    const identity = await applyProcess(deployment);
    await eventually(house, id, ({ change }) => change?.state === "applying");
    await until("something to be made", async () => output(dataDir, "provision_start") > 0);

    done(await house.service.cancel(asked("dev"), id));
    const over = await settled(house, id);

    expect([statusOf(over), over.standing.is]).toEqual(["cancelled", "partial"]);
    expect(output(dataDir, "Interrupt received")).toBe(1);
    expect(await isAlive(identity)).toBe(false);
  });

  test("reaches neither the metadata address nor this machine, whatever its module runs", async () => {
    const reached: unknown[] = [];
    const server = createServer((socket) => reached.push(socket.destroy()));
    await using stack = new AsyncDisposableStack();
    stack.defer(() => void server.close());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const own = z.object({ port: z.number() }).parse(server.address()).port;
    const places = ["169.254.169.254/80", `127.0.0.1/${own}`, "8.8.8.8/53", "127.0.0.1/4001"];
    // Computed inside: the text of the command is part of the output, too.
    const attempts = places.map(
      (place) =>
        `(: <>/dev/tcp/${place}) && echo open$((6*7)) ${place} || echo shut$((6*7)) ${place}`,
    );

    const { id } = await askForShell(house, "curious", `bash -c '${attempts.join(";")}'`);
    await approve(house, id);
    const over = await settled(house, id);

    const open = places.filter((place) => output(dataDir, `open42 ${place}`) > 0);
    const shut = places.filter((place) => output(dataDir, `shut42 ${place}`) > 0);
    expect(statusOf(over)).toBe("applied");
    expect(reached).toEqual([]);
    // The last one is where the state is served, which is all that a run needs.
    expect([shut, open]).toEqual([places.slice(0, 3), places.slice(3)]);
  });

  test("made a plan that nothing outside bubblewrap applies", async () => {
    const { id } = await askForProbe(house, "moved", {});
    await eventually(house, id, waitsForVotes);
    await worker[Symbol.asyncDispose]();
    await approve(house, id);
    await waitedInVain(house);
    worker = house.startWorker({ isolation: OPEN_RUNS });

    const { lastChange, standing } = await eventually(house, id, (now) => now.lastChange !== null);

    expect(standing).toEqual({ is: "nothing" });
    expect(lastChange).toMatchObject({
      outcome: "superseded",
      reason: { code: "other-isolation" },
    });
  });
});

/** Pids of this host that sleep for exactly this long. */
function sleeping(seconds: string): number[] {
  return pidsOf(`sleep\0${seconds}\0`);
}

/** How often the runs of this house said so. */
function output(dataDir: string, words: string): number {
  const runs = join(dataDir, "runs");
  const texts = readdirSync(runs).map((run) => readFileSync(join(runs, run, "out.jsonl"), "utf8"));
  return texts.join("").split(words).length - 1;
}
