import { actionOf, PlanJson } from "#deployments/plan-json.ts";
import type { OpenAddress } from "#deployments/deployment.ts";
import type { RiskFinding } from "#deployments/risk.ts";
import type { Job } from "./job.ts";
import type { Import } from "./root-module.ts";
import type { SaidError } from "./write-ahead.ts";

/** What a dead apply made and its state does not know comes back under its address. */
export function importsOf(job: Job): readonly Import[] {
  return openOf(job).flatMap(({ address, found, id }) =>
    found === "created" && id !== null ? [{ to: address, id }] : [],
  );
}

/** Options that make anew what exists and was never set up to its end. */
export function replacesOf(job: Job): readonly string[] {
  return openOf(job).flatMap(({ address, found }) =>
    found === "half" ? [`-replace=${address}`] : [],
  );
}

/** The imports that the errors of a plan name by address or id; where they name none, every one. */
export function refusedImports(
  imports: readonly Import[],
  errors: readonly SaidError[],
): readonly Import[] {
  const named = imports.filter(({ to, id }) =>
    errors.some(({ address, text }) => address === to || names(text, to) || names(text, id)),
  );
  return named.length === 0 ? imports : named;
}

/** What those who vote on a recovery must look at first: it may make a second one of these. */
export function notesOfRecovery(job: Job, planJson: unknown): RiskFinding[] {
  const { notImported } = job.findings;
  const left = new Set(notImported.map(({ to }) => to));
  const made = new Set(
    PlanJson.parse(planJson)
      .resource_changes.filter((change) => actionOf(change) === "create")
      .map(({ address }) => address),
  );
  const begun = openOf(job).filter(
    ({ address, found }) => found === "started" && made.has(address),
  );
  return [
    ...notImported.map(({ to, id }) => high("not-imported", to, { id: job.redact.text(id) })),
    ...begun
      .filter(({ address }) => !left.has(address))
      .map(({ address }) => high("perhaps-there", address, {})),
  ];
}

/** Import blocks and `-replace` have no place in a destroy plan. */
function openOf({ deployment: { standing }, change }: Job): readonly OpenAddress[] {
  const recovers = change.kind === "recover" && standing.is === "uncertain";
  return recovers && standing.intent === "apply" ? standing.addresses : [];
}

/** True when the text has these words and not only longer ones that hold them. */
function names(text: string, words: string): boolean {
  return new RegExp(`(?<![\\w./-])${RegExp.escape(words)}(?![\\w[/-]|\\.\\w)`).test(text);
}

function high(
  rule: "not-imported" | "perhaps-there",
  address: string,
  params: RiskFinding["reason"]["params"],
): RiskFinding {
  return { level: "high", reason: { rule, address, params } };
}
