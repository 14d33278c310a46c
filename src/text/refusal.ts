import type { RefusalCode } from "./refusals.ts";
import type { Params } from "./wording.ts";

/** One wrong variable of a request: which, why (a code of `text/variables.ts`), with what. */
export type VariableProblem = {
  readonly variable: string;
  readonly code: string;
  readonly params: Params;
};

/** A person's request turned down: a value, never thrown. Doors word it by its code. */
export type Refusal = {
  readonly refused: true;
  readonly code: RefusalCode;
  readonly params: Params;
  readonly problems: readonly VariableProblem[];
  /** The one value that would settle it. */
  readonly suggested?: { readonly variable: string; readonly value: string | number | boolean };
  /** The chat command that asks once more with it. */
  readonly instead?: string;
};

export function refusal(
  code: RefusalCode,
  params: Params = {},
  problems: readonly VariableProblem[] = [],
): Refusal {
  return { refused: true, code, params, problems };
}

export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === "object" && value !== null && "refused" in value && value.refused === true
  );
}
