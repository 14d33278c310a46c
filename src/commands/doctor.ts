import { join } from "node:path";
import { runHost, shellHost } from "#compose/host.ts";
import { offeredModules } from "#compose/modules.ts";
import { readConfig, type Config } from "#config/config.ts";
import { productionRefusals } from "#config/production.ts";
import { loadCourse } from "#curriculum/course.ts";
import { overAs } from "#http/api-tokens.ts";
import { chooseRunLauncher, type RunIsolation } from "#isolation/choose-run-launcher.ts";
import type { Module } from "#deployments/ports.ts";
import { holdDataDir } from "#persistence/data-dir.ts";
import { openDatabase } from "#persistence/database.ts";
import { readTokens } from "#persistence/token-file.ts";
import { lookForProviders } from "#runner/provider-sync.ts";
import { redisAnswers } from "#runner/queue.ts";
import { fitsRequired } from "#runner/required-version.ts";
import { findTerraform, PRODUCT_NAMES } from "#runner/terraform.ts";
import { chooseDriver } from "#sandbox/choose-driver.ts";
import { SILENT } from "#telemetry/log.ts";
import { DOCTOR } from "#text/doctor.ts";
import { PRODUCTION_REFUSALS } from "#text/production.ts";
import { say, type Params } from "#text/wording.ts";
import { runCommand } from "./run-command.ts";

/** `missing`: the product does not start without it; `fallback`: it does, with less. */
type Finding = { readonly verdict: "ok" | "fallback" | "missing"; readonly what: string };
type Examination = (config: Config) => Promise<readonly Finding[]>;

/** In the order in which the product needs them. */
const EXAMINATIONS: readonly Examination[] = [
  terraform,
  modules,
  clouds,
  lessons,
  dataDir,
  database,
  queue,
  isolation,
  runs,
  doors,
  tokens,
  production,
];

async function terraform({ terraformBin, searchPath, concurrency }: Config): Promise<Finding[]> {
  if (concurrency === 0) {
    return [finding("ok", "doorsOnly")];
  }
  const found = await findTerraform(terraformBin, searchPath);
  return [
    found === null
      ? finding("missing", "terraformMissing")
      : finding("ok", "terraformFound", { ...found }),
  ];
}

async function modules(config: Config): Promise<Finding[]> {
  try {
    const all = (await offeredModules(config, SILENT)).modules();
    const names = all.map(({ name }) => name).join(", ");
    return [finding("ok", "modules", { names }), ...(await unfit(config, all))];
  } catch (error) {
    return [finding("missing", "modulesBroken", { why: messageOf(error) })];
  }
}

/** Where modules of a cloud find their providers. */
async function clouds(config: Config): Promise<Finding[]> {
  const { cloud, dataDir, providersDir: folder } = config;
  if (cloud.is === "simulated") {
    return [finding("fallback", "cloudSimulated", { folder: join(dataDir, "cloud") })];
  }
  const runs = await executing(config);
  if (runs === null) {
    return [];
  }
  const mirror = { terraform: runs.binary, providersDir: folder };
  const found = await lookForProviders(await offered(config), mirror);
  return found.map(({ source, range, problem }) =>
    problem === null
      ? finding("ok", "providerThere", { source, range, folder })
      : finding("fallback", "providerAway", { source, range, folder, problem }),
  );
}

/** A folder of modules that cannot be read is told of once. */
async function offered(config: Config): Promise<readonly Module[]> {
  try {
    return (await offeredModules(config, SILENT)).modules();
  } catch {
    return [];
  }
}

async function unfit(config: Config, all: readonly Module[]): Promise<Finding[]> {
  const runs = await executing(config);
  if (runs === null) {
    return [];
  }
  const { product, version } = runs;
  const modules = all
    .filter(({ requiredTerraform }) => !fitsRequired(requiredTerraform, version))
    .map(({ name, requiredTerraform }) => `${name} (${requiredTerraform})`)
    .join(", ");
  const params = { product: PRODUCT_NAMES[product], version, modules };
  return modules === "" ? [] : [finding("fallback", "modulesUnfit", params)];
}

/** With what this process executes runs; null: it has nothing to, or shall not. */
async function executing({ terraformBin, searchPath, concurrency }: Config) {
  return concurrency === 0 ? null : findTerraform(terraformBin, searchPath);
}

async function lessons({ curriculumFolder }: Config): Promise<Finding[]> {
  try {
    const { course, problems } = loadCourse(curriculumFolder);
    const errors = problems.filter(({ level }) => level === "error").length;
    const verdict = errors === 0 ? "ok" : "fallback";
    return [finding(verdict, "lessons", { count: course.lessons.size, errors })];
  } catch (error) {
    return [finding("missing", "lessonsBroken", { why: messageOf(error) })];
  }
}

async function dataDir(config: Config): Promise<Finding[]> {
  try {
    holdDataDir(config.dataDir)[Symbol.dispose]();
    return [finding("ok", "dataDir", { folder: config.dataDir })];
  } catch (error) {
    return [finding("missing", "dataDirHeld", { why: messageOf(error) })];
  }
}

async function database({ databaseUrl }: Config): Promise<Finding[]> {
  if (databaseUrl === null) {
    return [finding("fallback", "embedded")];
  }
  try {
    await using open = await openDatabase({ kind: "postgres", url: databaseUrl.reveal() });
    await open.db.raw("select 1");
    return [finding("ok", "postgres")];
  } catch (error) {
    return [finding("missing", "postgresDown", { why: messageOf(error) })];
  }
}

async function queue({ queue }: Config): Promise<Finding[]> {
  if (queue.is !== "bull") {
    return [finding("ok", queue.is === "postgres" ? "queuePostgres" : "queueInProcess")];
  }
  const answers = await redisAnswers(queue.redisUrl);
  return [answers ? finding("ok", "redis") : finding("fallback", "redisDown")];
}

async function isolation(config: Config): Promise<Finding[]> {
  const chosen = await chooseDriver(shellHost(config));
  const driver =
    chosen.reason === null
      ? finding("ok", "bubblewrap")
      : finding("fallback", "justBash", { why: chosen.reason });
  const checks = chosen.checks.map(({ check, ok, detail }) =>
    finding(ok ? "ok" : "fallback", "containment", { check, detail }),
  );
  const tools = chosen.missingTools.map((tool) => finding("fallback", "noTool", { tool }));
  return [driver, ...checks, ...tools];
}

async function runs(config: Config): Promise<Finding[]> {
  const { runNetwork } = config;
  const terraform = await executing(config);
  if (terraform === null) {
    return [];
  }
  const host = runHost(config, terraform, runNetwork.is);
  const { checks, reason, sharing } = await chooseRunLauncher(host);
  const tried = checks.map(({ check, ok, detail }) =>
    finding(ok ? "ok" : "fallback", "containment", { check, detail }),
  );
  return [toldOf({ reason, sharing }, runNetwork), ...tried];
}

function toldOf(
  { reason, sharing }: Pick<RunIsolation, "reason" | "sharing">,
  { is, said }: Config["runNetwork"],
): Finding {
  if (reason !== null) {
    return finding(is === "none" && said ? "missing" : "fallback", "runsOpen", { why: reason });
  }
  if (sharing !== null) {
    return finding(said ? "missing" : "fallback", "runsMustShare", { why: sharing });
  }
  return is === "none" ? finding("ok", "runsIsolated") : finding("fallback", "runsShare");
}

async function doors({ console: isOn, ignoredCredentials }: Config): Promise<Finding[]> {
  const ignored = ignoredCredentials.map((name) => finding("fallback", "credential", { name }));
  const chat = finding("fallback", isOn ? "console" : "noConsole");
  return [chat, finding("fallback", "model"), ...ignored];
}

async function tokens({ apiTokensFile: file }: Config): Promise<Finding[]> {
  if (file === null) {
    return [finding("fallback", "noTokens")];
  }
  try {
    const all = readTokens(file);
    const good = all.filter((token) => overAs(token, new Date()) === null).length;
    return [finding("ok", "tokens", { good, over: all.length - good })];
  } catch (error) {
    return [finding("missing", "tokensBroken", { why: messageOf(error) })];
  }
}

/** What the configuration lacks; what the machine lacks is said above. */
async function production(config: Config): Promise<Finding[]> {
  const refused = productionRefusals(config, { shells: "bubblewrap", runs: "bubblewrap" });
  const verdict = config.production ? "missing" : "fallback";
  return refused.map((code) =>
    finding(verdict, "production", { why: say(PRODUCTION_REFUSALS[code], "en") }),
  );
}

function finding(
  verdict: Finding["verdict"],
  code: keyof typeof DOCTOR,
  params: Params = {},
): Finding {
  return { verdict, what: say(DOCTOR[code], "en", params) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const SIGNS = { ok: "ok      ", fallback: "fallback", missing: "MISSING " } as const;

async function main(): Promise<number> {
  const config = readConfig(process.env);
  let missing = 0;
  for (const examine of EXAMINATIONS) {
    for (const { verdict, what } of await examine(config)) {
      console.log(`${SIGNS[verdict]}  ${what}`);
      missing += verdict === "missing" ? 1 : 0;
    }
  }
  console.log(say(missing === 0 ? DOCTOR.healthy : DOCTOR.ill, "en", { count: missing }));
  return missing === 0 ? 0 : 1;
}

await runCommand(main);
