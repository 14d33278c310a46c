import { createHash } from "node:crypto";
import { request as httpRequest, type IncomingMessage, type RequestListener } from "node:http";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database, OpenDatabase } from "#persistence/database.ts";
import { openKeys } from "#persistence/keys.ts";
import { createStateAccess } from "#persistence/state-access.ts";
import { createStateStore } from "#persistence/state.ts";
import { openStateListener, type StateListener } from "#http/state-listener.ts";
import { stateRoutes } from "#http/state.ts";
import type { StateGrant } from "#deployments/state-route.ts";
import { SILENT } from "#telemetry/log.ts";
import { Secret } from "#telemetry/secret.ts";
import { anotherRun, claimedRun } from "./state-fixture.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { found } from "#tests/support/found.ts";

const keys = openKeys({ secret: new Secret("a-secret-key"), previous: null });
const run = promisify(execFile);
const CONFIGURATION = `
  terraform {
    backend "http" {}
  }
  resource "terraform_data" "one" { input = "first" }
  resource "terraform_data" "two" { input = terraform_data.one.output }
`;

type Cut = { verb: string; times: number };

describe.each(testDatabases())("the state route on $name", ({ open }) => {
  let database: OpenDatabase;
  let db: Database;
  let dataDir: string;
  let listener: StateListener;
  /** Which answers to cut after the route has committed. */
  const cut: Cut = { verb: "", times: 0 };

  beforeAll(async () => {
    database = await open();
    db = database.db;
    dataDir = mkdtempSync(join(tmpdir(), "state-route-"));
    const routes = stateRoutes({ state: createStateStore(db, keys), log: SILENT });
    listener = await openStateListener({ dataDir, listener: cutting(cut, routes) });
  });
  beforeEach(() => {
    cut.times = 0;
  });
  afterAll(async () => {
    await listener[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true });
  });

  const access = () => createStateAccess({ db, keys, baseUrl: listener.baseUrl });

  async function granted(mode: "read" | "write" = "write") {
    const made = await claimedRun(db);
    return { ...made, grant: await access().grant(made.claim, made.deployment, mode) };
  }

  async function serials(deployment: string): Promise<number[]> {
    return db("state_versions").where({ deployment }).orderBy("version").pluck("serial");
  }

  describe("by hand", () => {
    test("a state goes through lock, write, read and unlock", async () => {
      const { grant } = await granted();

      const before = await send(grant, "GET");
      const locked = await send(grant, "LOCK", { body: '{"ID":"a"}' });
      const written = await send(grant, "POST", { id: "a", body: stateOf(1) });
      const read = await send(grant, "GET");
      const unlocked = await send(grant, "UNLOCK", { body: '{"ID":"a"}' });

      expect([before, locked, written, unlocked].map(({ status }) => status)).toEqual([
        204, 200, 200, 200,
      ]);
      expect(read).toMatchObject({ status: 200, body: stateOf(1), md5: md5(stateOf(1)) });
    });

    test("a second holder is told who has the lock", async () => {
      const { grant } = await granted();
      await send(grant, "LOCK", { body: '{"ID":"a","Who":"me"}' });

      const second = await send(grant, "LOCK", { body: '{"ID":"b"}' });

      expect(second.status).toBe(423);
      expect(JSON.parse(second.body)).toEqual({ ID: "a", Who: "me" });
    });

    test("without credentials nothing is said", async () => {
      const { grant } = await granted();

      const answer = await send({ ...grant, username: "" }, "GET", { bare: true });

      expect(answer).toMatchObject({ status: 401, body: "" });
    });

    test.each(["GET", "LOCK", "UNLOCK", "POST"])(
      "a wrong token, another deployment's and an ended run's are refused to %s",
      async (verb) => {
        const [mine, other, ended] = [await granted(), await granted(), await granted()];
        await access().release(ended.claim.run);
        const body = verb === "POST" ? stateOf(1) : '{"ID":"a"}';

        const answers = await Promise.all([
          send({ ...mine.grant, password: new Secret("guess") }, verb, { id: "a", body }),
          send({ ...other.grant, address: mine.grant.address }, verb, { id: "a", body }),
          send(ended.grant, verb, { id: "a", body }),
        ]);

        expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
        expect(await serials(mine.deployment)).toEqual([]);
      },
    );

    test("a plan's token locks and reads, and may not write", async () => {
      const { grant } = await granted("read");

      const locked = await send(grant, "LOCK", { body: '{"ID":"a"}' });
      const written = await send(grant, "POST", { id: "a", body: stateOf(1) });

      expect([locked.status, written.status]).toEqual([200, 403]);
    });

    test("an old fence is refused", async () => {
      const { grant, claim } = await granted();
      await send(grant, "LOCK", { body: '{"ID":"a"}' });
      await db("runs").where({ id: claim.run }).update({ fence: 2 });

      const written = await send(grant, "POST", { id: "a", body: stateOf(1) });

      expect(written.status).toBe(409);
    });

    test("a body that is not what its Content-MD5 says, or no state, is refused", async () => {
      const { grant } = await granted();
      await send(grant, "LOCK", { body: '{"ID":"a"}' });

      const wrongSum = await send(grant, "POST", { id: "a", body: stateOf(1), md5: md5("other") });
      const noState = await send(grant, "POST", { id: "a", body: "{}" });

      expect([wrongSum.status, noState.status]).toEqual([400, 400]);
    });

    test("a body above 64 MB is refused", async () => {
      const { grant, deployment } = await granted();
      await send(grant, "LOCK", { body: '{"ID":"a"}' });

      const answer = await send(grant, "POST", { id: "a", body: " ".repeat(64 * 1024 * 1024 + 1) });

      expect(answer.status).toBe(413);
      expect(await serials(deployment)).toEqual([]);
    });

    test("another path or verb is refused", async () => {
      const { grant } = await granted();

      const path = await send({ ...grant, address: `${listener.baseUrl}/console` }, "GET");
      const verb = await send(grant, "DELETE");

      expect([path.status, verb.status]).toEqual([404, 405]);
    });
  });

  describe.skipIf(found.terraform === null)("with the real Terraform", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "state-tf-"));
      writeFileSync(join(folder, "main.tf"), CONFIGURATION);
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const terraform = (grant: StateGrant, ...args: string[]) =>
      run(String(found.terraform), [...args, "-no-color"], {
        cwd: folder,
        env: environment(grant, folder),
      });

    test("a plan by a plan's token is applied by an apply's token", async () => {
      const { deployment, claim, grant: reading } = await granted("read");
      await terraform(reading, "init");
      await terraform(reading, "plan", "-out=plan.bin");
      await access().release(claim.run);
      const writing = await access().grant(
        await anotherRun(db, deployment, "queued"),
        deployment,
        "write",
      );

      const { stdout } = await terraform(writing, "apply", "plan.bin");

      const newest = await createStateStore(db, keys).newest(deployment);
      expect(stdout).toContain("2 added, 0 changed, 0 destroyed");
      expect(newest?.body).toContain("terraform_data");
      expect(await db("state_locks").where({ deployment })).toEqual([]);
      expect(readFileSync(join(folder, "plan.bin")).includes(writing.address)).toBe(false);
    });

    test.each(["LOCK", "POST", "UNLOCK"])(
      "an apply ends well when the answer to %s is lost after its commit",
      async (verb) => {
        const { deployment, grant } = await granted();
        await terraform(grant, "init");
        Object.assign(cut, { verb, times: 1 });

        const { stdout } = await terraform(grant, "apply", "-auto-approve");

        expect(cut.times).toBe(0);
        expect(stdout).toContain("2 added, 0 changed, 0 destroyed");
        expect(await serials(deployment)).toHaveLength(1);
        expect(await db("state_locks").where({ deployment })).toEqual([]);
      },
    );
  });
});

/** Lets the route answer (and so commit), but destroys the socket instead of sending. */
function cutting(cut: Cut, routes: RequestListener): RequestListener {
  return (request, response) => {
    if (request.method === cut.verb && cut.times > 0) {
      cut.times -= 1;
      response.end = () => {
        request.socket.destroy();
        return response;
      };
    }
    routes(request, response);
  };
}

function environment(grant: StateGrant, folder: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    CHECKPOINT_DISABLE: "1",
    TF_INPUT: "0",
    TF_HTTP_ADDRESS: grant.address,
    TF_HTTP_LOCK_ADDRESS: grant.address,
    TF_HTTP_UNLOCK_ADDRESS: grant.address,
    TF_HTTP_LOCK_METHOD: "LOCK",
    TF_HTTP_UNLOCK_METHOD: "UNLOCK",
    TF_HTTP_USERNAME: grant.username,
    TF_HTTP_PASSWORD: grant.password.reveal(),
    TF_HTTP_RETRY_MAX: "3",
    TF_HTTP_RETRY_WAIT_MIN: "1",
    TF_HTTP_RETRY_WAIT_MAX: "1",
  };
}

type Sent = { id?: string; body?: string; md5?: string; bare?: boolean };

/** fetch knows no LOCK with a body on every version, so plain node http. */
function send(
  grant: StateGrant,
  method: string,
  { id, body = "", md5: sum, bare }: Sent = {},
): Promise<{ status: number; body: string; md5: string | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const query = id === undefined ? "" : `?ID=${id}`;
  const auth = `${grant.username}:${grant.password.reveal()}`;
  const options = {
    method,
    headers: { "content-md5": sum ?? md5(body), "content-length": Buffer.byteLength(body) },
    ...(bare === true ? {} : { auth }),
  };
  const outgoing = httpRequest(`${grant.address}${query}`, options, resolve);
  outgoing.on("error", reject);
  outgoing.end(body);
  return promise.then(async (response) => ({
    status: response.statusCode ?? 0,
    body: Buffer.concat(await response.toArray()).toString(),
    md5: response.headers["content-md5"]?.toString(),
  }));
}

function md5(body: string): string {
  return createHash("md5").update(body).digest("base64");
}

function stateOf(serial: number): string {
  return JSON.stringify({ version: 4, serial, lineage: "L", resources: [] });
}
