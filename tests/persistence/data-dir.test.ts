import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DataDirHeld, holdDataDir } from "#persistence/data-dir.ts";

const MODULE = join(import.meta.dirname, "../../src/persistence/data-dir.ts");

/** Another process takes the folder and says so. */
async function otherProcess(folder: string) {
  const script = `
    const { holdDataDir } = await import(${JSON.stringify(MODULE)});
    globalThis.held = holdDataDir(${JSON.stringify(folder)});
    console.log("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("a folder that another process holds is refused, naming that process", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mcp-hold-"));
  const other = await otherProcess(folder);

  let refused: unknown = null;
  try {
    holdDataDir(folder);
  } catch (error) {
    refused = error;
  }
  other.kill("SIGKILL");

  expect(refused).toBeInstanceOf(DataDirHeld);
  expect(refused).toMatchObject({ folder, pid: String(other.pid) });
});

test("kill -9 of the holder frees the folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mcp-hold-"));
  const other = await otherProcess(folder);
  other.kill("SIGKILL");
  await once(other, "exit");

  using held = holdDataDir(folder);

  expect(held.folder).toBe(folder);
});

test("a folder that was given back can be taken again", () => {
  const folder = mkdtempSync(join(tmpdir(), "mcp-hold-"));
  holdDataDir(folder)[Symbol.dispose]();

  using again = holdDataDir(folder);

  expect(again.folder).toBe(folder);
});
