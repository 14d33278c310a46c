import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { watchFile } from "#persistence/watched-file.ts";
import { until } from "#tests/support/until.ts";

test("an edit that could not be read for a while counts as soon as it can, and is told of once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mcp-watched-"));
  const file = join(folder, "file");
  writeFileSync(file, "first");
  const texts = ["first"];
  const told: string[] = [];
  let failures = 3;
  using watched = watchFile(file, {
    read() {
      const text = texts.at(-1) ?? "";
      if (text !== "first" && failures > 0) {
        failures -= 1;
        throw new Error("EMFILE");
      }
      return text;
    },
    onRead: () => void told.push("read"),
    onBroken: () => void told.push("broken"),
    everyMs: 5,
  });

  texts.push("second");
  writeFileSync(file, "the second");
  await until("the edit", () => watched.current() === "second");

  expect(told).toEqual(["broken", "read"]);
  rmSync(folder, { recursive: true, force: true });
});
