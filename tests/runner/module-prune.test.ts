import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pruneModules } from "#runner/module-prune.ts";
import { SILENT } from "#telemetry/log.ts";

const [OLD = "", OFFERED = "", NEWEST = "", PINNED = ""] = ["a", "b", "c", "d"].map((letter) =>
  letter.repeat(40),
);

test("commits of a repository go but for the one that is offered, the newest and those in use", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-prune-"));
  const room = join(dataDir, "modules", "0123456789abcdef");
  [
    `${OLD}/modules`,
    `${OFFERED}/modules/net`,
    NEWEST,
    `${PINNED}/modules`,
    ".draft-x",
    "notes",
  ].forEach((name) => mkdirSync(join(room, name), { recursive: true }));
  writeFileSync(join(room, "newest"), NEWEST);
  const inUse = [join(room, OFFERED, "modules/net"), "/elsewhere/modules/net"];
  const pinned = new Set([PINNED]);
  const day = 24 * 3_600_000;

  await pruneModules({ dataDir, inUse, pinned, now: new Date(), log: SILENT });
  const today = readdirSync(room).sort();
  await pruneModules({ dataDir, inUse, pinned, now: new Date(Date.now() + 2 * day), log: SILENT });
  const later = readdirSync(room).sort();

  expect(today).toEqual([".draft-x", OFFERED, NEWEST, PINNED, "newest", "notes"]);
  expect(later).toEqual([OFFERED, NEWEST, PINNED, "newest", "notes"]);
  rmSync(dataDir, { recursive: true });
});

test("without a repository there is nothing to prune", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-prune-"));

  await pruneModules({ dataDir, inUse: [], pinned: new Set(), now: new Date(), log: SILENT });

  expect(readdirSync(dataDir)).toEqual([]);
  rmSync(dataDir, { recursive: true });
});
