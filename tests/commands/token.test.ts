import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashOf, judgeToken } from "#http/api-tokens.ts";
import { openTokenFile, readTokens } from "#persistence/token-file.ts";
import { SILENT, type Log } from "#telemetry/log.ts";
import { until } from "#tests/support/product.ts";

const COMMAND = join(import.meta.dirname, "../../src/commands/token.ts");
let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mcp-tokens-"));
  file = join(folder, "tokens.yaml");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], env: Record<string, string> = { API_TOKENS_FILE: file }) {
  const { PATH = "" } = process.env;
  const done = spawnSync(process.execPath, [COMMAND, ...args], {
    env: { PATH, ...env },
    encoding: "utf8",
  });
  return { code: done.status, out: done.stdout.trim(), err: done.stderr.trim() };
}

const CREATE = ["create", "--name", "ci", "--scope", "deployments:write"];

test("a new token is printed once, and only its hash is kept, for its owner's eyes", () => {
  const made = run([...CREATE, "--team", "platform", "--expires", "90d"]);

  const [token] = readTokens(file);
  const secret = made.out.split("_").slice(2).join("_");
  const judged = judgeToken(readTokens(file), `Bearer ${made.out}`, new Date());
  expect(made.code).toBe(0);
  expect(judged.is).toBe("good");
  expect(token).toMatchObject({ name: "ci", team: "platform", hash: hashOf(secret) });
  expect(readFileSync(file, "utf8") + made.err + run(["list"]).out).not.toContain(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const days = (Date.parse(token?.expiresAt ?? "") - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
});

test("a revoked token is refused by who reads the file, without a restart, and stays listed", async () => {
  const header = `Bearer ${run(CREATE).out}`;
  const id = readTokens(file)[0]?.id ?? "";
  using tokens = openTokenFile(file, { log: SILENT, everyMs: 20 });
  const before = judgeToken(tokens.current(), header, new Date()).is;

  const revoked = run(["revoke", id]);

  const after = await until(
    async () => judgeToken(tokens.current(), header, new Date()),
    ({ is }) => is === "bad",
  );
  expect([before, revoked.code]).toEqual(["good", 0]);
  expect(after).toMatchObject({ why: "token-revoked", id });
  expect(run(["list"]).out).toContain(`${id}\ttoken-revoked\tdeployments:write\tteam -`);
});

test("a second token leaves the first as it was, in JSON too", () => {
  const env = { API_TOKENS_FILE: join(folder, "tokens.json") };
  run(CREATE, env);

  run(["create", "--name", "cd", "--scope", "modules:read,curriculum:read"], env);

  const tokens = readTokens(env.API_TOKENS_FILE);
  expect(tokens.map(({ name, scopes }) => [name, scopes])).toEqual([
    ["ci", ["deployments:write"]],
    ["cd", ["modules:read", "curriculum:read"]],
  ]);
  expect(JSON.parse(readFileSync(env.API_TOKENS_FILE, "utf8"))).toHaveProperty("tokens");
});

test.each([
  [["create", "--name=--config=x", "--scope", "modules:read"], "“--config=x” is no name"],
  [[...CREATE.slice(0, 3), "--scope", "votes"], "“votes” is no scope"],
  [[...CREATE, "--expires", "soon"], "“soon” is no time"],
  [["revoke", "ci-aaaaaaaaaa"], "There is no token ci-aaaaaaaaaa"],
  [["create", "--shout"], "Usage"],
])("%o is refused with one sentence and leaves no file behind", (args, said) => {
  const answer = run(args);

  expect(answer.code).toBe(1);
  expect(answer.err.split("\n")).toHaveLength(1);
  expect(answer.err).toContain(said);
  expect(() => statSync(`${file}.new`)).toThrow();
});

describe("with POLICY_FILE", () => {
  const env = () => ({ API_TOKENS_FILE: file, POLICY_FILE: join(folder, "policy.yaml") });
  beforeEach(() => {
    const people = "people: { kim: { name: Kim } }";
    const groups = "groups: { shop: { members: [kim], team: true }, staff: { members: [kim] } }";
    writeFileSync(env().POLICY_FILE, `${people}\n${groups}\n`);
  });

  test("a token is for a person and a team of that file", () => {
    const made = run([...CREATE, "--owner", "kim", "--team", "shop"], env());

    expect([made.code, made.err.split("\n")]).toEqual([0, [expect.stringContaining("Token ci-")]]);
    expect(readTokens(file)[0]).toMatchObject({ owner: "kim", team: "shop" });
    expect(run(["list"]).out).toContain("team shop\towner kim");
  });

  test.each([
    [["--owner", "lee"], "“lee” is nobody of the policy file"],
    [["--owner", "kim", "--team", "staff"], "“staff” is no team of the policy file"],
  ])("%o is refused", (more, said) => {
    const answer = run([...CREATE, ...more], env());

    expect([answer.code, answer.out]).toEqual([1, ""]);
    expect(answer.err).toContain(said);
    expect(() => statSync(file)).toThrow();
  });
});

test("a token without an owner is made, and says what that means; so is one for unknown holders", () => {
  const bare = run(CREATE);
  const known = run([...CREATE, "--owner", "lead", "--team", "dev-team"]);
  const unknown = run([...CREATE, "--owner", "lee", "--team", "nowhere"]);

  expect([bare, known, unknown].map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(bare.err).toContain("this token has no owner");
  expect(known.err).not.toContain("NOTE");
  expect(unknown.err).toMatch(/knows the person lee[^]*knows the team nowhere/);
});

test("without API_TOKENS_FILE it says where tokens belong", () => {
  expect(run(CREATE, {}).err).toContain("API_TOKENS_FILE is not set");
});

test("a file that somebody else is writing, or that is broken, is left alone", () => {
  run(CREATE);
  const before = readFileSync(file, "utf8");
  writeFileSync(`${file}.new`, "");
  const busy = run(CREATE);
  rmSync(`${file}.new`);
  writeFileSync(file, `${before}\nmore: 1\n`);

  const broken = run(CREATE);

  expect([busy.code, broken.code]).toEqual([1, 1]);
  expect(busy.err).toContain("another edit is under way");
  expect(broken.err).toContain("more");
  expect(readFileSync(file, "utf8")).toBe(`${before}\nmore: 1\n`);
});

test("a broken edit keeps the last good tokens; without the file there is none", async () => {
  run(CREATE);
  const said: string[] = [];
  const log: Log = {
    ...SILENT,
    info: () => {},
    error: (_facts, message) => void said.push(message),
  };
  using tokens = openTokenFile(file, { log, everyMs: 20 });
  writeFileSync(file, "tokens: [{ id: x }]");
  await until(
    async () => said.length,
    (count) => count > 0,
  );
  const kept = tokens.current().length;

  rmSync(file);

  const left = await until(
    async () => tokens.current().length,
    (count) => count === 0,
  );
  expect([kept, left]).toEqual([1, 0]);
});
