import { isDeepStrictEqual } from "node:util";
import type { Vars } from "./change.ts";
import type { Environment } from "./deployment.ts";
import type { RiskNote } from "./module-facts.ts";
import type { Module } from "./ports.ts";
import type { RiskFinding } from "./risk.ts";
import { holds } from "./when.ts";

/** What a module's notes are judged by. */
export type Noted = {
  /** Values of the plan, filled. */
  readonly vars: Vars;
  /** Values of what stands; null where nothing does, so that nothing changes. */
  readonly before: Vars | null;
  readonly environment: Environment;
};

/** The module's own notes that fit this plan, for those who vote on it. */
export function notesOf(module: Pick<Module, "facts" | "variables">, noted: Noted): RiskFinding[] {
  const defaults = module.variables.map(({ name, default: usual }) => [name, usual] as const);
  const usual = Object.fromEntries(defaults);
  const now = { ...usual, ...noted.vars };
  const before = noted.before === null ? null : { ...usual, ...noted.before };
  return module.facts.risks
    .filter((note) => fits(note, { ...noted, vars: now, before }))
    .map(({ id, level, text }) => ({
      level: LEVELS[level],
      reason: { rule: "note", address: id, params: text },
    }));
}

const LEVELS = { info: "low", warn: "medium", danger: "high" } as const;

function fits({ when, onChange }: RiskNote, { vars, before, environment }: Noted): boolean {
  const changed =
    before !== null && onChange.some((name) => !isDeepStrictEqual(before[name], vars[name]));
  return changed || (when !== null && holds(when, { environment, ...vars }));
}
