import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CHILD_PATH } from "./terraform.ts";

export type Answer = { readonly code: number; readonly output: string };

/** A throw-away copy of a module in which Terraform may do what it likes; gone when disposed. */
export type Trial = AsyncDisposable & {
  /** Runs terraform in a folder of the copy (`""` is the module itself). */
  terraform(folder: string, argv: readonly string[]): Promise<Answer>;
  /** Folders under `examples/`. */
  readonly examples: readonly string[];
};

export async function openTrial(binary: string, module: string): Promise<Trial> {
  const room = await mkdtemp(join(tmpdir(), "module-"));
  const copy = join(room, basename(module));
  const home = join(room, "home");
  await mkdir(home);
  // A configuration file that is missing makes every call complain.
  await writeFile(join(home, "terraform.rc"), "");
  await cp(module, copy, { recursive: true, filter: (path) => !isLeftOver(basename(path)) });
  return {
    examples: await foldersOf(join(copy, "examples")),
    terraform: (folder, argv) => run({ binary, cwd: join(copy, folder), home }, argv),
    async [Symbol.asyncDispose]() {
      await rm(room, { recursive: true, force: true });
    },
  };
}

function isLeftOver(name: string): boolean {
  return name.startsWith(".terraform") || name.includes(".tfstate");
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

function run(
  place: { readonly binary: string; readonly cwd: string; readonly home: string },
  argv: readonly string[],
): Promise<Answer> {
  const env = {
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
