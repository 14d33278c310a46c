import { readFileSync } from "node:fs";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { unmeetableRules } from "#deployments/approvable.ts";
import { Policy, type PolicySource } from "#deployments/policy.ts";
import type { Regions } from "#deployments/ports.ts";
import { regionProblems } from "#deployments/policy-regions.ts";
import type { Log } from "#telemetry/log.ts";
import { watchFile } from "./watched-file.ts";

/** A policy file that cannot be used; `problem` says where and why. */
export class PolicyFileWrong extends Error {
  readonly problem: string;

  constructor(file: string, problem: string, options: ErrorOptions) {
    super(`The policy file ${file} cannot be used: ${problem}`, options);
    this.problem = problem;
  }
}

export type PolicyFileParts = {
  readonly regions: Regions;
  readonly log: Log;
  /** How often the file is looked at, ms. */
  readonly everyMs?: number;
};

/**
 * The policy of a file, as it is now: an edit counts without a restart. A broken edit is logged and
 * the last good policy stays in force; a broken file at the start throws PolicyFileWrong.
 */
export function openPolicyFile(file: string, parts: PolicyFileParts): PolicySource & Disposable {
  const { regions, log, everyMs } = parts;
  return watchFile(file, {
    read: () => {
      const policy = readPolicy(file, regions);
      for (const short of unmeetableRules(policy)) {
        log.warn({ file, ...short }, "a rule asks for more votes than people may give");
      }
      return policy;
    },
    onRead: () => log.info({ file }, "the policy file was read again"),
    onBroken: (error) =>
      log.error({ err: error, file }, "the edited policy is broken; the last good one stays"),
    ...(everyMs === undefined ? {} : { everyMs }),
  });
}

/** Reads and checks a policy file. Throws PolicyFileWrong. */
export function readPolicy(file: string, regions: Regions): Policy {
  const lines = new LineCounter();
  let document: Document | null = null;
  try {
    document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines });
    const [broken] = document.errors;
    if (broken !== undefined) {
      throw broken;
    }
    const policy = Policy.parse(document.toJS());
    const [problem] = regionProblems(policy, regions.all());
    if (problem !== undefined) {
      throw new Error(problem);
    }
    return policy;
  } catch (cause) {
    throw new PolicyFileWrong(file, problemOf(cause, { document, lines }), { cause });
  }
}

type Source = { readonly document: Document | null; readonly lines: LineCounter };

function problemOf(cause: unknown, source: Source): string {
  if (cause instanceof z.ZodError) {
    const [issue] = cause.issues;
    const path = issue?.path ?? [];
    return `${lineOf(path, source)}${path.join(".")}: ${issue?.message ?? ""}`;
  }
  const [line] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  return line ?? "";
}

/** `line 12, ` of the deepest part of the path that stands in the file. */
function lineOf(path: readonly PropertyKey[], { document, lines }: Source): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document?.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return `line ${lines.linePos(node.range[0]).line}, `;
    }
  }
  return "";
}
