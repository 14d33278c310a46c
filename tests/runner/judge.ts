import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { found } from "#tests/support/found.ts";

const TERRAFORM = found.terraform ?? "terraform";
const Line = z.object({
  diagnostic: z
    .object({
      severity: z.string(),
      detail: z.string().default(""),
      snippet: z.object({ context: z.string().nullable() }).optional(),
    })
    .optional(),
});
export type Diagnostic = { readonly detail: string; readonly context: string | null };

/** A folder in which the real Terraform judges what we generate. */
export class Judge {
  readonly folder = mkdtempSync(join(tmpdir(), "judge-"));

  write(name: string, content: string | object): void {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(this.folder, name), text);
  }

  copy(from: string, to: string): void {
    cpSync(from, join(this.folder, to), { recursive: true });
  }

  run(...argv: readonly string[]): { readonly code: number | null; readonly output: string } {
    const { status, stdout, stderr } = spawnSync(TERRAFORM, argv, this.options());
    return { code: status, output: `${stdout}${stderr}` };
  }

  /** Errors of a plan, as Terraform's own JSON has them. */
  planErrors(): readonly Diagnostic[] {
    const { output } = this.run("plan", "-json", "-input=false");
    return output
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .flatMap((line) => Line.parse(JSON.parse(line)).diagnostic ?? [])
      .filter(({ severity }) => severity === "error")
      .map(({ detail, snippet }) => ({ detail, context: snippet?.context ?? null }));
  }

  json(...argv: readonly string[]): unknown {
    return JSON.parse(execFileSync(TERRAFORM, argv, this.options()));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private options() {
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: this.folder,
      TF_CLI_CONFIG_FILE: "/dev/null",
      CHECKPOINT_DISABLE: "1",
    };
    return { cwd: this.folder, encoding: "utf8" as const, maxBuffer: 64 * 1024 * 1024, env };
  }
}
