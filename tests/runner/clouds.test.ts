import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "#config/config.ts";
import { RunId, type DeploymentId } from "#deployments/ids.ts";
import { realClouds, simulatedClouds } from "#runner/clouds.ts";
import { asked, done } from "#tests/support/deployments.ts";
import { approve, openHouse, settled, through, type House } from "#tests/support/runner.ts";
import { until } from "#tests/support/until.ts";

/** What this server has in its environment; the last three are nobody's business. */
const SERVER = {
  CLOUD: "real",
  CONSOLE: "on",
  AWS_ACCESS_KEY_ID: "AKIAMADEUPMADEUPMADE",
  AWS_SECRET_ACCESS_KEY: "made-up-secret-of-aws",
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  GOOGLE_OAUTH_ACCESS_TOKEN: "made-up-token-of-google",
  DATABASE_URL: "postgres://u:hunter2@db/x",
  AWS_MAX_ATTEMPTS: "9",
  TF_LOG: "trace",
};

const EVERY_RUN = [
  "CHECKPOINT_DISABLE",
  "HOME",
  "PATH",
  "TF_CLI_CONFIG_FILE",
  "TF_HTTP_ADDRESS",
  "TF_HTTP_LOCK_ADDRESS",
  "TF_HTTP_LOCK_METHOD",
  "TF_HTTP_PASSWORD",
  "TF_HTTP_RETRY_MAX",
  "TF_HTTP_RETRY_WAIT_MAX",
  "TF_HTTP_RETRY_WAIT_MIN",
  "TF_HTTP_UNLOCK_ADDRESS",
  "TF_HTTP_UNLOCK_METHOD",
  "TF_HTTP_USERNAME",
  "TF_INPUT",
  "TF_IN_AUTOMATION",
];
// What the shell, and the provisioner of the fixture, add by themselves.
const OF_THE_SHELL = new Set(["_", "OLDPWD", "PWD", "SHLVL", "FILE"]);

const OWN = {
  aws: ["AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL", "AWS_SECRET_ACCESS_KEY"],
  gcp: ["GOOGLE_OAUTH_ACCESS_TOKEN"],
};

describe("a run in a real cloud", () => {
  let dataDir: string;
  let house: House;
  let worker: AsyncDisposable;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-clouds-"));
    const { cloud, providersDir } = readConfig({ ...SERVER, DATA_DIR: dataDir });
    if (cloud.is !== "real") {
      throw new Error("CLOUD=real was not understood");
    }
    house = await openHouse(dataDir, realClouds({ providersDir, variables: cloud.variables }));
    worker = house.startWorker();
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function saidIn(id: DeploymentId): Promise<string> {
    const runs = await house.parts.runs.ofDeployment(id);
    const pages = await Promise.all(runs.map((run) => house.parts.runs.events(run.id, 0, 1_000)));
    return JSON.stringify(pages);
  }

  /** Folder of its apply, once that has a process. */
  async function begunApply(id: DeploymentId): Promise<string | null> {
    const run = (await house.parts.runs.ofDeployment(id)).find(({ kind }) => kind === "apply");
    const folder = join(dataDir, "runs", `${run?.id}-1`);
    return existsSync(join(folder, "apply.process")) ? folder : null;
  }

  test.each(["aws", "gcp"] as const)(
    "of %s sees that cloud's credentials and what every run needs, and nothing else",
    async (cloud) => {
      const file = join(dataDir, `${cloud}.env`);
      const request = { name: `${cloud}-env`, module: `${cloud}_env`, vars: { file } };
      const { id } = done(await house.service.request(asked("dev"), request));
      done(await house.service.plan(asked("dev"), id, {}));

      await approve(house, id);
      await settled(house, id);

      const seen = readFileSync(file, "utf8");
      expect(namesIn(seen)).toEqual([...EVERY_RUN, ...OWN[cloud]].sort());
      expect(seen).toContain("made-up");
      expect(await saidIn(id)).toContain("TF_HTTP_PASSWORD=[secret]");
      expect(await saidIn(id)).not.toMatch(/made-up|AKIA|hunter2/);
    },
  );

  test("that ended while its server was down is told without its credentials", async () => {
    const held = join(dataDir, "held");
    const script = `case "$*" in *apply*) while test -e ${held}; do sleep 0.05; done;; esac; exec "$@"`;
    const vars = { file: join(dataDir, "down.env") };
    const request = { name: "down-env", module: "aws_env", vars };
    await worker[Symbol.asyncDispose]();
    const first = house.startWorker({ isolation: through(["/bin/sh", "-c", script, "held"]) });
    const { id } = done(await house.service.request(asked("dev"), request));
    done(await house.service.plan(asked("dev"), id, {}));
    writeFileSync(held, "");
    await approve(house, id);
    const folder = await until("the apply", () => begunApply(id));
    await first[Symbol.asyncDispose]();
    rmSync(held);
    await until("its end", () => existsSync(join(folder, "apply.status")));
    const left = readFileSync(join(folder, "secrets.sealed"), "latin1");

    worker = house.startWorker();
    await settled(house, id);

    expect(await saidIn(id)).toContain("AWS_SECRET_ACCESS_KEY=[secret]");
    expect(await saidIn(id)).not.toMatch(/made-up|AKIA|hunter2/);
    expect(left).not.toMatch(/made-up|AKIA|hunter2/);
    expect(existsSync(join(folder, "secrets.sealed"))).toBe(false);
  });

  test("of a deployment that was made in the simulated cloud is not planned", async () => {
    const request = {
      name: "was-simulated",
      module: "aws_env",
      vars: { file: join(dataDir, "f") },
    };
    const { id } = done(await house.service.request(asked("dev"), request));
    await worker[Symbol.asyncDispose]();
    done(await house.service.plan(asked("dev"), id, {}));
    // As if the server had simulated its clouds until now.
    await house.db("deployments").where({ id }).update({ simulated: true });
    worker = house.startWorker();

    const { lastChange } = await settled(house, id);

    expect(lastChange).toMatchObject({
      outcome: "failed",
      reason: { code: "made-in-simulated-cloud", params: { name: "was-simulated" } },
    });
  });

  test("a simulated cloud that somebody deleted is there again, and empty, for the next run", async () => {
    const request = { name: "swept", module: "aws_env", vars: { file: join(dataDir, "g") } };
    const deployment = done(await house.service.request(asked("dev"), request));
    const cloudDir = join(dataDir, "swept-cloud");
    const swept = simulatedClouds({ providersDir: dataDir, cloudDir, program: [] });

    await swept.credentials(deployment, "plan", RunId.parse("run-aaaaaaaaaa"));

    expect(readdirSync(cloudDir)).toEqual([]);
  });
});

function namesIn(environment: string): readonly string[] {
  const names = [...environment.matchAll(/^([^=\n]+)=/gm)].map(([, name]) => name ?? "");
  return names.filter((name) => !OF_THE_SHELL.has(name)).sort();
}
