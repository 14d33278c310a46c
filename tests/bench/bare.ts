import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

/** A folder with one module call, as a person would have it; Terraform's own local state. */
export type Bare = AsyncDisposable & { terraform(...args: readonly string[]): Promise<void> };

export function openBare(module: string, values: Readonly<Record<string, unknown>>): Bare {
  const cwd = mkdtempSync(join(tmpdir(), "mcp-bare-"));
  cpSync(module, join(cwd, "module"), { recursive: true });
  mkdirSync(join(cwd, "home"));
  const root = { module: { this: { source: "./module", ...values } } };
  writeFileSync(join(cwd, "main.tf.json"), JSON.stringify(root));
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: join(cwd, "home"), CHECKPOINT_DISABLE: "1", TF_INPUT: "0" };
  return {
    async terraform(...args) {
      await execa("terraform", args, { cwd, extendEnv: false, env });
    },
    async [Symbol.asyncDispose]() {
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

/** What stands behind a plan that a person can read. */
export async function planBare(bare: Bare): Promise<void> {
  await bare.terraform("init");
  await bare.terraform("plan", "-out=plan.bin");
  await bare.terraform("show", "-json", "plan.bin");
}
