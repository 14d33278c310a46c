import { execa } from "execa";
import { readFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");
const Package = z.object({ scripts: z.record(z.string(), z.string()) });

/** Plays a story instead of answering an operator; what breaks in it is shown whole. */
const STORY = "src/commands/demo.ts";

test("every command is run by what tells operators a sentence instead of a stack", () => {
  const text = readFileSync(join(ROOT, "package.json"), "utf8");
  const scripts = Object.values(Package.parse(JSON.parse(text)).scripts);
  const commands = scripts.flatMap(
    (script) => /^node (src\/commands\/\S+)$/.exec(script)?.[1] ?? [],
  );

  const others = commands.filter(
    (file) => !/^await run(?:Command|Program)\(/m.test(readFileSync(join(ROOT, file), "utf8")),
  );

  expect(commands.length).toBeGreaterThan(7);
  expect(others).toEqual([STORY]);
});

test("a variable that cannot be used and a database that is away are told in one sentence", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "mcp-command-"));

  const [wrong, away] = await Promise.all([
    run("migrate", { DATA_DIR: folder.path, CLOUD: "nope" }),
    run("migrate", { DATA_DIR: folder.path, DATABASE_URL: "postgres://127.0.0.1:1/nobody" }),
  ]);

  expect(wrong).toEqual([
    1,
    expect.stringMatching(/^CLOUD is set to a value .+; correct it[^\n]+$/),
  ]);
  expect(away).toEqual([1, expect.stringMatching(/^The PostgreSQL of DATABASE_URL [^\n]+$/)]);
});

async function run(command: string, env: Record<string, string>) {
  const file = join(ROOT, `src/commands/${command}.ts`);
  const options = { env: { PATH: process.env["PATH"] ?? "", ...env }, extendEnv: false } as const;
  const { exitCode, all } = await execa("node", [file, "status"], {
    ...options,
    all: true,
    reject: false,
  });
  return [exitCode, all];
}
