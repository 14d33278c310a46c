import { z } from "zod";
import { openStore } from "#compose/store.ts";
import { readConfig } from "#config/config.ts";
import { exportAudit, verifyAudit, type Anchor } from "#persistence/audit-chain.ts";
import { AUDIT } from "#text/audit.ts";
import { say } from "#text/wording.ts";
import { runCommand } from "./run-command.ts";

const Arguments = z.union([
  z.tuple([z.literal("verify")]),
  z.tuple([z.literal("verify"), z.literal("--anchor"), z.string().regex(/^\d+:[0-9a-f]{64}$/)]),
  z.tuple([z.literal("export")]),
  z.tuple([z.literal("export"), z.literal("--from"), z.coerce.number().int().min(1)]),
]);

/** `verify` names the first bad row and exits 1; `export` prints every row as a line of JSON. */
async function audit(words: readonly string[]): Promise<number> {
  const { data: wanted } = Arguments.safeParse(words);
  if (wanted === undefined) {
    console.error(say(AUDIT.usage, "en"));
    return 2;
  }
  await using store = await openStore(readConfig(process.env));
  if (wanted[0] === "export") {
    for await (const line of exportAudit(store.db, wanted[2] ?? 1)) {
      process.stdout.write(`${line}\n`);
    }
    return 0;
  }
  return report(await verifyAudit(store.db, store.keys, anchorOf(wanted[2])));
}

function report({ rows, before, broken, head }: Awaited<ReturnType<typeof verifyAudit>>): number {
  if (before > 0) {
    console.log(say(AUDIT.before, "en", { before }));
  }
  if (broken !== null) {
    console.error(say(AUDIT[broken.why], "en", { seq: broken.seq, rows }));
    return 1;
  }
  const isEmpty = head.seq === 0;
  console.log(isEmpty ? say(AUDIT.empty, "en") : say(AUDIT.whole, "en", { rows, ...head }));
  return 0;
}

function anchorOf(text: string | undefined): Anchor | null {
  const [seq, hash] = text?.split(":") ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}

await runCommand(() => audit(process.argv.slice(2)));
