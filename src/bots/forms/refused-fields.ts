import { REFUSALS } from "#text/refusals.ts";
import type { Refusal, VariableProblem } from "#text/refusal.ts";
import { sayProblem } from "#text/variables.ts";
import { say, type Lang, type RefusalWording } from "#text/wording.ts";
import type { Wrong } from "./deployment-form.ts";
import { fieldIdOf, OWN_FIELDS } from "./form.ts";

/** One sentence for each field that is wrong. */
export function wrongFields(problems: readonly VariableProblem[], lang: Lang): Wrong {
  return new Map(
    problems.map((problem) => [fieldOf(problem.variable), sayProblem(problem, lang)] as const),
  );
}

/** The deployment's own name and environment are asked for as its own. */
function fieldOf(variable: string): string {
  return variable === "name" || variable === "environment"
    ? OWN_FIELDS[variable]
    : fieldIdOf(variable);
}

const OWN_REFUSALS: Readonly<Record<string, string>> = {
  "bad-name": OWN_FIELDS.name,
  "name-taken": OWN_FIELDS.name,
  "wrong-environment": OWN_FIELDS.environment,
  "unknown-team": OWN_FIELDS.team,
};

/** A refusal as sentences beside the fields that it is about; empty: it is about none of them. */
export function refusedFields(refusal: Refusal, lang: Lang): Wrong {
  const { code, params, problems } = refusal;
  const own = OWN_REFUSALS[code];
  const upstream = code === "upstream-not-found" ? params["variable"] : undefined;
  const field = own ?? (upstream === undefined ? undefined : fieldIdOf(String(upstream)));
  if (field !== undefined) {
    const wording: RefusalWording = REFUSALS[code];
    const words = `${say(wording.detail, lang, params)} ${say(wording.next, lang, params)}`;
    return new Map([[field, words]]);
  }
  return wrongFields(problems, lang);
}
