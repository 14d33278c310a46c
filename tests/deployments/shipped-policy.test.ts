import { join } from "node:path";
import { expect, test } from "vitest";
import { ChangeKind } from "#deployments/change.ts";
import { demandOf, rulesOf, type Subject } from "#deployments/demand.ts";
import { Environment } from "#deployments/deployment.ts";
import { RiskLevel } from "#deployments/risk.ts";
import { readPolicy } from "#persistence/policy-file.ts";
import { openRegions } from "#persistence/regions-file.ts";

const FOLDER = join(import.meta.dirname, "../../terraform");
const policy = readPolicy(join(FOLDER, "policy.yaml"), openRegions(join(FOLDER, "regions.yaml")));

/** Every change that the rules could tell apart. */
const MATRIX: readonly Subject[] = Environment.options.flatMap((environment) =>
  ["aws_vpc", "gcp_sql_postgres"].flatMap((module) =>
    ChangeKind.options.flatMap((kind) =>
      RiskLevel.options.flatMap((risk) =>
        [false, true].flatMap((deletes) =>
          (kind === "recover" ? [false, true] : [kind === "destroy"]).map((removes) => ({
            environment,
            module,
            cloud: module === "aws_vpc" ? ("aws" as const) : ("gcp" as const),
            team: "shop",
            kind,
            risk,
            deletes,
            removes,
            floor: 1,
          })),
        ),
      ),
    ),
  ),
);

/** What the file's comments and names promise, told without its rules. */
function promised({ environment, module, risk, deletes, removes }: Subject) {
  const isCritical = risk === "critical";
  if (environment === "prod") {
    const isRisky = risk === "high" || isCritical;
    const calm = isRisky ? ["prod-risky", 2] : ["prod", 1];
    return removes ? ["prod-destroy", 2, true] : [...calm, isCritical];
  }
  if (isCritical) {
    return ["critical", 2, true];
  }
  const losesData = module.endsWith("_postgres") && deletes;
  return [...(losesData ? ["databases-that-lose-something", 2] : ["default", 1]), removes];
}

test("every rule of the shipped policy decides what it promises, in every case", () => {
  const found = MATRIX.map((subject) => demandOf(policy, subject));

  const answers = found.map(({ rule, votes, typedName }) => [rule, votes, typedName]);
  expect(answers).toEqual(MATRIX.map(promised));
  expect(new Set(found.map(({ rule }) => rule))).toEqual(
    new Set(rulesOf(policy).map(({ name }) => name)),
  );
  expect(found.filter(({ requesterCounts }) => requesterCounts)).toEqual([]);
});
