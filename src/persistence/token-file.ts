import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { TokensFile, type ApiToken } from "#http/api-tokens.ts";
import type { ApiTokens } from "#http/ports.ts";
import type { Log } from "#telemetry/log.ts";
import { watchFile } from "./watched-file.ts";

/** A file of tokens that cannot be used; `problem` says where and why. */
export class TokenFileWrong extends Error {
  readonly problem: string;

  constructor(file: string, problem: string, options: ErrorOptions = {}) {
    super(`The file of API tokens ${file} cannot be used: ${problem}`, options);
    this.problem = problem;
  }
}

/**
 * The tokens of a file, as it is now: one that is revoked or taken out is refused without a
 * restart. A broken edit is logged and the last good tokens stay; without the file there is no
 * token at all. A broken or missing file at the start throws TokenFileWrong.
 */
export function openTokenFile(
  file: string,
  { log, everyMs }: { readonly log: Log; readonly everyMs?: number },
): ApiTokens & Disposable {
  if (!existsSync(file)) {
    throw new TokenFileWrong(file, "there is no such file");
  }
  return watchFile(file, {
    read: () => (existsSync(file) ? readTokens(file) : []),
    onRead: () => log.info({ file }, "the file of API tokens was read again"),
    onBroken: (error) =>
      log.error(
        { err: error, file },
        "the edited file of API tokens is broken; the last one stays",
      ),
    ...(everyMs === undefined ? {} : { everyMs }),
  });
}

/** Reads and checks a file of tokens, JSON or YAML. Throws TokenFileWrong. */
export function readTokens(file: string): readonly ApiToken[] {
  try {
    return TokensFile.parse(parse(readFileSync(file, "utf8"))).tokens;
  } catch (cause) {
    throw new TokenFileWrong(file, problemOf(cause), { cause });
  }
}

/**
 * Changes the tokens of a file, readable by its owner alone; a reader finds the old or the new
 * ones, never half of them. Throws TokenFileWrong, also while another edit is under way.
 */
export function editTokens(
  file: string,
  edit: (tokens: readonly ApiToken[]) => readonly ApiToken[],
): void {
  const next = `${file}.new`;
  try {
    // Made by one at a time: the new file is the lock until it takes the place of the old one.
    writeFileSync(next, "", { mode: 0o600, flag: "wx" });
  } catch (cause) {
    throw new TokenFileWrong(file, `${next} is there: another edit is under way`, { cause });
  }
  try {
    const tokens = edit(existsSync(file) ? readTokens(file) : []);
    writeFileSync(next, written(file, { tokens: [...tokens] }));
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function written(file: string, tokens: z.infer<typeof TokensFile>): string {
  const checked = TokensFile.parse(tokens);
  return file.endsWith(".json") ? `${JSON.stringify(checked, null, 2)}\n` : stringify(checked);
}

function problemOf(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const [issue] = cause.issues;
    return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
  }
  const [line] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  return line ?? "";
}
