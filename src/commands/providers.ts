import { offeredModules } from "#compose/modules.ts";
import { readConfig } from "#config/config.ts";
import { DataDirHeld, holdDataDir } from "#persistence/data-dir.ts";
import { syncProviders, type Synced } from "#runner/provider-sync.ts";
import { findTerraform } from "#runner/terraform.ts";
import { SILENT } from "#telemetry/log.ts";
import { PROVIDERS } from "#text/providers.ts";
import { say } from "#text/wording.ts";
import { runCommand, Told } from "./run-command.ts";

/** The way out of a network that has no direct one; nothing else of ours goes along. */
const NETWORK = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"];
const CERTIFICATES = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/** `npm run providers -- sync`: fills PROVIDERS_DIR; exit 1 when a provider is missing after it. */
async function providers([word]: readonly string[]): Promise<number> {
  const { providersDir: folder, ...config } = readConfig(process.env);
  if (word !== "sync") {
    console.error(say(PROVIDERS.usage, "en", { folder }));
    return 1;
  }
  const found = await findTerraform(config.terraformBin, config.searchPath);
  if (found === null) {
    console.error(say(PROVIDERS["no-terraform"], "en"));
    return 1;
  }
  using _held = heldForSync(folder);
  const modules = (await offeredModules(config, SILENT)).modules();
  const results = await syncProviders(modules, {
    terraform: found.binary,
    providersDir: folder,
    network: networkOf(process.env),
  });
  return report(results, folder);
}

function heldForSync(folder: string): Disposable {
  try {
    return holdDataDir(folder);
  } catch (error) {
    if (error instanceof DataDirHeld) {
      throw new Told(say(PROVIDERS.held, "en", { folder, pid: error.pid }));
    }
    throw error;
  }
}

function report(results: readonly Synced[], folder: string): number {
  for (const { is, ...params } of results) {
    console.log(say(PROVIDERS[is], "en", params));
  }
  const count = results.filter(({ is }) => is === "failed").length;
  if (count > 0) {
    console.error(say(PROVIDERS.missing, "en", { count, all: results.length, folder }));
    return 1;
  }
  console.log(say(results.length === 0 ? PROVIDERS.nothing : PROVIDERS.done, "en", { folder }));
  return 0;
}

function networkOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const found = [...NETWORK, ...CERTIFICATES].flatMap((name): [string, string][] => {
    const value = env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

await runCommand(() => providers(process.argv.slice(2)));
