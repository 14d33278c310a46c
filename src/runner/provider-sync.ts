import { execFile } from "node:child_process";
import {
  access,
  constants,
  cp,
  mkdir,
  mkdtemp,
  mkdtempDisposable,
  readdir,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Module } from "#deployments/ports.ts";
import { inBrief } from "./failure.ts";
import { CHILD_PATH } from "./terraform.ts";

/** What became of one provider; `problem` in Terraform's words. */
export type Synced =
  | { readonly is: "fetched" | "present"; readonly source: string; readonly version: string }
  | {
      readonly is: "failed";
      readonly source: string;
      readonly range: string;
      readonly problem: string;
    };

export type ProviderSync = {
  readonly terraform: string;
  /** Gets `HOSTNAME/NAMESPACE/TYPE/VERSION/OS_ARCH/`, each folder whole or not at all. */
  readonly providersDir: string;
  /** Proxy and certificates of this process, for the way to the registry. */
  readonly network: Readonly<Record<string, string>>;
  /** Body of Terraform's `provider_installation` block. */
  readonly installation?: string;
};

/** One by one, so that one that cannot be reached does not take the others with it. */
export async function syncProviders(
  modules: readonly Pick<Module, "providers">[],
  sync: ProviderSync,
): Promise<readonly Synced[]> {
  const results: Synced[] = [];
  for (const [source, ranges] of rangesOf(modules)) {
    results.push(...(await syncRanges(source, ranges, sync)));
  }
  return results;
}

/** Which providers runs could install from the mirror as it is; `problem` null: this one. */
export async function lookForProviders(
  modules: readonly Pick<Module, "providers">[],
  { terraform, providersDir }: Pick<ProviderSync, "terraform" | "providersDir">,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const [source, ranges] of rangesOf(modules)) {
    for (const range of ranges) {
      const installation = mirrorOnly(providersDir);
      const sync = { terraform, providersDir, network: {}, installation };
      await using room = await mkdtempDisposable(join(tmpdir(), "providers-"));
      found.push({ source, range, problem: await install(room.path, { source, range }, sync) });
    }
  }
  return found;
}

export type Found = {
  readonly source: string;
  readonly range: string;
  /** In Terraform's words. */
  readonly problem: string | null;
};

function mirrorOnly(folder: string): string {
  return `  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n  }`;
}

function rangesOf(
  modules: readonly Pick<Module, "providers">[],
): ReadonlyMap<string, readonly string[]> {
  const asked = Map.groupBy(
    modules.flatMap(({ providers }) => providers),
    ({ source }) => source,
  );
  return new Map(
    [...asked].map(([source, all]) => [source, [...new Set(all.map(({ version }) => version))]]),
  );
}

/** One version for all modules, as long as there is one; else one for each range. */
async function syncRanges(
  source: string,
  ranges: readonly string[],
  sync: ProviderSync,
): Promise<readonly Synced[]> {
  const together = await syncOne(source, ranges.join(", "), sync);
  if (ranges.length === 1 || together.every(({ is }) => is !== "failed")) {
    return together;
  }
  const results: Synced[] = [];
  for (const range of ranges) {
    results.push(...(await syncOne(source, range, sync)));
  }
  return results;
}

async function syncOne(
  source: string,
  range: string,
  sync: ProviderSync,
): Promise<readonly Synced[]> {
  const room = await mkdtemp(join(tmpdir(), "providers-"));
  try {
    const problem = await install(room, { source, range }, sync);
    if (problem !== null) {
      return [{ is: "failed", source, range, problem }];
    }
    const found = await foldersBelow(join(room, ".terraform/providers"), PACKAGE_DEPTH);
    return await Promise.all(
      found.map(async (path): Promise<Synced> => {
        const from = join(room, ".terraform/providers", path);
        const isNew = await putAtOnce(from, sync.providersDir, path);
        const version = path.split("/").at(-2) ?? "";
        return { is: isNew ? "fetched" : "present", source, version };
      }),
    );
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

/** Lets Terraform itself choose, fetch and verify; null, or why it could not. */
async function install(
  room: string,
  { source, range }: { readonly source: string; readonly range: string },
  sync: ProviderSync,
): Promise<string | null> {
  const needed = { terraform: { required_providers: { wanted: { source, version: range } } } };
  const config = join(room, "terraform.rc");
  await writeFile(join(room, "main.tf.json"), JSON.stringify(needed));
  await writeFile(config, `provider_installation {\n${sync.installation ?? "  direct {}"}\n}\n`);
  const env = {
    ...sync.network,
    PATH: CHILD_PATH,
    HOME: room,
    TF_CLI_CONFIG_FILE: config,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
  };
  return new Promise((settle) => {
    const argv = ["init", "-backend=false", "-no-color"];
    execFile(sync.terraform, argv, { cwd: room, env }, (error, stdout, stderr) => {
      settle(error === null ? null : problemIn(`${stderr}${stdout}`));
    });
  });
}

/** What Terraform says between its frame and its advice. */
function problemIn(output: string): string {
  const said = output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ").trim();
  return inBrief(/Error: (.*?)(?: To see which modules| If you believe|$)/.exec(said)?.[1] ?? said);
}

// HOSTNAME/NAMESPACE/TYPE/VERSION/OS_ARCH, as Terraform lays providers out.
const PACKAGE_DEPTH = 5;

async function foldersBelow(folder: string, depth: number): Promise<readonly string[]> {
  if (depth === 0) {
    return [""];
  }
  const found: string[] = [];
  for (const name of await readdir(folder)) {
    for (const below of await foldersBelow(join(folder, name), depth - 1)) {
      found.push(below === "" ? name : `${name}/${below}`);
    }
  }
  return found;
}

/** A run that installs meanwhile sees the folder whole or not at all. False: it was there. */
async function putAtOnce(from: string, providersDir: string, path: string): Promise<boolean> {
  const target = join(providersDir, path);
  if (await hasProgram(target)) {
    return false;
  }
  await mkdir(target, { recursive: true });
  const draft = await mkdtemp(join(providersDir, ".draft-"));
  try {
    await cp(from, join(draft, "package"), { recursive: true, dereference: true });
    // Nobody could install what stood there: a copy by hand that broke off.
    await rename(target, join(draft, "broken"));
    await rename(join(draft, "package"), target);
    return true;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What Terraform looks for in a package: a file of this name that may be executed. */
async function hasProgram(folder: string): Promise<boolean> {
  try {
    const names = await readdir(folder);
    const programs = names.filter((name) => name.startsWith("terraform-provider-"));
    await Promise.any(programs.map((name) => access(join(folder, name), constants.X_OK)));
    return true;
  } catch {
    return false;
  }
}
