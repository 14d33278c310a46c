import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { statusOf, type Deployment } from "#deployments/deployment.ts";
import { DeploymentId } from "#deployments/ids.ts";
import type { ProcessIdentity } from "#deployments/run.ts";
import { isAlive, killSession } from "#runner/process-identity.ts";
import { shutIn } from "#tests/support/run-isolation.ts";
import { asked, done } from "#tests/support/deployments.ts";
import {
  approve,
  askForProbe,
  eventually,
  hold,
  openHouse,
  settled,
  through,
  throughWith,
  type House,
} from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

const CHILD = fileURLToPath(new URL("../support/runner-child.ts", import.meta.url));

describe("recovery of runs", () => {
  let dataDir: string;
  let opened: House;
  let worker: AsyncDisposable | null = null;
  let takesNoState = false;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-recovery-"));
    opened = await openHouse(dataDir, {
      around: (routes) => (request, response) => {
        if (takesNoState && request.method === "POST") {
          response.writeHead(500).end();
        } else {
          routes(request, response);
        }
      },
    });
  });
  afterEach(async () => {
    await worker?.[Symbol.asyncDispose]();
    worker = null;
  });
  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("a disposed worker leaves its apply alone, and the next one watches it to its end", async () => {
    const marks = join(dataDir, "marks-left-alone");
    const goOn = hold(marks, [2]);
    const first = opened.startWorker();
    const { id } = await askForProbe(opened, "left-alone", { steps: 3, marks });
    await approve(opened, id);
    await until("all to begin", () => linesOf(marks).length === 3);

    await first[Symbol.asyncDispose]();
    const between = await applyRunOf(opened, id);
    const aliveBetween = between.process !== null && (await isAlive(between.process));
    worker = opened.startWorker();
    goOn();
    const live = await settled(opened, id);

    expect([between.status, aliveBetween]).toEqual(["running", true]);
    expect(statusOf(live)).toBe("applied");
    expect(linesOf(marks)).toHaveLength(3);
  });

  test("a killed Terraform leaves the deployment uncertain, and a recovery takes in what it made", async () => {
    const marks = join(dataDir, "marks-dies");
    const goOn = hold(marks, [3]);
    worker = opened.startWorker();
    const { id } = await askForProbe(opened, "dies", { steps: 4, marks });
    await approve(opened, id);
    const { process } = await runningApply(opened, id, { through: 4 });

    await killSession(process);
    const uncertain = await settled(opened, id);
    goOn();
    done(await opened.service.plan(asked("dev"), id, {}));
    await approve(opened, id);
    const recovered = await settled(opened, id);

    expect(statusOf(uncertain)).toBe("interrupted");
    const found = foundIn(uncertain);
    // Three of the four, and what the module reads.
    expect(found.filter((each) => each === "created")).toHaveLength(4);
    expect(found.filter((each) => each === "started")).toHaveLength(1);
    expect(recovered.lastChange).toMatchObject({ kind: "recover", outcome: "applied" });
    expect(createdIn(uncertain)).toEqual(
      createdIn(uncertain).filter(({ address, id }) =>
        recovered.resources.some((resource) => resource.address === address && resource.id === id),
      ),
    );
  });

  test("a destroy that was killed is repeated by its recovery, which takes nothing in", async () => {
    const marks = join(dataDir, "marks-dies-going");
    const goOn = hold(marks, ["going-1"]);
    worker = opened.startWorker();
    const { id } = await askForProbe(opened, "dies-going", { marks });
    await approve(opened, id);
    await settled(opened, id);
    done(await opened.service.destroy(asked("dev"), id));
    await approve(opened, id);
    const { process } = await runningApply(opened, id, { through: 2 });

    await killSession(process);
    const uncertain = await settled(opened, id);
    goOn();
    done(await opened.service.plan(asked("dev"), id, {}));
    await approve(opened, id);
    const gone = await settled(opened, id);

    expect(uncertain.standing).toMatchObject({ is: "uncertain", intent: "destroy" });
    expect([statusOf(gone), gone.resources]).toEqual(["destroyed", []]);
  });

  test("a worker that somebody has taken over from kills its apply and writes nothing more", async () => {
    const marks = join(dataDir, "marks-fenced");
    const goOn = hold(marks, [0, 1]);
    worker = opened.startWorker();
    const { id } = await askForProbe(opened, "fenced", { marks });
    await approve(opened, id);
    const { process, run } = await runningApply(opened, id, { through: 1 });

    await opened.db("runs").where({ id: run }).increment("fence", 1);
    // What it prints then has to be written down, and that is refused.
    goOn([0]);
    await until("the apply to be dead", async () => !(await isAlive(process)));

    const now = await opened.parts.deployments.load(id);
    expect(now?.change?.state).toBe("applying");
  });

  test("disposing a worker kills its running plan and puts it back into the queue", async () => {
    const slow = opened.startWorker({
      isolation: through(["/bin/sh", "-c", 'sleep 60; exec "$@"', "slow"]),
    });
    const { id } = await askForProbe(opened, "put-back", {});
    const process = await runningProcess(opened, id);

    await slow[Symbol.asyncDispose]();

    const [run] = await opened.parts.runs.ofDeployment(id);
    expect(run).toMatchObject({ status: "queued", attempts: 1, process: null });
    expect(await isAlive(process)).toBe(false);
  });

  test("a crash between the commit of the apply and its start means that nothing ran", async () => {
    const marks = join(dataDir, "marks-never-started");
    const crash = Promise.withResolvers<never>();
    const first = opened.startWorker({
      plans: { ...opened.parts.plans, load: () => crash.promise },
    });
    const { id } = await askForProbe(opened, "never-started", { marks });
    await approve(opened, id);
    await eventually(opened, id, ({ change }) => change?.state === "applying");
    worker = opened.startWorker();
    const over = await settled(opened, id);
    crash.reject(new Error("this worker is gone"));
    await first[Symbol.asyncDispose]();

    expect(over.lastChange).toMatchObject({
      outcome: "interrupted",
      reason: { code: "nothing-ran" },
    });
    expect(existsSync(marks)).toBe(false);
    expect((await applyRunOf(opened, id)).status).toBe("lost");
  });

  test("a state that Terraform could not send is found and kept, and the lock is free", async () => {
    worker = opened.startWorker({
      // Otherwise Terraform goes on trying for ten minutes.
      isolation: through(["/usr/bin/env", "TF_HTTP_RETRY_MAX=0"]),
    });
    const { id } = await askForProbe(opened, "unsent", { steps: 2 });

    takesNoState = true;
    await approve(opened, id);
    const over = await settled(opened, id);
    takesNoState = false;
    const left = existsSync(join(dataDir, "changes", over.lastChange?.id ?? "", "errored.tfstate"));
    done(await opened.service.plan(asked("dev"), id, {}));
    const next = await settled(opened, id);

    expect(over).toMatchObject({ standing: { is: "partial", after: "failed" } });
    expect([over.resources.length, left]).toEqual([3, false]);
    expect([next.lastChange?.outcome, statusOf(next)]).toEqual(["unchanged", "applied"]);
  });

  test("a plan whose worker stops goes back to the queue and is made by the next one", async () => {
    const { id } = await askForProbe(opened, "requeued", {});
    const [queued] = await opened.parts.runs.ofDeployment(id);
    await opened.parts.runs.claimNext("worker-1");

    worker = opened.startWorker();
    await approve(opened, id);
    const live = await settled(opened, id);

    const runs = await opened.parts.runs.ofDeployment(id);
    expect(statusOf(live)).toBe("applied");
    expect(runs.find((run) => run.id === queued?.id)).toMatchObject({
      attempts: 2,
      status: "done",
    });
  });
});

test("a server killed in the middle of an apply takes it up again and starts it only once", async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-killed-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  mkdirSync(join(dataDir, "marks"));
  const marks = join(dataDir, "marks/made");
  // Terraform runs ten at once, so one of them waits for another.
  const things = Array.from({ length: 11 }, (_each, index) => index);
  const goOn = hold(marks, things);
  const vars = JSON.stringify({ steps: things.length, marks });
  const child = spawn(process.execPath, [CHILD, dataDir, "outlives", vars], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  stack.defer(() => void child.kill("SIGKILL"));
  const [printed] = await once(child.stdout, "data");
  await until("ten to begin", () => linesOf(marks).length === 10);

  child.kill("SIGKILL");
  await once(child, "exit");
  goOn(things.slice(0, 9));
  await until("the last to begin without the server", () => linesOf(marks).length === 11);
  const opened = stack.use(await openHouse(dataDir, await shutIn(dataDir, join(dataDir, "marks"))));
  stack.use(opened.startWorker());
  goOn();
  const live = await settled(opened, DeploymentId.parse(String(printed).trim()));

  expect(statusOf(live)).toBe("applied");
  expect(linesOf(marks)).toHaveLength(11);
  expect(live.resources).toHaveLength(12);
  const run = await applyRunOf(opened, live.id);
  const events = await opened.parts.runs.events(run.id, 0, 10_000);
  expect(run).toMatchObject({ status: "done", attempts: 1, fence: 1 });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, at) => at + 1));
});

async function applyRunOf(opened: House, id: DeploymentId) {
  const run = (await opened.parts.runs.ofDeployment(id)).find(({ kind }) => kind === "apply");
  if (run === undefined) {
    throw new Error("there is no apply run");
  }
  return run;
}

/** The process of a deployment's newest run once it has one. */
async function runningProcess(opened: House, id: DeploymentId): Promise<ProcessIdentity> {
  return until("a running process", async () => {
    const [run] = await opened.parts.runs.ofDeployment(id);
    return run?.status === "running" ? run.process : null;
  });
}

/** The same for an apply that is through with so many things. */
async function runningApply(opened: House, id: DeploymentId, { through }: { through: number }) {
  return until("an apply at work", async () => {
    const { id: run, process } = await applyRunOf(opened, id);
    const isThere = (await throughWith(opened, id)) >= through;
    return process !== null && isThere ? { run, process } : null;
  });
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

function openIn({ standing }: Deployment) {
  return standing.is === "uncertain" ? standing.addresses : [];
}

function foundIn(deployment: Deployment): string[] {
  return openIn(deployment).map(({ found }) => found);
}

function createdIn(deployment: Deployment) {
  return openIn(deployment).filter(({ found }) => found === "created");
}
