import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openAddresses, scanOutput } from "#runner/write-ahead.ts";

describe("what the output of a dead apply says", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mcp-ahead-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function scan(lines: readonly object[], cut = "") {
    const file = join(folder, "out.jsonl");
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join("") + cut);
    return scanOutput(file);
  }

  function on(addr: string, type: string, more: object = {}) {
    return { "@message": "", type, hook: { resource: { addr }, ...more } };
  }

  test("made and unknown to the state, begun, half done: each address once", async () => {
    const found = await scan(
      [
        on("x.made", "apply_start"),
        on("x.made", "apply_complete", { action: "create", id_value: "m-1" }),
        on("x.known", "apply_start"),
        on("x.known", "apply_complete", { action: "create", id_value: "k-1" }),
        on("x.begun", "apply_start"),
        on("x.half", "apply_start"),
        on("x.half", "provision_start"),
        on("x.failed", "apply_start"),
        on("x.failed", "apply_errored"),
      ],
      '{"type":"apply_start","hook":{"resource":{"addr":"x.cut"',
    );

    expect(found.started).toBe(5);
    const state = [
      { address: "x.known", type: "x", id: "k-1" },
      { address: "x.half", type: "x", id: "h-1" },
    ];
    expect(openAddresses(found, state)).toEqual([
      { address: "x.made", found: "created", id: "m-1" },
      { address: "x.begun", found: "started", id: null },
      { address: "x.half", found: "half", id: "h-1" },
    ]);
  });

  test("a new object under an address whose old one the state still holds is not forgotten", async () => {
    const found = await scan([
      on("x.y", "apply_start", { action: "create" }),
      on("x.y", "apply_complete", { action: "create", id_value: "new" }),
      on("x.y", "apply_start", { action: "delete" }),
      on("x.y", "apply_complete", { action: "delete" }),
    ]);

    expect(openAddresses(found, [{ address: "x.y", type: "x", id: "old" }])).toEqual([
      { address: "x.y", found: "created", id: "new" },
    ]);
  });

  test("what was deleted is no orphan, though the state may still hold it", async () => {
    const found = await scan([
      on("x.y", "apply_start", { action: "delete" }),
      on("x.y", "apply_complete", { action: "delete" }),
    ]);

    expect(openAddresses(found, [{ address: "x.y", type: "x", id: "old" }])).toEqual([]);
  });

  test("an address whose provider died is uncertain, one that failed by itself is not", async () => {
    const diagnostic = (address: string, summary: string) => ({
      "@message": `Error: ${summary}`,
      type: "diagnostic",
      diagnostic: { severity: "error", summary, detail: "", address },
    });

    const found = await scan([
      on("x.crashed", "apply_start"),
      on("x.crashed", "apply_errored"),
      on("x.refused", "apply_start"),
      on("x.refused", "apply_errored"),
      diagnostic("x.crashed", "Plugin did not respond"),
      diagnostic("x.refused", "Quota exceeded"),
    ]);

    expect(openAddresses(found, [])).toEqual([
      { address: "x.crashed", found: "started", id: null },
    ]);
    expect(found.error).toBe("Plugin did not respond");
  });

  test("what was half done and is in no state has no id, so it is as open as what only began", async () => {
    const found = await scan([on("x.half", "apply_start"), on("x.half", "provision_start")]);

    expect(openAddresses(found, [])).toEqual([{ address: "x.half", found: "started", id: null }]);
  });

  test("resources that were never begun after a stop are counted, not listed as errors", async () => {
    const halted = {
      "@message": "Error: execution halted",
      type: "diagnostic",
      diagnostic: { severity: "error", summary: "execution halted", detail: "" },
    };

    const found = await scan([halted, halted, halted]);

    expect([found.halted, found.error]).toEqual([3, null]);
  });

  test("an error that Terraform draws before it speaks JSON is read, too", async () => {
    const found = await scan([], "╷\n│ Error: Backend initialization required\n│\n╵\n");

    expect(found.error).toBe("Backend initialization required");
  });

  test("a state that Terraform printed because it could save it nowhere is found", async () => {
    const state = { version: 4, serial: 0, filler: "x".repeat(1_100_000) };

    const found = await scan([{ type: "log", "@message": "Emergency state dump", state }]);

    expect(found.state).toBe(JSON.stringify(state));
  });
});
