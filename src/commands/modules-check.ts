import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { modulesFolder } from "#compose/modules.ts";
import { readConfig } from "#config/config.ts";
import { CHECKS, checkModule, type Result } from "#runner/module-check.ts";
import { findTerraform } from "#runner/terraform.ts";
import { SILENT } from "#telemetry/log.ts";
import { MODULES_CHECK } from "#text/module-rules.ts";
import { say } from "#text/wording.ts";

/** `npm run modules:check [-- --fix]`: checks every module, one table at the end; exit 1 on a fault. */
async function modulesCheck(argv: readonly string[]): Promise<number> {
  const { terraformBin, ...config } = readConfig(process.env);
  const found = await findTerraform(terraformBin, process.env["PATH"] ?? "");
  if (found === null) {
    console.error(say(MODULES_CHECK["no-terraform"], "en"));
    return 1;
  }
  const options = { terraform: found.binary, simulation: null, fix: argv.includes("--fix") };
  const rows: { readonly name: string; readonly results: readonly Result[] }[] = [];
  const folder = await modulesFolder(config, SILENT);
  for (const name of await modulesIn(folder)) {
    rows.push({ name, results: await checkModule(join(folder, name), options) });
  }
  for (const fault of rows.flatMap(({ results }) => results.flatMap(({ faults }) => faults))) {
    console.log(fault);
  }
  console.log(tableOf(rows));
  return rows.every(({ results }) => results.every(({ faults }) => faults.length === 0)) ? 0 : 1;
}

async function modulesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
}

function tableOf(
  rows: readonly { readonly name: string; readonly results: readonly Result[] }[],
): string {
  const lines = rows.map(({ name, results }) => [
    name,
    ...CHECKS.map((check) => word(results.find((each) => each.check === check))),
  ]);
  const widest = Math.max(...rows.map(({ name }) => name.length), "module".length);
  return [["module", ...CHECKS], ...lines]
    .map(([name = "", ...cells]) =>
      [name.padEnd(widest), ...cells.map((cell) => cell.padEnd(8))].join("  ").trimEnd(),
    )
    .join("\n");
}

function word(result: Result | undefined): string {
  if (result === undefined) {
    return "-";
  }
  return result.faults.length === 0 ? "ok" : "FAULT";
}

process.exitCode = await modulesCheck(process.argv.slice(2));
