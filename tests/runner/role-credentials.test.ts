import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeploymentId, RunId } from "#deployments/ids.ts";
import { realClouds } from "#runner/clouds.ts";
import { openLeases } from "#runner/leases.ts";
import type { RoleTable } from "#runner/role-credentials.ts";
import { openVault } from "#runner/vault.ts";
import { SILENT } from "#telemetry/log.ts";
import { Secret } from "#telemetry/secret.ts";
import { openFakeVault, type FakeVault } from "#tests/fakes/vault.ts";
import { asked, done } from "#tests/support/deployments.ts";
import {
  approve,
  openHouse,
  settled,
  waitsForVotes,
  eventually,
  type House,
} from "#tests/support/runner.ts";

const ROLES: RoleTable = {
  dev: {
    aws: {
      plan: { is: "vault", path: "aws/creds/plan" },
      apply: { is: "vault", path: "aws/creds/apply" },
    },
    gcp: {
      plan: { is: "variables", variables: { GOOGLE_OAUTH_ACCESS_TOKEN: new Secret("read-only") } },
      apply: { is: "vault", path: "gcp/roleset/apply/token" },
    },
  },
};
/** The server's own: nobody's run may see them once there are roles. */
const VARIABLES = {
  aws: { AWS_ACCESS_KEY_ID: new Secret("AKIAOFTHESERVER") },
  gcp: { GOOGLE_OAUTH_ACCESS_TOKEN: new Secret("token-of-the-server") },
};

describe("with roles by environment", () => {
  let dataDir: string;
  let vault: FakeVault;
  let house: House;
  let worker: AsyncDisposable;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-roles-"));
    vault = await openFakeVault(["aws/creds/plan", "aws/creds/apply", "gcp/roleset/apply/token"]);
    const ask = openVault({ address: vault.address, token: new Secret(vault.token) });
    const leases = openLeases(dataDir, ask, SILENT);
    const roles = { roles: ROLES, vault: { ask, leases }, log: SILENT };
    house = await openHouse(dataDir, {
      ...realClouds({ providersDir: dataDir, variables: VARIABLES, roles }),
      onRelease: (run: RunId) => leases.release(run),
    });
    worker = house.startWorker();
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    await vault[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ask(name: string, cloud: "aws" | "gcp", environment: "dev" | "stg" = "dev") {
    const file = join(dataDir, `${name}.env`);
    const request = { name, module: `${cloud}_env`, environment, vars: { file } };
    const { id } = done(await house.service.request(asked("dev"), request));
    done(await house.service.plan(asked("dev"), id, {}));
    return { id, file };
  }

  async function said(id: DeploymentId): Promise<string> {
    const runs = await house.parts.runs.ofDeployment(id);
    const pages = await Promise.all(runs.map((run) => house.parts.runs.events(run.id, 0, 1_000)));
    return JSON.stringify(pages);
  }

  test("a plan gets the plan role's and an apply the apply role's credentials, each ended with its run", async () => {
    const { id, file } = await ask("two-roles", "aws");
    await eventually(house, id, waitsForVotes);
    const afterPlan = [vault.made.map(({ path }) => path), vault.leases.size];

    await approve(house, id);
    await settled(house, id);

    const seen = readFileSync(file, "utf8");
    expect(afterPlan).toEqual([["aws/creds/plan"], 0]);
    expect(vault.made.map(({ path }) => path)).toEqual(["aws/creds/plan", "aws/creds/apply"]);
    expect(seen).toContain("AWS_ACCESS_KEY_ID=AKIAVAULT2");
    expect(seen).not.toMatch(/AKIAVAULT1|OFTHESERVER|hvs\.|VAULT_/);
    expect(vault.leases.size).toBe(0);
    expect(await said(id)).not.toMatch(/vault-secret|AKIAVAULT/);
  });

  test("a Google run gets Google's token and nothing of AWS", async () => {
    const { id, file } = await ask("google", "gcp");

    await approve(house, id);
    await settled(house, id);

    const seen = readFileSync(file, "utf8");
    expect(seen).toMatch(/GOOGLE_OAUTH_ACCESS_TOKEN=ya29\.made-up-\d/);
    expect(seen).not.toMatch(/AWS_|token-of-the-server|read-only/);
  });

  test("an environment without roles is refused by name", async () => {
    const { id } = await ask("nobody", "aws", "stg");

    const { lastChange } = await settled(house, id);

    expect(lastChange?.reason).toEqual({
      code: "no-credentials",
      params: { cloud: "aws", environment: "stg" },
    });
  });

  test("while Vault is sealed a plan fails with a sentence, and an approved apply ends with nothing run", async () => {
    const approved = await ask("sealed-later", "aws");
    await eventually(house, approved.id, waitsForVotes);
    vault.seal(true);

    const { id } = await ask("sealed", "aws");
    const plan = await settled(house, id);
    await approve(house, approved.id);
    const apply = await settled(house, approved.id);
    vault.seal(false);

    expect(plan.lastChange?.reason).toEqual({
      code: "vault-away",
      params: { path: "aws/creds/plan" },
    });
    expect([apply.standing.is, apply.lastChange?.outcome]).toEqual(["nothing", "failed"]);
    expect(String(apply.lastChange?.reason.params["error"])).toContain("no credentials");
  });

  test("a lease that could not be ended is ended with the next run", async () => {
    const { id } = await ask("left-behind", "aws");
    await eventually(house, id, waitsForVotes);
    const leases = openLeases(
      dataDir,
      openVault({ address: vault.address, token: new Secret(vault.token) }),
      SILENT,
    );
    const [first] = await house.parts.runs.ofDeployment(id);
    const run = first?.id ?? null;
    const { lease } = await openVault({
      address: vault.address,
      token: new Secret(vault.token),
    }).credentials("aws/creds/plan", "aws");
    await leases.keep(required(run), lease ?? "");
    vault.seal(true);
    await leases.release(required(run));
    const whileSealed = vault.leases.size;
    vault.seal(false);

    await house.service.cancel(asked("dev"), id);
    await approve(house, (await ask("next", "aws")).id);

    await expect.poll(() => vault.leases.size).toBe(0);
    expect(whileSealed).toBe(1);
  });
});

test("Vault that is not there, another token and an answer of the wrong kind are told apart", async () => {
  await using vault = await openFakeVault(["aws/creds/plan"]);
  const mine = openVault({ address: vault.address, token: new Secret(vault.token) });
  const stranger = openVault({ address: vault.address, token: new Secret("s.other") });
  const nowhere = openVault({ address: "http://127.0.0.1:9", token: new Secret("s.other") });

  await expect(stranger.credentials("aws/creds/plan", "aws")).rejects.toThrow("permission denied");
  await expect(mine.credentials("aws/creds/none", "aws")).rejects.toThrow("answers 404");
  await expect(mine.credentials("aws/creds/plan", "gcp")).rejects.toThrow("no credentials for gcp");
  await expect(nowhere.credentials("aws/creds/plan", "aws")).rejects.toThrow(
    "could not be reached",
  );
});

function required<T>(value: T | null): T {
  if (value === null) {
    throw new Error("There is no run");
  }
  return value;
}
