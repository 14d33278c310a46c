import type { ProblemCode } from "#text/curriculum-check.ts";
import type { Params } from "#text/wording.ts";

/** Something wrong with a lesson, for its author; an error keeps the lesson from being served. */
export type Problem = {
  /** Inside the curriculum folder: `part2/day3/cli_basics.md`. */
  readonly path: string;
  /** Of the file, from 1; null when the whole file is meant. */
  readonly line: number | null;
  readonly level: "error" | "warning";
  readonly code: ProblemCode;
  readonly params: Params;
};

/** Collects the problems of one file while it is read. */
export type Report = (line: number | null, code: ProblemCode, params?: Params) => void;

export function reportInto(problems: Problem[], path: string): Report {
  return (line, code, params = {}) => {
    problems.push({ path, line, level: "error", code, params });
  };
}
