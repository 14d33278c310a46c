import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MODULE_RULES, MODULES_CHECK } from "#text/module-rules.ts";
import { say, type Params } from "#text/wording.ts";
import { BrokenModule, placeText } from "./broken-module.ts";
import { mayProvision, type Exemption } from "./exemption.ts";
import { readModule, type ReadModule } from "./module.ts";
import { withTables } from "./module-readme.ts";
import { lessonFindings, staticFindings } from "./module-rules.ts";
import { passGate } from "./static-gate.ts";
import { openTrial, type Trial, type TrialParts } from "./module-trial.ts";

/** The checks in their order; a module that cannot be read gets no further than the first. */
export const CHECKS = ["read", "rules", "readme", "format", "test", "example"] as const;
export type Check = (typeof CHECKS)[number];

/** What one check found in one module: sentences; none when all is well. */
export type Result = { readonly check: Check; readonly faults: readonly string[] };

export type CheckOptions = TrialParts & {
  /** Formats the files and writes the README's tables instead of complaining about them. */
  readonly fix: boolean;
  /** What the operator lets modules break, as at the start of the server. */
  readonly consents: readonly Exemption[];
  /** Paths of the curriculum's lessons, without `.md`. */
  readonly lessons: ReadonlySet<string>;
};

/** Checks one module's folder, ending with a real create, second plan and destroy of each example. */
export async function checkModule(
  folder: string,
  options: CheckOptions,
): Promise<readonly Result[]> {
  const read = await tryToRead(folder);
  if (read instanceof BrokenModule) {
    return [{ check: "read", faults: [read.message] }];
  }
  const rules = ruleFaults(read, options.lessons);
  const gate = await gateFaults(read, options.consents);
  const readme = await checkReadme(read, options.fix);
  await using trial = await openTrial(options, folder);
  return [
    { check: "read", faults: [] },
    { check: "rules", faults: rules.length > 0 ? rules : gate },
    { check: "readme", faults: readme },
    { check: "format", faults: await checkFormat(trial, options.fix ? folder : null) },
    ...(gate.length > 0 ? [] : await trials(trial)),
  ];
}

/** What runs the module, so that nothing which a server would refuse does anything here either. */
async function trials(trial: Trial): Promise<readonly Result[]> {
  return [
    { check: "test", faults: await checkTests(trial) },
    { check: "example", faults: await checkExamples(trial) },
  ];
}

async function tryToRead(folder: string): Promise<ReadModule | BrokenModule> {
  try {
    return await readModule(folder);
  } catch (error) {
    if (error instanceof BrokenModule) {
      return error;
    }
    throw error;
  }
}

function ruleFaults(read: ReadModule, lessons: ReadonlySet<string>): readonly string[] {
  return [...staticFindings(read), ...lessonFindings(read, lessons)].map(
    ({ code, params, place }) => `${placeText(place)}: ${say(MODULE_RULES[code], "en", params)}`,
  );
}

/** What would stop the start of a server. */
async function gateFaults(
  read: ReadModule,
  consents: readonly Exemption[],
): Promise<readonly string[]> {
  try {
    await passGate(read.module.folder, { provisioners: await mayProvision(read, consents) });
    return [];
  } catch (error) {
    if (error instanceof BrokenModule) {
      return [error.message];
    }
    throw error;
  }
}

async function checkReadme({ module }: ReadModule, fix: boolean): Promise<readonly string[]> {
  const file = join(module.folder, "README.md");
  const before = await readFile(file, "utf8").catch(() => "");
  const after = withTables(before, module);
  if (after === null) {
    return [sentence("no-readme")];
  }
  if (after === before) {
    return [];
  }
  if (!fix) {
    return [sentence("stale-readme")];
  }
  await writeFile(file, after);
  return [];
}

async function checkFormat(trial: Trial, mend: string | null): Promise<readonly string[]> {
  const argv = mend === null ? ["-check", "-recursive", "."] : ["-recursive", mend];
  const { code, output } = await trial.terraform("", ["fmt", ...argv]);
  const files = output.split("\n").join(", ");
  return code === 0 ? [] : [sentence("not-formatted", { files })];
}

async function checkTests(trial: Trial): Promise<readonly string[]> {
  return (
    (await firstFailure(trial, "", [
      ["init", "-no-color"],
      ["validate", "-no-color"],
      ["test", "-no-color"],
    ])) ?? []
  );
}

async function checkExamples(trial: Trial): Promise<readonly string[]> {
  if (!trial.examples.includes("basic")) {
    return [sentence("no-example")];
  }
  const faults: string[] = [];
  for (const example of trial.examples) {
    faults.push(...(await checkExample(trial, join("examples", example))));
  }
  return faults;
}

async function checkExample(trial: Trial, example: string): Promise<readonly string[]> {
  const failed = await firstFailure(trial, example, [
    ["init", "-no-color"],
    ["apply", "-auto-approve", "-no-color"],
  ]);
  if (failed !== null) {
    return failed;
  }
  const second = await trial.terraform(example, ["plan", "-detailed-exitcode", "-no-color"]);
  const unclean =
    second.code === 0 ? [] : [sentence("not-clean", { example, output: tail(second.output) })];
  const undone = await firstFailure(trial, example, [["destroy", "-auto-approve", "-no-color"]]);
  return [...unclean, ...(undone ?? (await remains(trial, example)))];
}

/** What a destroy left, in the state or in the simulated cloud. */
async function remains(trial: Trial, example: string): Promise<readonly string[]> {
  const { output } = await trial.terraform(example, ["state", "list"]);
  const left = [...(output === "" ? [] : [output]), ...(await trial.standing())].join(", ");
  return left === "" ? [] : [sentence("left-over", { example, output: left })];
}

/** Runs commands until one fails; its sentence, or null when all went well. */
async function firstFailure(
  trial: Trial,
  folder: string,
  commands: readonly (readonly string[])[],
): Promise<readonly string[] | null> {
  for (const command of commands) {
    const { code, output } = await trial.terraform(folder, command);
    if (code !== 0) {
      const params = { command: command[0] ?? "", code, output: tail(output) };
      return [sentence("failed", params)];
    }
  }
  return null;
}

function tail(output: string): string {
  return output.split("\n").slice(-20).join("\n");
}

function sentence(code: keyof typeof MODULES_CHECK, params: Params = {}): string {
  return say(MODULES_CHECK[code], "en", params);
}
