import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { modulesFolder } from "#compose/modules.ts";
import { SIMULATOR } from "#compose/simulation.ts";
import { readConfig } from "#config/config.ts";
import { loadCourse } from "#curriculum/course.ts";
import { moduleNames } from "#runner/catalogue.ts";
import { simulatedEnvironment } from "#runner/clouds.ts";
import { CHECKS, checkModule, type CheckOptions, type Result } from "#runner/module-check.ts";
import { findTerraform } from "#runner/terraform.ts";
import { makeMirror } from "#simulator/mirror.ts";
import { SILENT } from "#telemetry/log.ts";
import { MODULES_CHECK } from "#text/module-rules.ts";
import { say } from "#text/wording.ts";
import { runCommand } from "./run-command.ts";
import { tableOf } from "./table.ts";

type Row = { readonly name: string; readonly results: readonly Result[]; readonly seconds: number };

/**
 * `npm run modules:check [-- --fix] [-- <module>…]`: checks every module, or those named, several
 * at once; one table at the end; exit 1 on a fault.
 */
async function modulesCheck(argv: readonly string[]): Promise<number> {
  const { terraformBin, ...config } = readConfig(process.env);
  const found = await findTerraform(terraformBin, process.env["PATH"] ?? "");
  if (found === null) {
    console.error(say(MODULES_CHECK["no-terraform"], "en"));
    return 1;
  }
  await using mirror = await temporaryMirror();
  const options: CheckOptions = {
    terraform: found.binary,
    simulation: { providersDir: mirror.folder, environment: simulatedEnvironment },
    fix: argv.includes("--fix"),
    consents: config.modules.consents,
    lessons: lessonsIn(config.curriculumFolder),
  };
  const asked = argv.filter((word) => !word.startsWith("--"));
  const folder = await modulesFolder(config, SILENT);
  const names = (await moduleNames(folder)).filter(
    (name) => asked.length === 0 || asked.includes(name),
  );
  const rows = await severalAtOnce(names, async (name): Promise<Row> => {
    const start = performance.now();
    const results = await checkModule(join(folder, name), options);
    return { name, results, seconds: (performance.now() - start) / 1000 };
  });
  for (const fault of rows.flatMap(({ results }) => results.flatMap(({ faults }) => faults))) {
    console.log(fault);
  }
  console.log(tableOf([["module", ...CHECKS, "seconds"], ...rows.map(cellsOf)]));
  return rows.every(({ results }) => results.every(({ faults }) => faults.length === 0)) ? 0 : 1;
}

/** Lessons that people can open; a draft is none yet. */
function lessonsIn(folder: string): ReadonlySet<string> {
  const published = [...loadCourse(folder).course.lessons.values()].filter(
    ({ canonical }) => canonical.status !== "draft",
  );
  return new Set(published.map(({ canonical }) => canonical.path.replace(/\.md$/, "")));
}

async function temporaryMirror(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "simulated-providers-"));
  await makeMirror({ dir: folder, node: process.execPath, entry: SIMULATOR });
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As many at once as there are cores; answers in the order of the names. */
async function severalAtOnce<T>(
  names: readonly string[],
  work: (name: string) => Promise<T>,
): Promise<readonly T[]> {
  const waiting = [...names.entries()];
  const done = new Map<number, T>();
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      done.set(next[0], await work(next[1]));
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, lane));
  return [...done].toSorted(([left], [right]) => left - right).map(([, result]) => result);
}

function cellsOf({ name, results, seconds }: Row): string[] {
  const words = CHECKS.map((check) => word(results.find((each) => each.check === check)));
  return [name, ...words, seconds.toFixed(1)];
}

function word(result: Result | undefined): string {
  if (result === undefined) {
    return "-";
  }
  return result.faults.length === 0 ? "ok" : "FAULT";
}

await runCommand(() => modulesCheck(process.argv.slice(2)));
