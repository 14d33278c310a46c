import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { messagesOf, offers, say } from "#commands/console-client.ts";
import { openProduct } from "#tests/support/product.ts";
import { median, timed, type Row } from "./row.ts";

const MODULE = join(import.meta.dirname, "../../terraform/modules/local_app_env");
const ROUNDS = 10;
const LOOK_MS = 15;

/** From the words of a request to the approval card, against bare init, plan and show. */
export async function planToCard(): Promise<Row> {
  await using product = await openProduct({ LOG_LEVEL: "info" });
  const ours: number[] = [];
  const bare: number[] = [];
  // The first round warms both up and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const name = `bench-${round}`;
    const mine = await timed(() => askUntilCard(product.url(), name));
    const theirs = await bareTerraform(name);
    if (round > 0) {
      ours.push(mine);
      bare.push(theirs);
    }
  }
  const ratios = ours.map((value, index) => value / (bare[index] ?? Number.NaN));
  return {
    name: "request in words to approval card",
    ours: median(ours),
    bare: median(bare),
    ratio: median(ratios),
    runs: ROUNDS,
    against: "init && plan && show -json; Atlantis 2.8",
  };
}

async function askUntilCard(url: string, name: string): Promise<void> {
  const text = `create a dev app environment called ${name}`;
  const thread = await say(url, { user: "dev", text });
  while (!(await messagesOf(url, { user: "lead", thread })).some((one) => offers(one, "approve"))) {
    await sleep(LOOK_MS);
  }
}

/** The same module and values by hand; making the folder is not counted. */
async function bareTerraform(name: string): Promise<number> {
  const cwd = mkdtempSync(join(tmpdir(), "mcp-bare-"));
  cpSync(MODULE, join(cwd, "module"), { recursive: true });
  mkdirSync(join(cwd, "home"));
  const module = { this: { source: "./module", name, environment: "dev" } };
  writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ module }));
  const { PATH = "" } = process.env;
  const options = {
    cwd,
    extendEnv: false,
    env: { PATH, HOME: join(cwd, "home"), CHECKPOINT_DISABLE: "1" },
  };
  const took = await timed(async () => {
    await execa("terraform", ["init", "-input=false"], options);
    await execa("terraform", ["plan", "-input=false", "-out=plan.bin"], options);
    await execa("terraform", ["show", "-json", "plan.bin"], options);
  });
  rmSync(cwd, { recursive: true, force: true });
  return took;
}
