import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const COMMAND = fileURLToPath(new URL("../../src/commands/curriculum-check.ts", import.meta.url));
const REAL = fileURLToPath(new URL("../../curriculum", import.meta.url));

test("the curriculum of this repository passes its own check", async () => {
  const { code, stdout } = await check([]);

  expect(stdout).toContain("part2/day3/cli_basics.md");
  expect(stdout).toContain("0 errors, 0 warnings");
  expect(code).toBe(0);
});

test("an error is named with its file and line, and the exit code is not 0", async () => {
  const root = mkdtempSync(join(tmpdir(), "check-"));
  cpSync(REAL, root, { recursive: true });
  const file = join(root, "part2/day3/cli_basics.md");
  writeFileSync(file, readFileSync(file, "utf8").replace("mcp://tool/cli", "mcp://tool/rm"));

  const { code, stdout } = await check([root]);

  expect(stdout).toMatch(/error: part2\/day3\/cli_basics\.md:\d+: .*mcp:\/\/tool\/rm/);
  expect(code).toBe(1);
  rmSync(root, { recursive: true });
});

test("a folder without lessons is told in one sentence", async () => {
  const { code, stderr } = await check([join(REAL, "nowhere")]);

  expect(stderr).toMatch(/^No lessons could be read \(.+curriculum\.yaml\); [^\n]+\n$/);
  expect(code).toBe(1);
});

function check(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
