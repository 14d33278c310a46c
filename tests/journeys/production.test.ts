import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startProgram, type Program } from "#commands/program.ts";
import { openDatabase } from "#persistence/database.ts";
import { found } from "#tests/support/found.ts";

const server = process.env["TEST_DATABASE_URL"];

let room = "";
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), "mcp-production-"));
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

/** An empty database of a real PostgreSQL, and away with it again. */
async function ownDatabase(url: string) {
  const name = `production_${randomBytes(6).toString("hex")}`;
  const open = await openDatabase({ kind: "postgres", url });
  await open.db.raw(`create database ${name}`);
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    async [Symbol.asyncDispose]() {
      await open.db.raw(`drop database ${name} with (force)`);
      await open[Symbol.asyncDispose]();
    },
  };
}

function command(name: string, args: readonly string[], env: Record<string, string>) {
  const program = resolve(`src/commands/${name}.ts`);
  const done = spawnSync(process.execPath, [program, ...args], { env, encoding: "utf8" });
  return { code: done.status, out: done.stdout.trim(), all: done.stdout + done.stderr };
}

/** Asks as the machine of the token, by the address that a container publishes. */
async function ask(program: Program, token: string | null, [method, path, body]: Asking) {
  const response = await fetch(`${program.url}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === null ? { "x-console-user": "ops" } : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text };
}
type Asking = readonly ["GET" | "POST", string, object?];

test.skipIf(server === undefined || found.terraform === null || !found.bubblewrap)(
  "production starts on PostgreSQL with a token as its door, plans shut in and lets no one else in",
  async () => {
    await using database = await ownDatabase(server ?? "");
    const { PATH = "", HOME = "" } = process.env;
    const env = {
      PATH,
      HOME,
      PORT: "0",
      NODE_ENV: "production",
      DATA_DIR: join(room, "data"),
      DATABASE_URL: database.url,
      SECRET_KEY: randomBytes(32).toString("base64url"),
      API_TOKENS_FILE: join(room, "tokens.yaml"),
      CLOUD: "real",
      MODEL: "offline",
      AWS_ACCESS_KEY_ID: "AKIA",
      AWS_SECRET_ACCESS_KEY: "s",
    };
    const made = ["create", "--name", "ci", "--scope", "deployments:write", "--team", "platform"];
    const { out: token } = command("token", made, env);
    const early = startProgram(env).then(
      () => "started",
      (error: Error) => error.message,
    );
    const refused = await early;
    const migrated = command("migrate", ["up"], env);
    const program = await startProgram(env);
    // A module without providers: the simulated ones are hidden from runs that are shut in.
    const body = { name: "drawings", module: "local_app_env", vars: {} };

    const created = await ask(program, token, ["POST", "/deployments", body]);
    const planned = await ask(program, token, ["POST", "/deployments/drawings/plan?wait=60", {}]);
    const asked = await ask(program, token, ["POST", "/deployments/drawings/approve", {}]);
    const vote = { decision: "approve", digest: "a".repeat(64) };
    const voted = await ask(program, token, ["POST", "/deployments/drawings/vote", vote]);
    const named = await ask(program, null, ["GET", "/deployments"]);
    const page = await fetch(`${program.url}/console`);
    const code = await program.stop();

    expect(refused).toContain("npm run migrate -- up");
    expect([migrated.code, migrated.all]).toEqual([0, expect.stringContaining("001-deployments")]);
    expect([created.status, planned.status, asked.status]).toEqual([201, 200, 409]);
    expect(created.text).toContain('"team":"platform"');
    expect(planned.text).toContain('"status":"planned"');
    expect(asked.text).toContain("nowhere-to-ask");
    expect([voted.status, named.status]).toEqual([403, 401]);
    expect(page.status).toBe(404);
    expect(code).toBe(0);
  },
);
