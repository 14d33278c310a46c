import { join } from "node:path";
import { readConfig } from "#config/config.ts";
import { unmeetableRules, type Unmeetable } from "#deployments/approvable.ts";
import { checkExamples, type Checked } from "#deployments/policy-examples.ts";
import { policyVersion, type Policy } from "#deployments/policy.ts";
import { PolicyFileWrong, readPolicy } from "#persistence/policy-file.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { POLICY_COMMAND } from "#text/policy-command.ts";
import { say } from "#text/wording.ts";
import { runCommand } from "./run-command.ts";
import { tableOf } from "./table.ts";

const SHIPPED = join(import.meta.dirname, "../../terraform/policy.yaml");

const HEAD = ["", "example", "rule", "votes", "now", "step-up"];

/** `npm run policy -- test [file]`: one table; exit 1 on an example that does not hold or a wrong file. */
function policyCommand([action, named]: readonly string[]): number {
  if (action !== "test") {
    console.error(say(POLICY_COMMAND.usage, "en"));
    return 1;
  }
  const config = readConfig(process.env);
  const file = named ?? config.policyFile ?? SHIPPED;
  const policy = read(file, config.regionsFile);
  return policy === null ? 1 : test(file, policy);
}

function read(file: string, regionsFile: string): Policy | null {
  try {
    return readPolicy(file, openRegions(regionsFile));
  } catch (error) {
    if (error instanceof PolicyFileWrong) {
      console.error(say(POLICY_COMMAND.wrong, "en", { file, problem: error.problem }));
      return null;
    }
    throw error;
  }
}

function test(file: string, policy: Policy): number {
  unmeetableRules(policy)
    .map(warningOf)
    .forEach((line) => console.error(line));
  const checked = checkExamples(policy, new Date());
  if (checked.length === 0) {
    console.log(say(POLICY_COMMAND.none, "en", { file }));
    return 0;
  }
  console.log(tableOf([HEAD, ...checked.map(rowOf)]));
  checked.flatMap(complaints).forEach((line) => console.error(line));
  const good = checked.filter(({ wrong }) => wrong.length === 0).length;
  const version = policyVersion(policy).slice(0, 12);
  console.log(say(POLICY_COMMAND.counts, "en", { good, all: checked.length, file, version }));
  return good === checked.length ? 0 : 1;
}

function warningOf({ requesters, ...short }: Unmeetable): string {
  return requesters.length === 0
    ? say(POLICY_COMMAND.tooFew, "en", short)
    : say(POLICY_COMMAND.tooFewFor, "en", { ...short, requesters: requesters.join(", ") });
}

function complaints({ example, found, wrong }: Checked): string[] {
  return wrong.map((key) =>
    say(POLICY_COMMAND.differs, "en", {
      name: example.name,
      key,
      wanted: JSON.stringify(example.expect[key]),
      found: JSON.stringify(found[key]),
    }),
  );
}

function rowOf({ example, found, wrong }: Checked): string[] {
  return [
    wrong.length === 0 ? "ok" : "WRONG",
    example.name,
    String(found.rule),
    `${String(found.votes)} of ${String(found.groups)}`,
    found.open === true ? "open" : "closed",
    found.typedName === true ? "typed name" : "",
  ];
}

await runCommand(() => policyCommand(process.argv.slice(2)));
