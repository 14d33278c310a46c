import { execa } from "execa";
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { openStore } from "#compose/store.ts";
import { readConfig } from "#config/config.ts";
import { PersonId } from "#deployments/ids.ts";
import { auditRows } from "#persistence/audit.ts";
import { dataDirFromTemplate } from "#tests/support/embedded-template.ts";

const Row = z.object({ seq: z.number() });

// A32: whatever was said, a row is one line of JSON, for a program and not for a spreadsheet.
const SAID = "=cmd()\n<script>";

test("npm run audit verifies, exports, and names the row that was changed", async () => {
  const dataDir = dataDirFromTemplate("mcp-audit-");
  const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir };
  const empty = await audit(env, "verify");
  await inStore(env, (store) =>
    store.db.transaction((tx) => auditRows(tx, store.keys, [event(1), event(2), event(3)])),
  );

  const whole = await audit(env, "verify");
  const exported = await audit(env, "export", "--from", "2");
  await inStore(env, (store) =>
    store.db.raw(
      "alter table audit disable trigger all; update audit set actor = 'dev' where seq = 2; alter table audit enable trigger all",
    ),
  );
  const broken = await audit(env, "verify");
  const [asked, strange] = await Promise.all([
    audit(env, "shred"),
    audit({ ...env, SECRET_KEY: "k".repeat(32) }, "verify"),
  ]);

  expect(empty).toMatchObject({ exitCode: 0, stdout: "The audit has no rows yet." });
  expect(whole).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("3 rows") });
  const rows = exported.stdout.split("\n").map((line) => Row.parse(JSON.parse(line)));
  expect(rows.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(exported.stdout).not.toContain("=cmd()\n");
  expect(broken).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("Row 2 was changed"),
  });
  expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Usage") });
  expect(strange).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^SECRET_KEY does not open [^\n]+$/),
  });
  rmSync(dataDir, { recursive: true, force: true });
});

function audit(env: Record<string, string>, ...words: string[]) {
  const options = { env, extendEnv: false, reject: false } as const;
  return execa("node", ["src/commands/audit.ts", ...words], options);
}

async function inStore(
  env: Record<string, string>,
  work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<unknown>,
): Promise<void> {
  await using store = await openStore(readConfig(env));
  await work(store);
}

function event(n: number) {
  return {
    deployment: null,
    actor: PersonId.parse("lead"),
    action: "voted",
    detail: { n, said: SAID },
  };
}
