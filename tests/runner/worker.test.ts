import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Vars } from "#deployments/change.ts";
import { statusOf } from "#deployments/deployment.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import { asked, done } from "#tests/support/deployments.ts";
import {
  approve,
  askForProbe,
  eventually,
  hold,
  openHouse,
  settled,
  throughWith,
  request,
  waitsForVotes,
  type House,
} from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

describe("a worker with real Terraform", () => {
  let dataDir: string;
  let house: House;
  let worker: AsyncDisposable;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-runner-"));
    process.env["RUNNER_TEST_CANARY"] = "sings";
    house = await openHouse(dataDir, {
      upstream: async (_deployment, name) => (name === "base-network" ? OUTPUTS : null),
    });
    worker = house.startWorker();
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function applied(name: string, vars: Vars) {
    const { id } = await askForProbe(house, name, vars);
    await approve(house, id);
    return settled(house, id);
  }

  /** Files with the plan or its values in clear, secrets and all. */
  function inClear(): string[] {
    const files = ["runs", "changes"].flatMap((kind) =>
      readdirSync(join(dataDir, kind), { recursive: true }).map(String),
    );
    return files.filter((file) => /plan\.(?:json|txt|bin)$|tfvars\.json$/.test(file));
  }

  async function eventsOf(id: DeploymentId) {
    const runs = await house.parts.runs.ofDeployment(id);
    const pages = await Promise.all(runs.map((run) => house.parts.runs.events(run.id, 0, 10_000)));
    return pages.flat();
  }

  test("plans, applies exactly that plan once and reports what exists", async () => {
    const marks = join(dataDir, "marks-once");
    const { id } = await askForProbe(house, "once", { steps: 3, marks });

    const waiting = await eventually(house, id, waitsForVotes);
    const clearAtVote = inClear();
    await approve(house, id);
    const live = await settled(house, id);

    expect(waiting.change).toMatchObject({ plan: { summary: { add: 4 }, stateSerial: null } });
    expect(statusOf(live)).toBe("applied");
    expect(live.resources.map(({ address }) => address)).toContain(
      "module.this.terraform_data.thing[2]",
    );
    expect(live.outputs.map(({ name }) => name)).toEqual(["things", "seen"]);
    expect(linesOf(marks)).toEqual(["0", "1", "2"]);
    expect([clearAtVote, inClear()]).toEqual([[], []]);
  });

  test("a plan of what exists already changes nothing, and a destroy plan removes it", async () => {
    const { id } = await applied("comes-and-goes", {});

    done(await house.service.plan(asked("dev"), id, {}));
    const unchanged = await settled(house, id);
    done(await house.service.destroy(asked("dev"), id));
    await approve(house, id);
    const gone = await settled(house, id);

    expect(unchanged.lastChange?.outcome).toBe("unchanged");
    expect([statusOf(gone), gone.resources]).toEqual(["destroyed", []]);
  });

  test("a failed apply says why in Terraform's words and what it left", async () => {
    const failed = await applied("fails", { steps: 2, fail: true });

    expect(statusOf(failed)).toBe("failed");
    expect(failed.standing).toEqual({ is: "partial", after: "failed" });
    expect(String(failed.lastChange?.reason.params["error"])).toContain(
      "local-exec provisioner error",
    );
  });

  test("a plan that Terraform refuses ends with Terraform's words, in its log too", async () => {
    const { id } = await askForProbe(house, "refused", { steps: -1 });

    const over = await settled(house, id);

    expect(over.lastChange).toMatchObject({ outcome: "failed", reason: { code: "plan-failed" } });
    expect(String(over.lastChange?.reason.params["error"])).toContain("Invalid count argument");
    const [run] = await house.parts.runs.ofDeployment(id);
    const log = run === undefined ? [] : await house.parts.runs.events(run.id, 0, 1_000);
    expect(log.at(-1)?.message).toContain("Invalid count argument");
  });

  test("an upstream without outputs ends the plan, one with outputs is passed on", async () => {
    done(await request(house, "not-applied", {}));
    const blind = await askForProbe(house, "blind", { upstream: "not-applied" });
    done(await request(house, "base-network", {}));
    const seeing = await applied("seeing", { upstream: "base-network" });

    const over = await settled(house, blind.id);

    expect(over.lastChange?.reason).toEqual({
      code: "upstream-missing",
      params: { upstream: "not-applied" },
    });
    const seen = seeing.outputs.find(({ name }) => name === "seen");
    expect(JSON.parse(seen?.value ?? "")).toMatchObject({ upstream: OUTPUTS });
  });

  test("a module sees only the listed names of the environment, and no name of the server", async () => {
    const { id } = await askForProbe(house, "peeks", { peek: true });

    const { change } = await eventually(house, id, waitsForVotes);

    const bundle = change === null ? null : await house.parts.plans.load(change.id);
    const seen = bundle?.json ?? "";
    const names = [...seen.matchAll(/(?:\\u0000|"environment":")([A-Z_]+)=/g)].map(
      ([, name]) => name,
    );
    expect(new Set(names.filter((name) => !OF_THE_SHELL.includes(name ?? "")))).toEqual(
      new Set(ALLOWED),
    );
    expect(seen).not.toContain("RUNNER_TEST_CANARY");
    expect(seen).toContain("TF_HTTP_PASSWORD=[secret]");
  });

  test("a secret that the module takes out of hiding shows nowhere", async () => {
    const secret = "hunter2-correct-horse";

    const { id } = await applied("leaks", { password: secret, steps: 1 });

    const [run] = await house.parts.runs.ofDeployment(id);
    const now = await house.parts.deployments.load(id);
    const bundle =
      run === undefined || run.change === null ? null : await house.parts.plans.load(run.change);
    const shown = JSON.stringify([await eventsOf(id), bundle?.text, bundle?.json, now?.outputs]);
    expect(shown).toContain("[secret]");
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(Buffer.from(secret).toString("base64").slice(0, -3));
  });

  test("events of a run are numbered from 1 without gaps", async () => {
    const { id } = await applied("numbered", { steps: 5 });

    const runs = await house.parts.runs.ofDeployment(id);

    for (const run of runs) {
      const events = await house.parts.runs.events(run.id, 0, 10_000);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, at) => at + 1));
      expect(events.filter(({ type }) => type === "step").at(-1)?.message).toBe("report");
    }
    expect(runs.find(({ kind }) => kind === "apply")?.progress).toEqual({
      done: 6,
      total: 6,
      current: null,
      inFlight: 0,
    });
  });

  test("a plan that is cancelled stops, and its deployment can be planned again", async () => {
    const { id } = await askForProbe(house, "second-thoughts", {});

    done(await house.service.cancel(asked("dev"), id));
    done(await house.service.plan(asked("dev"), id, {}));
    const waiting = await eventually(house, id, waitsForVotes);

    expect(waiting.lastChange?.outcome).toBe("cancelled");
  });

  test("a cancelled apply gets one SIGINT, ends by itself and says what it left", async () => {
    const marks = join(dataDir, "marks-cancelled");
    hold(marks, [1]);
    const { id } = await askForProbe(house, "stopped", { marks });
    await approve(house, id);
    await until("all but what is held", async () => (await throughWith(house, id)) === 2);

    done(await house.service.cancel(asked("dev"), id));
    const over = await settled(house, id);

    const asking = (await eventsOf(id)).filter(({ message }) =>
      message.includes("Interrupt received"),
    );
    expect([statusOf(over), over.standing]).toEqual([
      "cancelled",
      { is: "partial", after: "cancelled" },
    ]);
    expect(asking).toHaveLength(1);
  });
});

const OUTPUTS = '{"id":"net-1"}';
// The shell of the wrapper sets these itself.
const OF_THE_SHELL = ["PWD", "OLDPWD", "SHLVL", "_"];
const ALLOWED = [
  "PATH",
  "HOME",
  "TF_CLI_CONFIG_FILE",
  "TF_IN_AUTOMATION",
  "TF_INPUT",
  "CHECKPOINT_DISABLE",
  "TF_HTTP_ADDRESS",
  "TF_HTTP_LOCK_ADDRESS",
  "TF_HTTP_UNLOCK_ADDRESS",
  "TF_HTTP_LOCK_METHOD",
  "TF_HTTP_UNLOCK_METHOD",
  "TF_HTTP_USERNAME",
  "TF_HTTP_PASSWORD",
  "TF_HTTP_RETRY_MAX",
  "TF_HTTP_RETRY_WAIT_MIN",
  "TF_HTTP_RETRY_WAIT_MAX",
];

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8").trim().split("\n").sort();
}
