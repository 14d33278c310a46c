import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { cliConfig } from "./cli-config.ts";
import { CHILD_PATH } from "./terraform.ts";

export type Answer = { readonly code: number; readonly output: string };

/** A throw-away copy of a module in which Terraform may do what it likes; gone when disposed. */
export type Trial = AsyncDisposable & {
  /** Runs terraform in a folder of the copy (`""` is the module itself). */
  terraform(folder: string, argv: readonly string[]): Promise<Answer>;
  /** Folders under `examples/`. */
  readonly examples: readonly string[];
  /** Objects that stand in the trial's simulated cloud: `aws/aws_vpc/vpc-….json`. */
  standing(): Promise<readonly string[]>;
};

/** Providers that make their objects as files; each trial has a cloud of its own. */
export type Simulation = {
  /** Filesystem mirror that they are installed from. */
  readonly providersDir: string;
  /** What they want to find in their environment, for a cloud in this folder. */
  readonly environment: (cloudDir: string) => Readonly<Record<string, string>>;
};

export type TrialParts = {
  readonly terraform: string;
  /** Null: the module may use no provider but Terraform's own. */
  readonly simulation: Simulation | null;
};

export async function openTrial(
  { terraform, simulation }: TrialParts,
  module: string,
): Promise<Trial> {
  const room = await mkdtemp(join(tmpdir(), "module-"));
  const copy = join(room, basename(module));
  const home = join(room, "home");
  await mkdir(home);
  const cloudDir = join(room, "cloud");
  await writeFile(join(home, "terraform.rc"), cliConfig(simulation?.providersDir ?? null));
  const place = { binary: terraform, home, more: simulation?.environment(cloudDir) ?? {} };
  await cp(module, copy, { recursive: true, filter: (path) => !isLeftOver(basename(path)) });
  return {
    examples: await foldersOf(join(copy, "examples")),
    terraform: (folder, argv) => run({ ...place, cwd: join(copy, folder) }, argv),
    standing: () => filesUnder(cloudDir),
    async [Symbol.asyncDispose]() {
      await rm(room, { recursive: true, force: true });
    },
  };
}

function isLeftOver(name: string): boolean {
  return name.startsWith(".terraform") || name.includes(".tfstate");
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  } catch {
    // Nothing was ever made there.
    return [];
  }
}

async function foldersOf(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    // A module without examples has none to try; the check says so.
    return [];
  }
}

type Place = {
  readonly binary: string;
  readonly cwd: string;
  readonly home: string;
  readonly more: Readonly<Record<string, string>>;
};

function run(place: Place, argv: readonly string[]): Promise<Answer> {
  const env = {
    ...place.more,
    PATH: CHILD_PATH,
    HOME: place.home,
    TF_CLI_CONFIG_FILE: join(place.home, "terraform.rc"),
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
  };
  return new Promise((settle) => {
    const child = execFile(
      place.binary,
      argv,
      { cwd: place.cwd, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : (child.exitCode ?? 1);
        settle({ code, output: `${stdout}${stderr}`.trim() });
      },
    );
  });
}
